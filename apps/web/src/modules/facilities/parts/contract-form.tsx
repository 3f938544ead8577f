import { CheckboxField, RadioGroup, TextField } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { codeName, contractTerms as terms, type Unit } from '../data.ts'
import { DateRow } from './dates.tsx'
import css from './contract-form.module.css'
import { FormDialog } from './form-dialog.tsx'
import { type Picked, UnitPicker } from './unit-picker.tsx'

const kinds = ['VIA_RECEIVING_FACILITY', 'INTER_FACILITY_SUPPORT'] as const
const sides = ['near', 'far'] as const
type Role = `${(typeof kinds)[number]}.${(typeof sides)[number]}`
const roles = kinds.flatMap((kind) => sides.map((side): Role => `${kind}.${side}`))
type Term = (typeof terms)[number]

interface Draft {
  role: Role
  partner: Picked | null
  number: string
  terms: readonly Term[]
  from: string
}

interface FormProps {
  unit: Unit
  onClose: () => void
}

function useContract({ unit, onClose }: FormProps) {
  const [rowId] = useState(newId)
  const [draft, setDraft] = useState<Draft>(() => ({
    role: 'VIA_RECEIVING_FACILITY.near',
    partner: null,
    number: '',
    terms: [],
    from: localDay(),
  }))
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }))
  const sending = useSend('facilities.addContract')
  const save = async (): Promise<void> => {
    const { role, partner, number, terms: has, from } = draft
    const [kind, side] = role.split('.') as [(typeof kinds)[number], (typeof sides)[number]]
    if (!partner) return
    const body = { kind, side, partnerId: partner.id, number, terms: [...has], from }
    if (!(await sending.run({ params: { id: unit.id, rowId }, body }))) return
    await refresh('facilities.')
    onClose()
  }
  return { draft, set, sending, save }
}

interface TermsProps {
  chosen: readonly Term[]
  onChoose: (terms: readonly Term[]) => void
}

/** The checklist of Art. 87(11): one that lacks a part does not hold yet. */
function Terms({ chosen, onChoose }: TermsProps) {
  return (
    <fieldset className={css.terms}>
      <legend>{t('facilities.contract.terms')}</legend>
      <p className={css.soft}>{t('facilities.contract.termsHint')}</p>
      {terms.map((term) => (
        <CheckboxField
          key={term}
          label={codeName('term', term)}
          checked={chosen.includes(term)}
          onToggle={(on) => onChoose(on ? [...chosen, term] : chosen.filter((one) => one !== term))}
        />
      ))}
    </fieldset>
  )
}

/** A new contract on remote care, of whichever side the unit is. */
export function ContractForm(props: FormProps) {
  const { draft, set, sending, save } = useContract(props)
  return (
    <FormDialog
      open
      onClose={props.onClose}
      title={t('facilities.contract.add')}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      disabled={draft.partner === null || draft.number.trim() === '' || draft.from === ''}
    >
      <RadioGroup
        label={t('facilities.contract.role')}
        value={draft.role}
        onChoose={(role) => set({ role })}
        choices={roles.map((value) => ({ value, label: codeName('contractRole', value) }))}
      />
      <UnitPicker
        label={t('facilities.contract.partner')}
        picked={draft.partner}
        onPick={(partner) => set({ partner })}
        except={props.unit.id}
      />
      <TextField
        label={t('facilities.contract.number')}
        value={draft.number}
        onText={(number) => set({ number })}
        maxLength={80}
        required
      />
      <DateRow label={t('facilities.field.from')} value={draft.from} onText={(from) => set({ from })} />
      <Terms chosen={draft.terms} onChoose={(has) => set({ terms: has })} />
    </FormDialog>
  )
}
