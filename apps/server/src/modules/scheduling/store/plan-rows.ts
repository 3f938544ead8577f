import type { BookingSettings } from '@moinha/contracts/scheduling'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { OpeningException, Span, WeeklyOpening, WorkerPlan } from '../domain/openings.ts'
import './tables.ts'

export const defaultSettings: BookingSettings = { autoConfirm: false, horizonDays: 60, offerMinutes: 30 }

export const hoursJson = sql`json_build_object('weekday', h.weekday, 'fromMinute', h.from_minute, 'toMinute',
  h.to_minute, 'slotMinutes', h.slot_minutes,
  'kinds', h.kinds, 'validFrom', lower(h.valid), 'validUntil', upper(h.valid))`
export const exceptionJson = sql`json_build_object('effect', e.effect, 'fromDay', lower(e.days), 'untilDay',
  upper(e.days), 'fromMinute', e.from_minute,
  'toMinute', e.to_minute, 'slotMinutes', e.slot_minutes, 'kinds', e.kinds, 'reason', e.reason)`

/** A stretch of days, the last excluded. */
export interface Days {
  from: string
  until: string
}

/** When the published workers of a unit are there; one query, also for one worker alone. */
export async function readPlans(
  tx: Tx,
  facilityId: string,
  days: Days,
  practitionerId?: string,
): Promise<WorkerPlan[]> {
  const { rows } = await sql<{ practitionerId: string; hours: WeeklyOpening[]; exceptions: OpeningException[] }>`
    select w.person_id as "practitionerId",
      (select coalesce(json_agg(${hoursJson}), '[]') from scheduling.working_hours h
      where h.practitioner_id = w.person_id and h.facility_id = ${facilityId}
        and h.valid && daterange(${days.from}::date, ${days.until}::date)) as hours,
      (select coalesce(json_agg(${exceptionJson}), '[]') from scheduling.schedule_exception e
      where e.practitioner_id = w.person_id and e.facility_id = ${facilityId}
        and e.withdrawn_at is null and e.days && daterange(${days.from}::date, ${days.until}::date)) as exceptions
    from (select distinct person_id from identity.practitioner_card where facility_id = ${facilityId}
      and valid_until is null and is_public
      ${practitionerId ? sql`and person_id = ${practitionerId}` : sql``}) w`.execute(tx)
  return rows.filter((row) => row.hours.length + row.exceptions.length > 0)
}

export interface WorkerAround extends WorkerPlan {
  fullName: string
  /** When they are taken, whoever by. */
  busy: Span[]
}

/** The published workers of a unit, when they are there and when they are taken: one query. */
export async function readWorkersAround(tx: Tx, facilityId: string, days: Days, span: Span): Promise<WorkerAround[]> {
  const { rows } = await sql<WorkerPlan & { fullName: string; busy: { start: string; end: string }[] }>`
    select w.person_id as "practitionerId", coalesce(p.full_name, '') as "fullName",
      (select coalesce(json_agg(${hoursJson}), '[]') from scheduling.working_hours h
        where h.practitioner_id = w.person_id and h.facility_id = ${facilityId}
          and h.valid && daterange(${days.from}::date, ${days.until}::date)) as hours,
      (select coalesce(json_agg(${exceptionJson}), '[]') from scheduling.schedule_exception e
        where e.practitioner_id = w.person_id and e.facility_id = ${facilityId} and e.withdrawn_at is null
          and e.days && daterange(${days.from}::date, ${days.until}::date)) as exceptions,
      (select coalesce(json_agg(json_build_object('start', lower(b.during), 'end', upper(b.during))), '[]')
        from scheduling.busy(array[w.person_id], tstzrange(${span.start}, ${span.end})) b) as busy
    from (select distinct person_id from identity.practitioner_card
      where facility_id = ${facilityId} and valid_until is null and is_public) w
    left join identity.person_card p on p.id = w.person_id`.execute(tx)
  return rows
    .filter((row) => row.hours.length + row.exceptions.length > 0)
    .map((row) => ({
      ...row,
      busy: row.busy.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })),
    }))
}

/** When these workers are taken, whoever by. */
export async function readBusy(tx: Tx, practitionerIds: readonly string[], span: Span): Promise<Map<string, Span[]>> {
  const busy = new Map<string, Span[]>()
  if (practitionerIds.length === 0) return busy
  const { rows } = await sql<{ practitioner_id: string; start: Date; end: Date }>`
    select practitioner_id, lower(during) as start, upper(during) as "end"
    from scheduling.busy(${practitionerIds}::uuid[], tstzrange(${span.start}, ${span.end}))`.execute(tx)
  for (const { practitioner_id, start, end } of rows) {
    const spans = busy.get(practitioner_id)
    if (spans) spans.push({ start, end })
    else busy.set(practitioner_id, [{ start, end }])
  }
  return busy
}

/** How a unit takes bookings. */
export async function readSettings(tx: Tx, facilityId: string): Promise<BookingSettings> {
  const row = await tx
    .selectFrom('scheduling.facility_setting')
    .where('facility_id', '=', facilityId)
    .select(['auto_confirm as autoConfirm', 'horizon_days as horizonDays', 'offer_minutes as offerMinutes'])
    .executeTakeFirst()
  return row ?? defaultSettings
}

export async function writeSettings(
  tx: Tx,
  facilityId: string,
  settings: BookingSettings,
  by: string | null,
): Promise<void> {
  const row = {
    auto_confirm: settings.autoConfirm,
    horizon_days: settings.horizonDays,
    offer_minutes: settings.offerMinutes,
    updated_by: by,
  }
  await tx
    .insertInto('scheduling.facility_setting')
    .values({ facility_id: facilityId, ...row })
    .onConflict((conflict) => conflict.column('facility_id').doUpdateSet({ ...row, updated_at: sql`now()` }))
    .execute()
}

/** Remote services a unit may offer on a day. */
export async function readServices(tx: Tx, facilityId: string, day: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('facilities.announced_service')
    .where('facility_id', '=', facilityId)
    .where('allowed_from', '<=', day)
    .where((where) => where.or([where('ended_on', 'is', null), where('ended_on', '>', day)]))
    .select('service')
    .distinct()
    .execute()
  return rows.map((row) => row.service)
}
