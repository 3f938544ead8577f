import { Button, DateField, SelectField, TextArea, TextField } from '@moinha/ui'
import type { FactKind } from '@moinha/contracts/records'
import { inLanguage, localDay, t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'
import { IcdSearch } from '../parts/icd-search.tsx'
import { allergens, nameOfAllergen } from './allergens.ts'
import type { FactForm } from './fact-form.ts'
import css from './facts.module.css'

interface FieldsProps {
  form: FactForm
  onChange: (change: Partial<FactForm>) => void
}

type DateName = 'startedOn' | 'endedOn' | 'lastPeriodOn'

function Day({ name, form, onChange }: FieldsProps & { name: DateName }) {
  return (
    <DateField
      label={t(`records.fact.field.${name}`)}
      {...(name !== 'lastPeriodOn' && { optionalMark: t('field.optional') })}
      max={localDay()}
      value={form[name]}
      onText={(day) => onChange({ [name]: day })}
    />
  )
}

type TextName = 'reaction' | 'dosage' | 'inn'

function Line({ name, form, onChange }: FieldsProps & { name: TextName }) {
  return (
    <TextField
      label={t(`records.fact.field.${name}`)}
      hint={t(`records.fact.hint.${name}`)}
      optionalMark={t('field.optional')}
      autoComplete="off"
      value={form[name]}
      onText={(text) => onChange({ [name]: text })}
    />
  )
}

/** Typed, or one tap on what is heard most. */
function Substance({ form, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('records.fact.field.substance')}
        autoComplete="off"
        value={form.display}
        onText={(display) => onChange({ display, atc: '' })}
      />
      {form.display === '' && (
        <div className={css.chips}>
          {allergens.map((one) => (
            <Button key={one.vi} small onClick={() => onChange({ display: nameOfAllergen(one), atc: one.atc ?? '' })}>
              {nameOfAllergen(one)}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

interface ChoiceProps extends FieldsProps {
  name: 'criticality' | 'outcome'
  group: string
  codes: readonly string[]
}

function Choice({ name, group, codes, form, onChange }: ChoiceProps) {
  return (
    <SelectField
      label={t(`records.fact.field.${name}`)}
      value={form[name]}
      onText={(value) => onChange({ [name]: value })}
    >
      {codes.map((code) => (
        <option key={code} value={code}>
          {code === '' ? t('records.fact.goesOn') : named(group, code)}
        </option>
      ))}
    </SelectField>
  )
}

const criticalities = ['unknown', 'low', 'high']
const outcomes = ['', 'live_birth', 'stillbirth', 'miscarriage', 'termination', 'unknown']

function AllergyFields(props: FieldsProps) {
  return (
    <>
      <Substance {...props} />
      <Line name="reaction" {...props} />
      <Choice name="criticality" group="criticality" codes={criticalities} {...props} />
      <Day name="startedOn" {...props} />
    </>
  )
}

function MedicineFields(props: FieldsProps) {
  const { form, onChange } = props
  return (
    <>
      <TextField
        label={t('records.fact.field.medicine')}
        hint={t('records.fact.hint.medicine')}
        autoComplete="off"
        value={form.display}
        onText={(display) => onChange({ display })}
      />
      <Line name="dosage" {...props} />
      <Line name="inn" {...props} />
      <Day name="startedOn" {...props} />
      <Day name="endedOn" {...props} />
    </>
  )
}

function ProblemFields(props: FieldsProps) {
  const { form, onChange } = props
  return (
    <>
      {form.code !== '' && (
        <p className={css.picked}>
          <strong>{form.code}</strong> {form.display}
        </p>
      )}
      <IcdSearch
        label={form.code === '' ? t('records.fact.field.problem') : t('records.fact.field.otherProblem')}
        onPick={(row) => onChange({ code: row.code, display: inLanguage(row) })}
      />
      <Day name="startedOn" {...props} />
      <Day name="endedOn" {...props} />
    </>
  )
}

function PregnancyFields(props: FieldsProps) {
  return (
    <>
      <Day name="lastPeriodOn" {...props} />
      <Choice name="outcome" group="pregnancyOutcome" codes={outcomes} {...props} />
      {props.form.outcome !== '' && <Day name="endedOn" {...props} />}
    </>
  )
}

const fieldsOf: Record<FactKind, ((props: FieldsProps) => React.ReactNode) | null> = {
  allergy: AllergyFields,
  no_known_allergies: null,
  problem: ProblemFields,
  medicine: MedicineFields,
  pregnancy: PregnancyFields,
}

/** What a kind asks, and a word more. */
export function FactFields({ kind, ...props }: FieldsProps & { kind: FactKind }) {
  const Fields = fieldsOf[kind]
  return (
    <>
      {Fields && <Fields {...props} />}
      <TextArea
        label={t('records.fact.field.note')}
        optionalMark={t('field.optional')}
        rows={2}
        value={props.form.note}
        onText={(note) => props.onChange({ note })}
      />
    </>
  )
}
