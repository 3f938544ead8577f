import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { MeetingTable, SeriesTable } from './tables.ts'

export type MeetingRow = Selectable<MeetingTable>
export type SeriesRow = Selectable<SeriesTable>

/** The meeting, if the actor of this transaction may know of it. */
export function findMeeting(tx: Tx, id: string): Promise<MeetingRow | undefined> {
  return tx.selectFrom('meetings.meeting').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The same, held until the transaction ends. Asked as the system. */
export function lockMeeting(tx: Tx, id: string): Promise<MeetingRow | undefined> {
  return tx.selectFrom('meetings.meeting').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export function findSeries(tx: Tx, id: string): Promise<SeriesRow | undefined> {
  return tx.selectFrom('meetings.series').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whoever plans or changes meetings of a series does so alone. Asked as the system. */
export function lockSeries(tx: Tx, id: string): Promise<SeriesRow | undefined> {
  return tx.selectFrom('meetings.series').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** All meetings of a series, soonest first. */
export function meetingsOfSeries(tx: Tx, seriesId: string): Promise<MeetingRow[]> {
  return tx
    .selectFrom('meetings.meeting')
    .selectAll()
    .where('series_id', '=', seriesId)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

/** The meeting whose room this is. */
export function meetingOfVisit(tx: Tx, visitId: string): Promise<MeetingRow | undefined> {
  return tx.selectFrom('meetings.meeting').selectAll().where('visit_id', '=', visitId).executeTakeFirst()
}

export interface Neighbours {
  previousId: string | null
  nextId: string | null
}

/** What stands before and after a meeting in its series, without cancelled ones. */
export async function neighboursOf(tx: Tx, meeting: MeetingRow): Promise<Neighbours> {
  const { rows } = await sql<{ previous_id: string | null; next_id: string | null }>`select
    (select id from meetings.meeting where series_id = ${meeting.series_id} and status <> 'cancelled'
      and starts_at < ${meeting.starts_at} order by starts_at desc limit 1) as previous_id,
    (select id from meetings.meeting where series_id = ${meeting.series_id} and status <> 'cancelled'
      and starts_at > ${meeting.starts_at} order by starts_at limit 1) as next_id`.execute(tx)
  return { previousId: rows[0]?.previous_id ?? null, nextId: rows[0]?.next_id ?? null }
}

/** Series with a rule whose planned meetings end before a day. */
export async function seriesToPlan(tx: Tx, before: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('meetings.series')
    .select('id')
    .where('rule', 'is not', null)
    .where('planned_until', '<', before)
    .where((where) => where.or([where('ends_before', 'is', null), where('ends_before', '>', before)]))
    .orderBy('planned_until')
    .limit(5000)
    .execute()
  return rows.map((row) => row.id)
}
