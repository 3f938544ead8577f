import { CheckboxField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { type AppointmentKind, named } from '../data.ts'

const kinds: readonly AppointmentKind[] = ['in_person', 'remote_advice', 'remote_examination']

interface KindBoxesProps {
  value: readonly AppointmentKind[]
  onChange: (kinds: AppointmentKind[]) => void
}

/** Which kinds an opening takes. */
export function KindBoxes({ value, onChange }: KindBoxesProps) {
  return (
    <fieldset>
      <legend>
        <strong>{t('scheduling.hours.kinds')}</strong>
      </legend>
      {kinds.map((kind) => (
        <CheckboxField
          key={kind}
          label={named('kind', kind)}
          checked={value.includes(kind)}
          onToggle={(on) => onChange(kinds.filter((one) => (one === kind ? on : value.includes(one))))}
        />
      ))}
    </fieldset>
  )
}
