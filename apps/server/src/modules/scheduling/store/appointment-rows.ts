import type { Appointment, AppointmentKind, AppointmentOrigin, Programme } from '@moinha/contracts/scheduling'
import { sql, type RawBuilder } from 'kysely'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { StoredState } from '../domain/appointment-states.ts'
import type { Span } from '../domain/openings.ts'
import './tables.ts'

/** An appointment with the names a screen shows, before it is known who looks at it. */
export interface AppointmentView {
  id: string
  state: StoredState
  kind: AppointmentKind
  programme: Programme | null
  reason: string
  origin: AppointmentOrigin
  start: Date
  end: Date
  patient: Appointment['patient']
  facility: { id: string; name: string; path: string }
  worker: Appointment['worker']
  queueNo: number | null
  arrivedAt: Date | null
  startedAt: Date | null
  endedAt: Date | null
  encounterId: string | null
  cancelledBy: 'citizen' | 'station' | null
  cancelReason: string | null
  movedFrom: { start: string; workerName: string } | null
  bookedBy: string | null
  /** Who booked for the patient as a helper of the station. */
  helperName: string | null
  version: number
}

export interface NewAppointment extends Span {
  id: string
  patientId: string
  facilityId: string
  practitionerId: string | null
  kind: AppointmentKind
  programme: Programme | null
  reason: string
  state: StoredState
  origin: AppointmentOrigin
  bookedBy: string | null
  /** When somebody booked it; none of a walk-in or of a slot held for the waitlist. */
  bookedAt: Date | null
  helperName?: string
}

/**
 * Takes the slot, or answers false where the database holds it (or the id) already. The exclusion constraints decide,
 * so two who come at the same moment can never both win.
 */
export async function insertAppointment(tx: Tx, row: NewAppointment): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, programme, reason,
      state, origin, booked_by, booked_at, helper_name)
    values (${row.id}, ${row.patientId}, ${row.facilityId}, ${row.practitionerId}, tstzrange(${row.start}, ${row.end}),
      ${row.kind}, ${row.programme}, ${row.reason}, ${row.state}, ${row.origin}, ${row.bookedBy}, ${row.bookedAt},
      ${row.helperName ?? null})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** What `findAppointment` would answer of a row that was just inserted, from names read before. */
export function newView(
  row: NewAppointment,
  names: Pick<AppointmentView, 'patient' | 'facility' | 'worker'>,
): AppointmentView {
  const { id, state, kind, programme, reason, origin, start, end, bookedBy, helperName = null } = row
  return {
    ...{ id, state, kind, programme, reason, origin, start, end, ...names, bookedBy, helperName },
    ...{ queueNo: null, arrivedAt: null, startedAt: null, endedAt: null, encounterId: null },
    ...{ cancelledBy: null, cancelReason: null, movedFrom: null, version: 1 },
  }
}

/** The patient `p` as a screen names them; `id` stands also where the record is not to be seen. */
export const patientJson = (id: RawBuilder<unknown>) =>
  sql`json_build_object('id', ${id}, 'fullName', coalesce(p.full_name, ''), 'birthDate', p.birth_date, 'sex',
    coalesce(p.sex, 'unknown'))`
/** The unit `f` with its place in the tree `cp`. */
export const facilityJson = sql`json_build_object('id', f.id, 'name', f.name, 'path', coalesce(cp.path::text, ''))`
/** The worker `w` and their post `s`. */
export const workerJson = (id: RawBuilder<unknown>) => sql`
  json_build_object('personId', ${id}, 'fullName', coalesce(w.full_name, ''),
    'qualification', json_build_object('system', coalesce(s.qualification_system, 'moinha:qualification'),
      'code', coalesce(s.qualification_code, 'other'), 'display', coalesce(s.title, '')),
    'title', coalesce(s.title, ''), 'degree', coalesce(s.degree, ''), 'specialties', coalesce(s.specialties, '{}'),
    'licenceNo', coalesce(s.licence_no, ''))`
/** The post at this unit that tells who the worker is: today's, else the latest. */
export const postOf = (personId: RawBuilder<unknown>, facilityId: RawBuilder<unknown>) => sql`
  (select person_id, qualification_system, qualification_code, title, degree, specialties, licence_no, valid_until
    from identity.practitioner_card where person_id = ${personId} and facility_id = ${facilityId}
    order by valid_until desc nulls first, valid_from desc limit 1)`

