import type { AppointmentOrigin } from '@moinha/contracts/scheduling'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Held } from '../domain/booking-bounds.ts'
import type { BookingGround } from '../domain/booking-rules.ts'
import type { OpeningException, WeeklyOpening } from '../domain/openings.ts'
import { facilityJson, patientJson, postOf, workerJson, type AppointmentView } from './appointment-rows.ts'
import { defaultSettings, exceptionJson, hoursJson } from './plan-rows.ts'
import './tables.ts'

export interface GroundQuery {
  id: string
  facilityId: string
  practitionerId: string
  patientId: string
  start: Date
  /** The Vietnamese day of the wish. */
  day: string
  /** Whose open bookings are counted, and by which bound; the desk's are not. */
  bound?: { origin: AppointmentOrigin; accountId: string; now: Date } | undefined
}

export interface BookingFacts extends BookingGround {
  autoConfirm: boolean
  /** The names a screen shows with the booking, as far as the actor may see them. */
  names: Pick<AppointmentView, 'patient' | 'facility' | 'worker'>
  /** Does the patient index know the patient, as far as the actor may see? */
  patientKnown: boolean
  /** This id was sent before, by whomever. */
  sentBefore: boolean
  /**
   * Somebody holds the beginning of this time already: losers need not try. Who wins is decided by the constraint
   * alone.
   */
  taken: boolean
  /**
   * The patient's own appointments from the wished start on, as far as the actor may see: one of them may lie in the
   * way.
   */
  own: readonly { id: string; start: string; end: string }[]
  /**
   * What patient and account hold open, both held until the transaction ends; not counted where it decides nothing any
   * more.
   */
  held: Held | null
}

type FactRow = Omit<BookingFacts, 'plan' | 'names'> &
  BookingFacts['names'] & { hours: WeeklyOpening[]; exceptions: OpeningException[] }

const heldJson = sql`json_build_object('ofPatient', c.of_patient, 'patientBound', c.patient_bound,
  'ofAccount', c.of_account, 'accountBound', c.account_bound)`

/** The worker's hours and exceptions of the day, and what the unit may offer on it. */
const planOfDay = ({ facilityId, practitionerId, day }: GroundQuery): RawBuilder<unknown> => sql`
  (select coalesce(json_agg(${hoursJson}), '[]') from scheduling.working_hours h
    where h.practitioner_id = ${practitionerId} and h.facility_id = ${facilityId} and h.valid @> ${day}::date) as hours,
  (select coalesce(json_agg(${exceptionJson}), '[]') from scheduling.schedule_exception e
    where e.practitioner_id = ${practitionerId} and e.facility_id = ${facilityId} and e.withdrawn_at is null
      and e.days @> ${day}::date) as exceptions,
  (select coalesce(array_agg(t.service), '{}') from facilities.announced_service t
    where t.facility_id = f.id and t.allowed_from <= ${day}::date
      and (t.ended_on is null or t.ended_on > ${day}::date)) as services`

// No slot is longer: a check of scheduling.working_hours and scheduling.schedule_exception.
const longestSlot = '120 minutes'

/** What the patient has in the stretch that the longest slot could take. */
const ownFrom = ({ patientId, start }: GroundQuery): RawBuilder<unknown> => sql`
  (select coalesce(json_agg(json_build_object('id', a.id, 'start', lower(a.during), 'end', upper(a.during))), '[]')
    from scheduling.appointment a
    where a.patient_id = ${patientId} and a.during && tstzrange(${start},
      ${start}::timestamptz + ${longestSlot}::interval)
      and a.origin <> 'walk_in' and a.state in ('requested', 'confirmed', 'moved', 'arrived', 'in_progress')) as own`

/** Counting holds patient and account, so it is done only where the booking may still come about. */
function heldIfOpen({ id, patientId, bound }: GroundQuery): RawBuilder<unknown> {
  if (!bound) return sql`null as held`
  const count = sql.ref(bound.origin === 'helper' ? 'scheduling.count_helped' : 'scheduling.count_bookings')
  return sql`
    case when not o.taken and not o."sentBefore" then (
      select ${heldJson} from ${count}(${patientId}, ${bound.accountId}, ${id}, ${bound.now}) c) end as held`
}

/**
 * Everything a booking is judged by and answered with, in one round trip; undefined where there is no such unit today.
 */
export async function readBookingFacts(tx: Tx, query: GroundQuery): Promise<BookingFacts | undefined> {
  const { id, facilityId, practitionerId, patientId, start } = query
  const { rows } = await sql<FactRow>`
    with open as materialized (select id_known as "sentBefore", time_taken as taken
      from scheduling.asked_before(${id}, ${practitionerId}, ${start}))
    select o.taken, o."sentBefore", ${planOfDay(query)}, ${ownFrom(query)}, ${heldIfOpen(query)},
      s.person_id is not null and s.valid_until is null as "worksHere", p.id is not null as "patientKnown",
      coalesce(b.auto_confirm, ${defaultSettings.autoConfirm}) as "autoConfirm",
      coalesce(b.horizon_days, ${defaultSettings.horizonDays}) as "horizonDays",
      ${patientJson(sql`${patientId}::uuid`)} as patient, ${facilityJson} as facility,
      ${workerJson(sql`${practitionerId}::uuid`)} as worker
    from open o cross join facilities.current_path cp join facilities.unit f on f.id = cp.facility_id
    left join scheduling.facility_setting b on b.facility_id = f.id
    left join records.patient_card p on p.id = ${patientId}
    left join identity.person_card w on w.id = ${practitionerId}
    left join lateral ${postOf(sql`${practitionerId}`, sql`f.id`)} s on true
    where cp.facility_id = ${facilityId}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { hours, exceptions, patient, facility, worker, ...rest } = row
  return { ...rest, plan: { practitionerId, hours, exceptions }, names: { patient, facility, worker } }
}
