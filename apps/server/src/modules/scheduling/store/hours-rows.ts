import type { AppointmentKind, ScheduleException, Worker, WorkingHours } from '@moinha/contracts/scheduling'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { timeOf } from '../domain/booking-rules.ts'
import './tables.ts'

export interface HoursRow {
  id: string
  practitionerId: string
  facilityId: string
  weekday: number
  fromMinute: number
  toMinute: number
  slotMinutes: number
  kinds: AppointmentKind[]
  validFrom: string
  /** The last day they hold. */
  validTo: string | null
}

/** As kept: hours closed before they began have no first day. */
export type FoundHours = HoursRow | (Omit<HoursRow, 'validFrom'> & { validFrom: null })

export interface ExceptionRow {
  id: string
  practitionerId: string
  facilityId: string
  effect: 'off' | 'extra'
  fromDay: string
  toDay: string
  fromMinute: number
  toMinute: number
  slotMinutes: number | null
  kinds: AppointmentKind[]
  reason: string
}

const hoursColumns = sql`h.id, h.practitioner_id as "practitionerId", h.facility_id as "facilityId", h.weekday,
  h.from_minute as "fromMinute", h.to_minute as "toMinute",
  h.slot_minutes as "slotMinutes", h.kinds::text[] as kinds, lower(h.valid) as "validFrom",
  upper(h.valid) - 1 as "validTo"`
const exceptionColumns = sql`e.id, e.practitioner_id as "practitionerId", e.facility_id as "facilityId", e.effect,
  lower(e.days) as "fromDay", upper(e.days) - 1 as "toDay",
  e.from_minute as "fromMinute", e.to_minute as "toMinute", e.slot_minutes as "slotMinutes", e.kinds::text[] as kinds,
  e.reason`

const range = (from: string, to: string | null) => sql`daterange(${from}::date, ${to}::date, '[]')`

