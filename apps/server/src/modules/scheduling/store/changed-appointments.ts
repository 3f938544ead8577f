import { sql, type RawBuilder } from 'kysely'
import { changedSince, type Mark } from '../../../platform/changes/mark.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { turnsBeforeStart } from '../domain/appointment-states.ts'
import type { Span } from '../domain/openings.ts'
import { lateEdge, openAt, select, shown, type AppointmentView } from './appointment-rows.ts'

/** What somebody who knows a list up to the mark asks for now. */
export interface Since {
  mark: Mark
  now: Date
  limit: number
}

const written = (mark: Mark): RawBuilder<boolean> => changedSince(sql`a.changed_xid`, mark)

/** Nobody wrote it, and yet something else may be done with it: its time has come nearer. */
const turned = ({ mark, now }: Since): RawBuilder<boolean> => {
  const crossed = turnsBeforeStart.map((minutes) => {
    const ahead = (time: Date): Date => new Date(time.getTime() + minutes * 60_000)
    return sql`(a.starts_at > ${ahead(mark.at)} and a.starts_at <= ${ahead(now)})`
  })
  return sql`(${sql.join(crossed, sql` or `)})`
}

const ofDay = (facilityId: string, day: Span): RawBuilder<boolean> =>
  sql`a.facility_id = ${facilityId} and a.starts_at >= ${day.start} and a.starts_at < ${day.end}`

/** What came into a unit's day or changed in it. */
export function changedOfDay(tx: Tx, facilityId: string, day: Span, since: Since): Promise<AppointmentView[]> {
  return select(
    tx,
    sql`where ${ofDay(facilityId, day)} and ${shown} and (${written(since.mark)} or ${turned(since)})
      order by a.starts_at, a.id limit ${since.limit}`,
  )
}

/** What may have left a unit's day; some of it may have come back. */
export async function leftOfDay(tx: Tx, facilityId: string, day: Span, { mark }: Since): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from scheduling.appointment a where ${ofDay(facilityId, day)} and not ${shown} and ${written(mark)}
    union select a.appointment_id from scheduling.appointment_left a where ${ofDay(facilityId, day)}
      and ${written(mark)}`.execute(tx)
  return rows.map(({ id }) => id)
}

type Which = 'upcoming' | 'past'

/** Became past by itself: its end is long enough over. */
const passed = ({ mark, now }: Since): RawBuilder<boolean> =>
  sql`(upper(a.during) > ${lateEdge(mark.at)} and upper(a.during) <= ${lateEdge(now)})`

/** What came among the appointments of these people or changed there. */
export function changedOfPeople(
  tx: Tx,
  people: readonly string[],
  when: Which,
  since: Since,
): Promise<AppointmentView[]> {
  const among = when === 'upcoming' ? openAt(since.now) : sql`${shown} and not ${openAt(since.now)}`
  const order = when === 'upcoming' ? sql`a.starts_at, a.id` : sql`a.starts_at desc, a.id desc`
  return select(
    tx,
    sql`where a.patient_id = any (${people}::uuid[]) and ${among}
      and (${written(since.mark)} or ${turned(since)} or ${passed(since)})
      order by ${order} limit ${since.limit}`,
  )
}

/** What may have left them; some of it may have come back. */
export async function leftOfPeople(tx: Tx, people: readonly string[], when: Which, since: Since): Promise<string[]> {
  const outside = when === 'upcoming' ? sql`not ${openAt(since.now)}` : sql`(${openAt(since.now)} or not ${shown})`
  const { rows } = await sql<{ id: string }>`
    select a.id from scheduling.appointment a where a.patient_id = any (${people}::uuid[]) and ${outside}
      and (${written(since.mark)} or ${passed(since)})
    union select a.appointment_id from scheduling.appointment_left a where a.patient_id = any (${people}::uuid[])
      and ${written(since.mark)}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Nobody may ask since a time so long ago. */
export async function forgetLeft(tx: Tx): Promise<void> {
  await sql`delete from scheduling.appointment_left where at < now() - interval '1 hour'`.execute(tx)
}

/**
 * Tells lists that a patient's appointments of today and later read otherwise now, though none of them changed: their
 * version and history stay. In order of id, so that two who do so wait for each other.
 */
export async function touchOfPatient(
  tx: Tx,
  patientId: string,
): Promise<{ id: string; facilityId: string; practitionerId: string | null; state: string }[]> {
  const { rows } = await sql<{ id: string; facilityId: string; practitionerId: string | null; state: string }>`
    update scheduling.appointment a set version = a.version
    from (select id from scheduling.appointment
      where patient_id = ${patientId} and starts_at > now() - interval '1 day' order by id for update) as shown
    where a.id = shown.id
    returning a.id, a.facility_id as "facilityId", a.practitioner_id as "practitionerId", a.state`.execute(tx)
  return rows
}
