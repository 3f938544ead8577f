import { RadioGroup, SelectField, Stack } from '@moinha/ui'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { language, t } from '../../../platform/i18n/index.ts'

type Specialty = ReplyOf<'consults.prefill'>['specialties'][number]

/** What stations ask most, in big choices; the rest in a list that says where nobody is on duty. */
const common = ['internal', 'cardiology', 'paediatrics', 'obstetrics', 'surgery', 'emergency']

interface SpecialtyChoiceProps {
  specialties: readonly Specialty[]
  value: string | null
  onChoose: (code: string) => void
  error: string | false
}

export function SpecialtyChoice({ specialties, value, onChoose, error }: SpecialtyChoiceProps) {
  const big = common.flatMap((code) => specialties.find((one) => one.code === code) ?? [])
  const rest = specialties.filter((one) => !common.includes(one.code))
  const duty = (one: Specialty): string => (one.covered ? t('consults.new.onDuty') : t('consults.new.notOnDuty'))
  return (
    <Stack gap={3}>
      <RadioGroup
        columns
        label={t('consults.new.specialty')}
        error={error}
        value={value}
        onChoose={onChoose}
        choices={big.map((one) => ({ value: one.code, label: one[language()], detail: duty(one) }))}
      />
      <SelectField
        label={t('consults.new.otherSpecialties')}
        value={rest.some((one) => one.code === value) ? (value ?? '') : ''}
        onText={(code) => code && onChoose(code)}
      >
        <option value="">—</option>
        {rest.map((one) => (
          <option key={one.code} value={one.code}>
            {one[language()]} ({duty(one)})
          </option>
        ))}
      </SelectField>
    </Stack>
  )
}
