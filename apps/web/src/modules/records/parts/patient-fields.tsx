import { DateField, RadioGroup, SelectField, TextArea, TextField } from '@moinha/ui'
import { ethnicGroups, ethnicSystem } from '@moinha/contracts/ethnic-groups'
import type { ApiProblem, InputOf } from '../../../platform/api/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import css from './patient-fields.module.css'

type Body = InputOf<'records.registerPatient'>['body']

/** What a form holds while it is filled in; empty text where nothing is known. */
export type Particulars = {
  fullName: string
  sex: 'male' | 'female' | 'unknown'
  birthDate: string
  phone: string
  address: string
  occupation: string
  ethnicCode: string
}

export const noParticulars: Particulars = {
  fullName: '',
  sex: 'unknown',
  birthDate: '',
  phone: '',
  address: '',
  occupation: '',
  ethnicCode: '',
}

/** As the server takes it. */
export function particularsBody(
  form: Particulars,
): Pick<Body, 'fullName' | 'sex' | 'birthDate' | 'phone' | 'address' | 'occupation' | 'ethnicity'> {
  return {
    fullName: form.fullName,
    sex: form.sex,
    birthDate: form.birthDate || null,
    phone: form.phone.trim() || null,
    address: form.address || null,
    occupation: form.occupation || null,
    ethnicity: form.ethnicCode ? { system: ethnicSystem, code: form.ethnicCode } : null,
  }
}

interface Props {
  form: Particulars
  onChange: (change: Partial<Particulars>) => void
  problem: ApiProblem | null
}

function SexChoice({ form, onChange }: Omit<Props, 'problem'>) {
  return (
    <RadioGroup
      label={t('records.field.sex')}
      columns
      value={form.sex}
      onChoose={(sex) => onChange({ sex })}
      choices={(['female', 'male', 'unknown'] as const).map((value) => ({ value, label: t(`records.sex.${value}`) }))}
    />
  )
}

function EthnicChoice({ form, onChange }: Omit<Props, 'problem'>) {
  return (
    <SelectField
      label={t('records.field.ethnicity')}
      optionalMark={t('field.optional')}
      hint={t('records.field.ethnicityHint')}
      value={form.ethnicCode}
      onText={(ethnicCode) => onChange({ ethnicCode })}
    >
      <option value="">{t('records.field.notKnown')}</option>
      {ethnicGroups.map((name, at) => (
        <option key={name} value={String(at + 1).padStart(2, '0')}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

function BirthDateField({ form, onChange, problem }: Props) {
  return (
    <DateField
      label={t('records.field.birthDate')}
      max={localDay()}
      value={form.birthDate}
      onText={(birthDate) => onChange({ birthDate })}
      error={fieldText(problem, 'birthDate')}
    />
  )
}

function PhoneField({ form, onChange, problem }: Props) {
  return (
    <TextField
      label={t('records.field.phone')}
      optionalMark={t('field.optional')}
      hint={t('records.field.phoneHint')}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      value={form.phone}
      onText={(phone) => onChange({ phone })}
      error={fieldText(problem, 'phone')}
    />
  )
}

function AddressAndOccupation({ form, onChange, problem }: Props) {
  const optionalMark = t('field.optional')
  return (
    <>
      <div className={css.whole}>
        <TextArea
          label={t('records.field.address')}
          optionalMark={optionalMark}
          rows={2}
          value={form.address}
          onText={(address) => onChange({ address })}
          error={fieldText(problem, 'address')}
        />
      </div>
      <TextField
        label={t('records.field.occupation')}
        optionalMark={optionalMark}
        value={form.occupation}
        onText={(occupation) => onChange({ occupation })}
      />
    </>
  )
}

/** A person's particulars, for registering and for correcting. */
export function PatientFields({ form, onChange, problem }: Props) {
  return (
    <div className={css.fields}>
      <TextField
        label={t('records.field.fullName')}
        value={form.fullName}
        onText={(fullName) => onChange({ fullName })}
        autoComplete="off"
        error={fieldText(problem, 'fullName')}
      />
      <BirthDateField form={form} onChange={onChange} problem={problem} />
      <div className={css.whole}>
        <SexChoice form={form} onChange={onChange} />
      </div>
      <PhoneField form={form} onChange={onChange} problem={problem} />
      <EthnicChoice form={form} onChange={onChange} />
      <AddressAndOccupation form={form} onChange={onChange} problem={problem} />
    </div>
  )
}