/** False where the hours overlap others of the same worker (or the id is taken): the constraint decides. */
export async function insertHours(tx: Tx, row: HoursRow, by: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into scheduling.working_hours (id, practitioner_id, facility_id, weekday, from_minute, to_minute,
      slot_minutes, kinds, valid, created_by)
    values (${row.id}, ${row.practitionerId}, ${row.facilityId}, ${row.weekday}, ${row.fromMinute}, ${row.toMinute},
      ${row.slotMinutes},
      ${row.kinds}::text[]::scheduling.kind[], ${range(row.validFrom, row.validTo)}, ${by})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** False where the exception overlaps extra hours of the same worker, or the id is taken. */
export async function insertException(tx: Tx, row: ExceptionRow, by: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into scheduling.schedule_exception (id, practitioner_id, facility_id, effect, days, from_minute, to_minute,
      slot_minutes, kinds, reason, created_by)
    values (${row.id}, ${row.practitionerId}, ${row.facilityId}, ${row.effect}, ${range(row.fromDay, row.toDay)},
      ${row.fromMinute}, ${row.toMinute},
      ${row.slotMinutes}, ${row.kinds}::text[]::scheduling.kind[], ${row.reason}, ${by})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function findHours(tx: Tx, id: string): Promise<FoundHours | undefined> {
  return (await sql<FoundHours>`select ${hoursColumns} from scheduling.working_hours h where h.id = ${id}`.execute(tx))
    .rows[0]
}

export async function findException(tx: Tx, id: string): Promise<(ExceptionRow & { withdrawn: boolean }) | undefined> {
  return (
    await sql<ExceptionRow & { withdrawn: boolean }>`
    select ${exceptionColumns}, e.withdrawn_at is not null as withdrawn from scheduling.schedule_exception e
      where e.id = ${id}`.execute(tx)
  ).rows[0]
}

/** Ends hours; the last day before the first is as if they had never been. */
export async function closeHours(tx: Tx, id: string, lastDay: string): Promise<void> {
  await sql`update scheduling.working_hours set valid = daterange(lower(valid),
    greatest(lower(valid), ${lastDay}::date + 1))
    where id = ${id} and not isempty(valid)`.execute(tx)
}

export async function withdraw(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('scheduling.schedule_exception')
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .set({ withdrawn_at: now })
    .execute()
}

export interface Clash {
  facilityName: string
  weekday: number | null
  from: string
  to: string
  fromDay: string
  toDay: string | null
}

/** The weekly hours of the worker that these would overlap, wherever they are. */
export async function clashOfHours(tx: Tx, row: HoursRow): Promise<Clash | undefined> {
  const { rows } = await sql<HoursRow & { facilityName: string }>`
    select ${hoursColumns}, f.name as "facilityName" from scheduling.working_hours h
      join facilities.unit f on f.id = h.facility_id
    where h.practitioner_id = ${row.practitionerId} and h.weekday = ${row.weekday}
      and int4range(h.from_minute, h.to_minute) && int4range(${row.fromMinute}, ${row.toMinute})
      and h.valid && ${range(row.validFrom, row.validTo)} order by h.from_minute limit 1`.execute(tx)
  const [clash] = rows
  return (
    clash && {
      facilityName: clash.facilityName,
      weekday: clash.weekday,
      from: timeOf(clash.fromMinute),
      to: timeOf(clash.toMinute),
      fromDay: clash.validFrom,
      toDay: clash.validTo,
    }
  )
}

/** Extra hours or weekly hours of the worker that these extra hours would overlap. */
export async function clashOfExtra(tx: Tx, row: ExceptionRow): Promise<Clash | undefined> {
  const minutes = sql`int4range(${row.fromMinute}, ${row.toMinute})`
  const { rows } = await sql<{
    facilityName: string
    weekday: number | null
    fromMinute: number
    toMinute: number
    fromDay: string
    toDay: string | null
  }>`
    select f.name as "facilityName", null::int as weekday, e.from_minute as "fromMinute", e.to_minute as "toMinute",
      lower(e.days) as "fromDay", upper(e.days) - 1 as "toDay"
    from scheduling.schedule_exception e join facilities.unit f on f.id = e.facility_id
    where e.practitioner_id = ${row.practitionerId} and e.effect = 'extra' and e.withdrawn_at is null
      and e.days && ${range(row.fromDay, row.toDay)}
      and int4range(e.from_minute, e.to_minute) && ${minutes}
    union all
    select f.name, h.weekday, h.from_minute, h.to_minute, lower(h.valid), upper(h.valid) - 1
    from scheduling.working_hours h join facilities.unit f on f.id = h.facility_id
    where h.practitioner_id = ${row.practitionerId} and h.valid && ${range(row.fromDay, row.toDay)}
      and int4range(h.from_minute, h.to_minute) && ${minutes}
      and exists (select from generate_series(${row.fromDay}::date, ${row.toDay}::date, interval '1 day') d
        where h.valid @> d::date and extract(isodow from d) = h.weekday)
    limit 1`.execute(tx)
  const [clash] = rows
  return (
    clash && {
      facilityName: clash.facilityName,
      weekday: clash.weekday,
      from: timeOf(clash.fromMinute),
      to: timeOf(clash.toMinute),
      fromDay: clash.fromDay,
      toDay: clash.toDay,
    }
  )
}

/**
 * Edits of one worker's schedule go one after the other: weekly and extra hours are two tables, which no single
 * constraint spans.
 */
export async function lockSchedule(tx: Tx, practitionerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('scheduling.hours ' || ${practitionerId}, 0))`.execute(tx)
}

export interface WorkerSchedule extends Worker {
  hours: HoursRow[]
  exceptions: ExceptionRow[]
}

/** Every worker of a unit with the hours of now and later and the coming exceptions. */
export async function listSchedules(tx: Tx, facilityId: string, today: string): Promise<WorkerSchedule[]> {
  const workers = await workersOf(tx, facilityId)
  const hours = (
    await sql<HoursRow>`select ${hoursColumns} from scheduling.working_hours h where h.facility_id = ${facilityId}
    and not isempty(h.valid) and (upper_inf(h.valid) or upper(h.valid) > ${today}::date)
      order by h.weekday, h.from_minute, lower(h.valid)`.execute(tx)
  ).rows
  const exceptions = (
    await sql<ExceptionRow>`select ${exceptionColumns} from scheduling.schedule_exception e
      where e.facility_id = ${facilityId}
    and e.withdrawn_at is null and upper(e.days) > ${today}::date order by lower(e.days), e.from_minute`.execute(tx)
  ).rows
  return workers.map((worker) => ({
    ...worker,
    hours: hours.filter((row) => row.practitionerId === worker.personId),
    exceptions: exceptions.filter((row) => row.practitionerId === worker.personId),
  }))
}

/** The clinical workers of a unit, as published. */
export async function workersOf(tx: Tx, facilityId: string): Promise<Worker[]> {
  const { rows } = await sql<Worker>`
    select distinct on (s.person_id) s.person_id as "personId", p.full_name as "fullName",
      json_build_object('system', s.qualification_system, 'code', s.qualification_code, 'display',
      s.title) as qualification, s.title, s.degree, s.specialties, s.licence_no as "licenceNo"
    from identity.practitioner_card s join identity.person_card p on p.id = s.person_id
    where s.facility_id = ${facilityId} and s.valid_until is null and s.is_public
      order by s.person_id, s.valid_from`.execute(tx)
  // doctors first, then by name, as a station's board does
  const rank = (worker: Worker) => (worker.qualification.code === 'doctor' ? 0 : 1)
  return rows.sort((a, b) => rank(a) - rank(b) || a.fullName.localeCompare(b.fullName, 'vi'))
}

/** Appointments that stand in a stretch of time which is about to be off. */
export async function standingIn(
  tx: Tx,
  row: ExceptionRow,
  now: Date,
): Promise<{ appointmentId: string; start: Date }[]> {
  const { rows } = await sql<{ appointmentId: string; start: Date }>`
    select a.id as "appointmentId", a.starts_at as start from scheduling.appointment a
    where a.practitioner_id = ${row.practitionerId} and a.facility_id = ${row.facilityId}
      and a.state in ('requested', 'confirmed', 'moved')
      and upper(a.during) > ${now} and (lower(a.during) at time zone 'Asia/Ho_Chi_Minh')::date between
        ${row.fromDay}::date and ${row.toDay}::date
      and tstzrange(((lower(a.during) at time zone 'Asia/Ho_Chi_Minh')::date + make_interval(mins => ${row.fromMinute}))
        at time zone 'Asia/Ho_Chi_Minh',
        ((lower(a.during) at time zone 'Asia/Ho_Chi_Minh')::date + make_interval(mins => ${row.toMinute})) at time zone
        'Asia/Ho_Chi_Minh') && a.during
    order by a.starts_at limit 200`.execute(tx)
  return rows
}

export function toHours({ facilityId: _, fromMinute, toMinute, ...row }: HoursRow): WorkingHours {
  return { ...row, from: timeOf(fromMinute), to: timeOf(toMinute) }
}

export function toException({ facilityId: _, fromMinute, toMinute, ...row }: ExceptionRow): ScheduleException {
  return { ...row, from: timeOf(fromMinute), to: timeOf(toMinute) }
}
