import { Badge, Button, ConfirmDialog, Dialog, Notice, Row, SelectField, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { StaffRow } from './practitioner-role-inputs.tsx'
import { roleName } from './staff-form.tsx'
import css from './staff.module.css'
import { useRoles } from './use-roles.ts'

const again = () => refresh('identity.listStaff')

/** Gives roles at this unit and takes them back. */
function useGranting(personId: string, facilityId: string) {
  const [wanted, setWanted] = useState({ id: newId(), role: '' })
  /** Another choice is another grant; the same one sent again is not. */
  const choose = (next: string): void => setWanted({ id: newId(), role: next })
  const grant = useSend('identity.grantRole', { after: again })
  const revoke = useSend('identity.revokeGrant', { after: again })
  const give = async (): Promise<void> => {
    if (await grant.run({ body: { ...wanted, personId, facilityId } })) choose('')
  }
  const take = async (id: string): Promise<void> => {
    await revoke.run({ params: { id } })
  }
  return { role: wanted.role, choose, grant, revoke, give, take }
}

type Roles = ReturnType<typeof useRoles>
type Grants = StaffRow['grants']

interface HeldRolesProps {
  roles: Roles
  held: Grants
  busy: boolean
  onTake: (id: string) => void
}

function HeldRoles({ roles, held, busy, onTake }: HeldRolesProps) {
  return (
    <>
      {held.length === 0 && <p>{t('facilities.staff.noRole')}</p>}
      {held.map((one) => (
        <Row key={one.id} spread>
          <Badge tone="primary">{roleName(roles, one.role)}</Badge>
          <Button small icon="x" busy={busy} onClick={() => onTake(one.id)}>
            {t('facilities.staff.revoke')}
          </Button>
        </Row>
      ))}
    </>
  )
}

interface RoleChoiceProps {
  roles: Roles
  held: Grants
  role: string
  onChoose: (role: string) => void
}

/** What one may give and the person does not hold yet. */
function RoleChoice({ roles, held, role, onChoose }: RoleChoiceProps) {
  return (
    <SelectField label={t('facilities.staff.grant')} value={role} onText={onChoose}>
      <option value="">{t('facilities.staff.chooseRole')}</option>
      {roles
        .filter((one) => one.grantable && !held.some((grant) => grant.role === one.key))
        .map((one) => (
          <option key={one.key} value={one.key}>
            {one.name}
          </option>
        ))}
    </SelectField>
  )
}

/** Roles of one person at this unit: give one, take one back. */
export function StaffRoles({ row, facilityId, onClose }: { row: StaffRow; facilityId: string; onClose: () => void }) {
  const roles = useRoles(facilityId)
  const { role, choose, grant, revoke, give, take } = useGranting(row.personId, facilityId)
  const here = row.grants.filter((one) => one.facilityId === facilityId)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('facilities.staff.rolesOf', { name: row.fullName })}
      closeLabel={t('do.close')}
    >
      <Stack gap={4}>
        <Notice still>{t('facilities.staff.rolesHint')}</Notice>
        <HeldRoles roles={roles} held={here} busy={revoke.busy} onTake={(id) => void take(id)} />
        <RoleChoice roles={roles} held={here} role={role} onChoose={choose} />
        <ProblemNotice error={grant.problem ?? revoke.problem} />
        <Row>
          <Button look="primary" icon="plus" disabled={role === ''} busy={grant.busy} onClick={() => void give()}>
            {t('facilities.staff.giveRole')}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  )
}

function ShownPassword({ password }: { password: string }) {
  return (
    <Stack gap={3}>
      <p>{t('facilities.staff.passwordOnce')}</p>
      <Row>
        <code data-testid="temporary-password">
          <strong>{password}</strong>
        </code>
        <Button
          small
          icon="copy"
          onClick={() =>
            void navigator.clipboard.writeText(password).then(() => toast({ text: t('facilities.staff.copied') }))
          }
        >
          {t('facilities.staff.copy')}
        </Button>
      </Row>
    </Stack>
  )
}