/** From when and from whom it was moved: somebody may still come at the former time. */
const movedFrom = sql`case when a.moved_from is not null then
  json_build_object('start', lower(a.moved_from), 'workerName', coalesce(m.full_name, '')) end`

/** Names by what their modules publish: of a patient whom the reader may not see it is empty, and the line stays. */
const withNames = sql`
  join facilities.unit f on f.id = a.facility_id
  left join facilities.current_path cp on cp.facility_id = a.facility_id
  left join records.patient_card p on p.id = a.patient_id
  left join identity.person_card w on w.id = a.practitioner_id
  left join identity.person_card m on m.id = a.moved_from_practitioner_id
  left join lateral ${postOf(sql`a.practitioner_id`, sql`a.facility_id`)} s on true`

const view = sql`
  select a.id, a.state, a.kind, a.programme, a.reason, a.origin, lower(a.during) as start, upper(a.during) as "end",
    ${patientJson(sql`a.patient_id`)} as patient, ${facilityJson} as facility,
    case when a.practitioner_id is not null then ${workerJson(sql`a.practitioner_id`)} end as worker,
    a.queue_no as "queueNo", a.arrived_at as "arrivedAt", a.started_at as "startedAt", a.ended_at as "endedAt",
    a.encounter_id as "encounterId",
    a.cancelled_by as "cancelledBy", a.cancel_reason as "cancelReason", a.booked_by as "bookedBy",
    a.helper_name as "helperName", a.version,
    ${movedFrom} as "movedFrom"
  from scheduling.appointment a ${withNames}`

/** Neither held for the waitlist nor let go of. */
export const shown = sql<boolean>`a.state not in ('offered', 'released')`

/** Appointments `a` with all names: what follows `from` and its joins. */
export async function select(tx: Tx, rest: RawBuilder<unknown>): Promise<AppointmentView[]> {
  return (await sql<AppointmentView>`${view} ${rest}`.execute(tx)).rows
}

const appointmentById = compileOnce(
  (_tx, { id }: { id: string }) => sql<AppointmentView>`${view} where a.id = ${id} and ${shown}`,
)

/** One appointment, as far as the actor's row-level security shows it. */
export async function findAppointment(tx: Tx, id: string): Promise<AppointmentView | undefined> {
  return (await appointmentById(tx, { id }))[0]
}

/** Where the next page begins. */
export interface Place {
  at: Date
  id: string
}

const firstOfDay = compileOnce(
  (_tx, { facilityId, start, end, limit }: Span & { facilityId: string; limit: number }) => sql<AppointmentView>`
    ${view} where a.facility_id = ${facilityId} and a.starts_at >= ${start} and a.starts_at < ${end} and ${shown}
    order by a.starts_at, a.id limit ${limit}`,
)

/** The day of a unit in order of time. */
export async function listDay(
  tx: Tx,
  facilityId: string,
  { start, end }: Span,
  { after, limit }: { after: Place | undefined; limit: number },
): Promise<AppointmentView[]> {
  if (!after) return firstOfDay(tx, { facilityId, start, end, limit })
  return select(
    tx,
    sql`where a.facility_id = ${facilityId} and a.starts_at >= ${start} and a.starts_at < ${end} and ${shown}
    and (a.starts_at, a.id) > (${after.at}, ${after.id})
    order by a.starts_at, a.id limit ${limit}`,
  )
}

const statesOfDay = compileOnce(
  (_tx, { facilityId, start, end }: Span & { facilityId: string }) => sql<{ state: string; count: number }>`
    select a.state, count(*)::int as count from scheduling.appointment a
    where a.facility_id = ${facilityId} and a.starts_at >= ${start} and a.starts_at < ${end} and ${shown}
      group by a.state`,
)

/** How many of each state a unit's day has. */
export async function countDay(tx: Tx, facilityId: string, day: Span): Promise<Record<string, number>> {
  const rows = await statesOfDay(tx, { facilityId, start: day.start, end: day.end })
  return Object.fromEntries(rows.map((row) => [row.state, row.count]))
}

const openAfter = (edge: Date): RawBuilder<boolean> => sql`
  (a.state in ('requested', 'confirmed', 'moved', 'arrived', 'in_progress')
    and (upper(a.during) > ${edge} or a.state = 'in_progress'))`

