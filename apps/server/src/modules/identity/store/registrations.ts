import { sql } from 'kysely'
import { localDateOf, weekdayOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

interface HoursOfDay {
  weekday: number
  from: string
  to: string
}

export interface RegistrationRow {
  id: string
  personId: string
  fullName: string
  licenceNo: string
  scope: string
  hours: HoursOfDay[]
  from: string
  until: string | null
}

interface PageAsked {
  facilityId: string
  after?: string | undefined
  limit: number
}

/** Minutes of a day as `07:30`; the end of a day is `24:00`. */
const clockOf = (minutes: ReturnType<typeof sql>) =>
  sql`lpad((${minutes} / 60)::text, 2, '0') || ':' || lpad((${minutes} % 60)::text, 2, '0')`

/** One page of a unit's registrations, newest first: ids grow with time. */
export async function registrationPage(
  tx: Tx,
  { facilityId, after, limit }: PageAsked,
): Promise<{ rows: RegistrationRow[]; next: string | null }> {
  const before = after ? decodeCursor(after).id : null
  const { rows } = await sql<RegistrationRow>`
    select r.id, r.person_id as "personId", coalesce(p.full_name, '') as "fullName", r.licence_no as "licenceNo",
      r.scope, r.valid_from as "from", r.valid_until as "until",
      (select coalesce(json_agg(json_build_object('weekday', h.weekday, 'from', ${clockOf(sql`lower(h.minutes)`)},
        'to', ${clockOf(sql`upper(h.minutes)`)}) order by h.weekday, h.minutes), '[]')
        from identity.registered_hours h where h.registration_id = r.id) as hours
    from identity.practitioner_registration r left join identity.person_card p on p.id = r.person_id
    where r.facility_id = ${facilityId} and (${before}::uuid is null or r.id < ${before}::uuid)
    order by r.id desc limit ${limit + 1}`.execute(tx)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor({ name: '', id: last.id }) : null }
}

interface Asked {
  personId: string
  facilityId: string
  at: Date
}

/** Was the practitioner registered at the unit on that day, and within the hours at that time (REQ-TELE-03)? */
export async function registrationAt(
  tx: Tx,
  { personId, facilityId, at }: Asked,
): Promise<'registered' | 'outside_hours' | 'none'> {
  const day = localDateOf(at)
  const { rows } = await sql<{ within: boolean | null }>`
    select bool_or(h.registration_id is not null) as within
    from identity.practitioner_registration r left join identity.registered_hours h on h.registration_id = r.id
      and h.weekday = ${weekdayOf(day)}
      -- the minute of the day in Vietnam
      and h.minutes @> floor(extract(epoch from (${at}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::time) / 60)::int
    where r.person_id = ${personId} and r.facility_id = ${facilityId}
      and daterange(r.valid_from, r.valid_until) @> ${day}::date`.execute(tx)
  const within = rows[0]?.within ?? null
  if (within === null) return 'none'
  return within ? 'registered' : 'outside_hours'
}
