import { CheckboxField, Notice, SelectField, TextField } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t, wordFor } from '../../../platform/i18n/index.ts'
import { FormDialog } from './form-dialog.tsx'
import { offeredScopes, roleFor, type Scope } from './program-scopes.ts'
import css from './programs.module.css'
import { useRoles } from './use-roles.ts'

/** Choices of a life, the usual one second; the contract allows any up to a year. */
const lives = [30, 90, 180, 365] as const

interface Wish {
  id: string
  name: string
  scopes: readonly Scope[]
  days: number
}

export type MadeProgram = ReplyOf<'identity.addServiceAccount'> & { name: string }

const endOf = (days: number): string => localDay(new Date(Date.now() + days * 86_400_000))

interface ScopesProps {
  offered: readonly Scope[]
  chosen: readonly Scope[]
  onChoose: (scopes: readonly Scope[]) => void
}

function Scopes({ offered, chosen, onChoose }: ScopesProps) {
  return (
    <fieldset className={css.scopes}>
      <legend>{t('facilities.programs.scopes')}</legend>
      <p className={css.soft}>{t('facilities.programs.scopesHint')}</p>
      {offered.map((scope) => (
        <CheckboxField
          key={scope}
          label={wordFor(`facilities.scope.${scope}`) ?? scope}
          checked={chosen.includes(scope)}
          onToggle={(on) => onChoose(on ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
        />
      ))}
    </fieldset>
  )
}

interface ProgramNameProps {
  name: string
  problem: unknown
  onName: (name: string) => void
}

function ProgramName({ name, problem, onName }: ProgramNameProps) {
  return (
    <TextField
      label={t('facilities.programs.name')}
      hint={t('facilities.programs.nameHint')}
      value={name}
      onText={onName}
      error={fieldText(problem, 'name')}
      autoComplete="off"
      required
      maxLength={80}
    />
  )
}

function LifeChoice({ days, onDays }: { days: number; onDays: (days: number) => void }) {
  return (
    <SelectField
      label={t('facilities.programs.days')}
      hint={t('facilities.programs.daysHint', { date: formatDate(endOf(days)) })}
      value={String(days)}
      onText={(text) => onDays(Number(text))}
    >
      {lives.map((life) => (
        <option key={life} value={life}>
          {t('facilities.programs.daysOf', { count: life })}
        </option>
      ))}
    </SelectField>
  )
}

interface ProgramFormProps {
  facilityId: string
  onClose: () => void
  onMade: (made: MadeProgram) => void
}

/** What is wished and the sending of it. Another wish is another token; one sent again is not. */
function useWish(facilityId: string, roles: ReturnType<typeof useRoles>, onMade: (made: MadeProgram) => void) {
  const [wish, setWish] = useState<Wish>({ id: newId(), name: '', scopes: [], days: 90 })
  const sending = useSend('identity.addServiceAccount')
  const { name, scopes } = wish
  const set = (change: Partial<Wish>): void => setWish({ ...wish, ...change, id: newId() })
  const role = roleFor(scopes, roles)
  const submit = async (): Promise<void> => {
    if (!role || scopes.length === 0) return
    const made = await sending.run({ body: { ...wish, scopes: [...scopes], role, facilityId } })
    if (!made) return
    // the token shows this once, so it waits for no list
    onMade({ ...made, name: name.trim() })
    await refresh('identity.listServiceAccounts')
  }
  return { ...wish, set, role, sending, submit }
}

/** A token for one program: what it may do and for how long. */
export function ProgramForm({ facilityId, onClose, onMade }: ProgramFormProps) {
  const roles = useRoles(facilityId)
  const { name, scopes, days, set, role, sending, submit } = useWish(facilityId, roles, onMade)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.programs.add')}
      submitLabel={t('facilities.programs.make')}
      busy={sending.busy}
      disabled={name.trim() === '' || scopes.length === 0 || !role}
      problem={sending.problem}
      onSubmit={() => void submit()}
    >
      <ProgramName name={name} problem={sending.problem} onName={(text) => set({ name: text })} />
      <Scopes offered={offeredScopes(roles)} chosen={scopes} onChoose={(chosen) => set({ scopes: chosen })} />
      {scopes.length > 0 && !role && <Notice tone="warn">{t('facilities.programs.noRole')}</Notice>}
      <LifeChoice days={days} onDays={(chosen) => set({ days: chosen })} />
    </FormDialog>
  )
}
