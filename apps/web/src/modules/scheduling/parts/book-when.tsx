import { Button, RadioGroup, SelectField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { Wish } from '../booking-draft.ts'
import { type AppointmentKind, named, type Station, whenText } from '../data.ts'
import css from './book-steps.module.css'
import { SlotPicker } from './slot-picker.tsx'
import { JoinWaitlist } from './waitlist.tsx'

const remoteKinds = ['remote_advice', 'remote_examination'] as const satisfies readonly AppointmentKind[]

interface WhenProps {
  wish: Wish
  station: Station
  /** Null while nobody is signed in: looking needs no account. */
  patientId: string | null
  reason: string
  onChoose: (change: Partial<Wish>) => void
}

/** The kinds that can be booked here, of this worker or of anyone. */
function kindsOf(station: Station, practitionerId: string | null): AppointmentKind[] {
  const worker = station.workers.find((one) => one.personId === practitionerId)
  return worker ? worker.kinds : station.kinds.filter((kind) => station.workers.some((one) => one.kinds.includes(kind)))
}

interface ChoiceProps extends Pick<WhenProps, 'station' | 'onChoose'> {
  kinds: readonly AppointmentKind[]
  kind: AppointmentKind
  practitionerId: string | null
}

/** How, and with whom; another choice of either begins anew with the time. */
function KindAndWorker({ station, kinds, kind, practitionerId, onChoose }: ChoiceProps) {
  return (
    <div className={css.fields}>
      <RadioGroup
        label={t('scheduling.book.kind')}
        columns
        choices={kinds.map((one) => ({ value: one, label: named('kind', one), detail: named('kindText', one) }))}
        value={kind}
        onChoose={(next) => onChoose({ kind: next, start: null, step: 'when' })}
      />
      <SelectField
        label={t('scheduling.book.worker')}
        value={practitionerId ?? ''}
        onText={(id) => onChoose({ practitionerId: id || null, kind, start: null, step: 'when' })}
      >
        <option value="">{t('scheduling.book.anyone')}</option>
        {station.workers.map((one) => (
          <option key={one.personId} value={one.personId}>{`${one.fullName} (${one.title})`}</option>
        ))}
      </SelectField>
    </div>
  )
}

/** Why a remote kind cannot be chosen here: the unit announced no such service (REQ-TELE-02). */
function NotAnnounced({ station }: { station: Station }) {
  const missing = remoteKinds.filter((kind) => !station.kinds.includes(kind))
  if (missing.length === 0) return null
  const names = missing.map((kind) => named('kind', kind).toLowerCase()).join(', ')
  return <p className={css.soft}>{t('scheduling.book.notAnnounced', { kinds: names })}</p>
}

/** Step 2: how, with whom, and when. */
export function WhenStep({ wish, station, patientId, reason, onChoose }: WhenProps) {
  const practitionerId = station.workers.some((one) => one.personId === wish.practitionerId)
    ? wish.practitionerId
    : null
  const kinds = kindsOf(station, practitionerId)
  const kind = wish.kind && kinds.includes(wish.kind) ? wish.kind : (kinds[0] ?? 'in_person')
  const chosen = wish.start && practitionerId ? { start: wish.start, practitionerId } : null
  const wait = patientId && (
    <JoinWaitlist
      facilityId={station.facility.id}
      practitionerId={practitionerId}
      patientId={patientId}
      kind={kind}
      reason={reason}
    />
  )
  return (
    <div className={css.wide}>
      <KindAndWorker station={station} kinds={kinds} kind={kind} practitionerId={practitionerId} onChoose={onChoose} />
      <NotAnnounced station={station} />
      <SlotPicker
        key={`${kind}${practitionerId}`}
        facilityId={station.facility.id}
        practitionerId={practitionerId}
        kind={kind}
        chosen={chosen}
        empty={wait}
        nameOf={(id) => station.workers.find((one) => one.personId === id)?.fullName ?? ''}
        onChoose={(slot) => onChoose({ ...slot, kind, step: 'check' })}
      />
      {wait && <div>{wait}</div>}
      {chosen && (
        <div className={css.actions}>
          <Button look="primary" iconAfter="arrow-right" onClick={() => onChoose({ step: 'check', kind })}>
            {t('scheduling.book.toCheck')} · {whenText(chosen.start)}
          </Button>
        </div>
      )}
    </div>
  )
}