interface PasswordOnceProps {
  name: string
  password: string | null
  onClose: () => void
}

/** The one time a temporary password is seen. */
export function PasswordOnce({ name, password, onClose }: PasswordOnceProps) {
  return (
    <Dialog
      open
      firm
      onClose={onClose}
      title={t('facilities.staff.madeTitle', { name })}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('facilities.staff.iNotedIt')}
        </Button>
      }
    >
      {password === null ? <p>{t('facilities.staff.alreadyMade')}</p> : <ShownPassword password={password} />}
    </Dialog>
  )
}

type Question = 'password' | 'disable' | 'end'

/** Sends what was confirmed about an account; answers whether it was done. */
function useAccountSending({ personId, practitionerRoleId, account }: StaffRow, onPassword: (made: string) => void) {
  const reset = useSend('identity.resetPassword')
  const disable = useSend('identity.setDisabled')
  const end = useSend('identity.endPractitionerRole')
  const send = async (question: Question): Promise<boolean> => {
    if (question === 'password') {
      const made = await reset.run({ params: { personId }, body: {} })
      if (made) onPassword(made.temporaryPassword)
      return Boolean(made)
    }
    if (question === 'end') return Boolean(await end.run({ params: { id: practitionerRoleId } }))
    return Boolean(await disable.run({ params: { personId }, body: { disabled: !account?.disabled } }))
  }
  return {
    send,
    busy: reset.busy || disable.busy || end.busy,
    problem: reset.problem ?? disable.problem ?? end.problem,
  }
}

/** The question asked about an account, if any, and its answer. */
function useAccountQuestion(row: StaffRow, onPassword: (password: string) => void) {
  const [question, ask] = useState<Question | null>(null)
  const { send, busy, problem } = useAccountSending(row, onPassword)
  const confirm = async (): Promise<void> => {
    if (!question || !(await send(question))) return
    await again()
    ask(null)
  }
  return { question, ask, confirm, busy, problem }
}

type Asking = ReturnType<typeof useAccountQuestion>

function AccountButtons({ disabled, ask }: { disabled: boolean; ask: Asking['ask'] }) {
  return (
    <div className={css.tags}>
      <Button small icon="shield" onClick={() => ask('password')}>
        {t('facilities.staff.do.password')}
      </Button>
      <Button small icon={disabled ? 'check' : 'x'} onClick={() => ask('disable')}>
        {t(disabled ? 'facilities.staff.do.enable' : 'facilities.staff.do.disable')}
      </Button>
      <Button small icon="door" onClick={() => ask('end')}>
        {t('facilities.staff.do.end')}
      </Button>
    </div>
  )
}

interface AccountQuestionProps {
  word: Question | 'enable'
  name: string
  asking: Asking
}

function AccountQuestion({ word, name, asking: { ask, confirm, busy, problem } }: AccountQuestionProps) {
  return (
    <ConfirmDialog
      open
      danger={word !== 'enable'}
      title={t(`facilities.staff.do.${word}`)}
      confirmLabel={t(`facilities.staff.do.${word}`)}
      cancelLabel={t('do.cancel')}
      busy={busy}
      onCancel={() => ask(null)}
      onConfirm={() => void confirm()}
    >
      <p>{t(`facilities.staff.ask.${word}`, { name })}</p>
      <ProblemNotice error={problem} />
    </ConfirmDialog>
  )
}

/** The heavy actions on an account, each after a question. */
export function AccountActions({ row, onPassword }: { row: StaffRow; onPassword: (password: string) => void }) {
  const asking = useAccountQuestion(row, onPassword)
  const disabled = row.account?.disabled ?? false
  const word = asking.question === 'disable' && disabled ? 'enable' : asking.question
  return (
    <details className={css.account}>
      <summary>{t('facilities.staff.account')}</summary>
      <AccountButtons disabled={disabled} ask={asking.ask} />
      {word && <AccountQuestion word={word} name={row.fullName} asking={asking} />}
    </details>
  )
}