/**
 * Is the appointment among the upcoming ones? Those stay until half an hour after their end, so that nobody loses the
 * way into a late visit.
 */
export const openAt = (now: Date): RawBuilder<boolean> => openAfter(lateEdge(now))
export const lateEdge = (now: Date): Date => new Date(now.getTime() - 30 * 60_000)

const upcomingOf = compileOnce(
  (_tx, { people, edge, limit }: { people: readonly string[]; edge: Date; limit: number }) => sql<AppointmentView>`
    ${view} where a.patient_id = any (${people}::uuid[]) and ${openAfter(edge)}
    order by a.starts_at, a.id limit ${limit}`,
)

/** Appointments of these people, upcoming or past. */
export async function listOfPeople(
  tx: Tx,
  people: readonly string[],
  { when, now, after, limit }: { when: 'upcoming' | 'past'; now: Date; after: Place | undefined; limit: number },
): Promise<AppointmentView[]> {
  if (when === 'upcoming') {
    if (!after) return upcomingOf(tx, { people, edge: lateEdge(now), limit })
    return select(
      tx,
      sql`where a.patient_id = any (${people}::uuid[]) and ${openAt(now)}
      and (a.starts_at, a.id) > (${after.at}, ${after.id})
      order by a.starts_at, a.id limit ${limit}`,
    )
  }
  return select(
    tx,
    sql`where a.patient_id = any (${people}::uuid[]) and ${shown} and not ${openAt(now)}
    ${after ? sql`and (a.starts_at, a.id) < (${after.at}, ${after.id})` : sql``}
    order by a.starts_at desc, a.id desc limit ${limit}`,
  )
}

interface HelperQuery {
  personId: string
  facilityIds: readonly string[]
  now: Date
  after: Place | undefined
  limit: number
}

/** What somebody booked as a helper of these units and has not passed. Ask as the system. */
export async function listOfHelper(tx: Tx, query: HelperQuery): Promise<AppointmentView[]> {
  const { personId, facilityIds, now, after, limit } = query
  return select(
    tx,
    sql`where a.origin = 'helper' and a.booked_by = ${personId} and a.facility_id = any (${facilityIds}::uuid[])
    and a.starts_at > ${now}::timestamptz - interval '1 day' and upper(a.during) > ${now} and ${shown}
    ${after ? sql`and (a.starts_at, a.id) > (${after.at}, ${after.id})` : sql``}
    order by a.starts_at, a.id limit ${limit}`,
  )
}

/** One worker's appointments at a unit over a stretch of time. */
export async function listOfWorker(
  tx: Tx,
  worker: { practitionerId: string; facilityId: string },
  span: Span,
): Promise<AppointmentView[]> {
  return select(
    tx,
    sql`where a.practitioner_id = ${worker.practitionerId} and a.facility_id = ${worker.facilityId}
      and a.starts_at >= ${span.start}
    and a.starts_at < ${span.end} and a.state not in ('offered', 'released', 'cancelled') order by a.starts_at, a.id
      limit 500`,
  )
}

/**
 * The appointment of the patient that holds this time, where the actor may see it. Names are read only where there is
 * one.
 */
export async function findOfPatient(tx: Tx, patientId: string, span: Span): Promise<AppointmentView | undefined> {
  const { rows } = await sql<{ id: string }>`select a.id from scheduling.appointment a
    where a.patient_id = ${patientId} and a.during && tstzrange(${span.start}, ${span.end}) and a.origin <> 'walk_in'
    and a.state in ('requested', 'confirmed', 'moved', 'arrived', 'in_progress') limit 1`.execute(tx)
  return rows[0] && findAppointment(tx, rows[0].id)
}

export interface HistoryRow {
  at: Date
  state: StoredState
  start: Date
  workerName: string | null
  actorKind: string
  actorName: string | null
}

const historyById = compileOnce(
  (_tx, { id }: { id: string }) => sql<HistoryRow>`
    select h.at, h.state, lower(h.during) as start, w.full_name as "workerName", h.actor_kind as "actorKind",
      p.full_name as "actorName"
    from scheduling.appointment_history h left join identity.person_card w on w.id = h.practitioner_id left
      join identity.person_card p on p.id = h.actor_id
    where h.appointment_id = ${id} order by h.id`,
)

/** What happened to an appointment, oldest first. */
export async function readHistory(tx: Tx, id: string): Promise<HistoryRow[]> {
  return historyById(tx, { id })
}
