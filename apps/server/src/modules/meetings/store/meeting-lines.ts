import type { MeetingKind } from '@moinha/contracts/meetings'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { attendingUnits, visibleMeetings } from '../policy.ts'
import type { MeetingRow } from './meeting-rows.ts'

export interface ListQuery {
  when: 'upcoming' | 'past'
  kind: MeetingKind | null
  after: { at: string; id: string } | undefined
  limit: number
}

/** A planned meeting is still to come for a while after its end: it may begin late. */
export const lateStart = sql`interval '2 hours'`
/** One that still runs so long after its start was forgotten: it stands with the past ones until it ends itself. */
const longest = sql`interval '2 days'`
/** A host may open, and end, a meeting a day before its time. */
const openedAhead = sql`interval '25 hours'`
/** Those that a change of the rule took away were never told of as meetings. */
const known = sql`not (m.status = 'cancelled' and m.cancel_reason is null)`

/** Ids of one page, in its order; one more than the limit where there is another page. */
export async function listIds(
  work: Work,
  { when, kind, after, limit }: ListQuery,
): Promise<{ id: string; starts_at: Date }[]> {
  const now = sql`${work.now}::timestamptz`
  const toCome = sql`(m.starts_at > ${now} - ${longest}
    and (m.status = 'running' or (m.status <> 'ended' and m.ends_at > ${now} - ${lateStart})))`
  const [side, order, than] =
    when === 'upcoming'
      ? [toCome, sql`asc`, sql`>`]
      : [sql`m.starts_at < ${now} + ${openedAhead} and not ${toCome}`, sql`desc`, sql`<`]
  const place = after ? sql`and (m.starts_at, m.id) ${than} (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const ofKind = kind === null ? sql`` : sql`and m.kind = ${kind}`
  const { rows } = await sql<{ id: string; starts_at: Date }>`select m.id, m.starts_at from meetings.meeting m
    where ${side} and ${known} ${ofKind} ${place} and ${visibleMeetings(work.actor)}
    order by m.starts_at ${order}, m.id ${order} limit ${limit + 1}`.execute(work.tx)
  return rows
}

export interface LineRow extends MeetingRow {
  organiser: string
  organiser_path: string | null
  rule: string | null
  opens_minutes_before: number | null
  units_invited: number
  our_answer: 'yes' | 'no' | null
  invited: boolean
  named: boolean
  minutes: 'draft' | 'approved' | null
  minutes_approved: boolean
}

/** What a line of a list shows, for ids the actor was found to see; the counts are over what they may not see. */
export async function readLines(work: Work, ids: readonly string[]): Promise<Map<string, LineRow>> {
  const mine = sql`i.meeting_id = m.id and i.removed_at is null
    and i.facility_id = any (${attendingUnits(work.actor)}::uuid[])`
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<LineRow>`select m.*, f.name as organiser, op.path::text as organiser_path, s.rule, st.opens_minutes_before,
      (select count(*)::int from meetings.invitation i where i.meeting_id = m.id and i.removed_at is null
        and i.facility_id <> m.organiser_id) as units_invited,
      (select i.answer from meetings.invitation i where ${mine} and i.answer is not null limit 1) as our_answer,
      exists (select from meetings.invitation i where ${mine}) as invited,
      exists (select from meetings.named_person n
        where n.meeting_id = m.id and n.person_id = ${work.actor.personId}) as named,
      (select w.status from meetings.minutes w where w.meeting_id = m.id order by w.version desc limit 1) as minutes,
      exists (select from meetings.minutes w where w.meeting_id = m.id and w.status = 'approved') as minutes_approved
    from meetings.meeting m join meetings.series s on s.id = m.series_id join facilities.unit f on f.id = m.organiser_id
      left join facilities.current_path op on op.facility_id = m.organiser_id
      left join meetings.setting st on st.facility_id = m.organiser_id
    where m.id = any (${[...ids]}::uuid[])`.execute(tx),
  )
  return new Map(rows.map((row) => [row.id, row]))
}
