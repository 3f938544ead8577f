import { RadioGroup, SelectField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { type AppointmentKind, named, type Station } from '../data.ts'
import { SlotPicker } from './slot-picker.tsx'

/** Kind, worker and time, chosen in one place by those who book for somebody else. */
export interface SlotWish {
  kind: AppointmentKind
  practitionerId: string
  chosen: { practitionerId: string; start: string } | null
}

interface WhenProps {
  station: Station
  wish: SlotWish
  onChange: (change: Partial<SlotWish>) => void
}

export function WhenFields({ station, wish, onChange }: WhenProps) {
  const workers = station.workers.filter((one) => one.kinds.includes(wish.kind))
  return (
    <>
      <RadioGroup
        label={t('scheduling.book.kind')}
        columns
        choices={station.kinds.map((one) => ({ value: one, label: named('kind', one) }))}
        value={wish.kind}
        onChoose={(kind) => onChange({ kind, chosen: null })}
      />
      <SelectField
        label={t('scheduling.book.worker')}
        value={wish.practitionerId}
        onText={(practitionerId) => onChange({ practitionerId, chosen: null })}
      >
        <option value="">{t('scheduling.book.anyone')}</option>
        {workers.map((one) => (
          <option key={one.personId} value={one.personId}>{`${one.fullName} (${one.title})`}</option>
        ))}
      </SelectField>
      <SlotPicker
        key={`${wish.kind}${wish.practitionerId}`}
        facilityId={station.facility.id}
        practitionerId={wish.practitionerId || null}
        kind={wish.kind}
        chosen={wish.chosen}
        onChoose={(chosen) => onChange({ chosen })}
        nameOf={(id) => station.workers.find((one) => one.personId === id)?.fullName ?? ''}
      />
    </>
  )
}
