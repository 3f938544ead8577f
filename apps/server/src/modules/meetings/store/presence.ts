import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { participationsOf } from '../../calls/index.ts'
import { presenceOf, spansSince, type Presence, type Span } from '../domain/attendance.ts'
import { closesAt, opensAt } from '../domain/timing.ts'
import type { MeetingRow } from './meeting-rows.ts'

export interface PersonPresence {
  personId: string
  name: string
  facilityId: string | null
  presence: Presence
}

export interface MeetingPresence {
  people: PersonPresence[]
  /** Of all the unit's people together. */
  ofUnit(facilityId: string): Presence
  /** Nobody is in, and nobody was after this; null when nobody ever was or somebody is. */
  emptySince: Date | null
  anybodyIn: boolean
}

/**
 * Presence in a meeting's room, out of the rows of the visit: a process that died loses none. A host's time there
 * before the room opens to all does not count. Asked as the system.
 */
export async function readPresence(
  system: Work,
  meeting: MeetingRow,
  { opensMinutesBefore }: { opensMinutesBefore: number },
): Promise<MeetingPresence> {
  const spans = await spansByPerson(system, meeting)
  const { rows } = await sql<{ person_id: string; facility_id: string | null; name: string }>`
    select a.person_id, a.facility_id, coalesce(p.full_name, '') as name from meetings.attendee a
      left join identity.person_card p on p.id = a.person_id
    where a.meeting_id = ${meeting.id} order by p.full_name, a.person_id`.execute(system.tx)
  const until = meeting.ended_at ?? system.now
  const opened = opensAt(meeting, opensMinutesBefore)
  const closes = closesAt(meeting)
  const end = until < closes ? until : closes
  const within = (of: readonly Span[]) =>
    of.flatMap(({ from, to }) => (from >= closes ? [] : [{ from, to: to !== null && to > closes ? closes : to }]))
  const counted = (of: readonly Span[]): Presence => ({
    ...presenceOf(spansSince(opened, within(of), end), end),
    presentNow: of.some(({ to }) => to === null),
  })
  const all = presenceOf([...spans.values()].flat(), until)
  const spansOfUnit = (facilityId: string) =>
    rows.filter((row) => row.facility_id === facilityId).flatMap((row) => spans.get(row.person_id) ?? [])
  return {
    people: rows.map((row) => ({
      personId: row.person_id,
      name: row.name,
      facilityId: row.facility_id,
      presence: counted(spans.get(row.person_id) ?? []),
    })),
    ofUnit: (facilityId) => counted(spansOfUnit(facilityId)),
    emptySince: all.leftAt,
    anybodyIn: all.presentNow,
  }
}

async function spansByPerson(system: Work, meeting: MeetingRow): Promise<Map<string, Span[]>> {
  const spans = new Map<string, Span[]>()
  if (meeting.visit_id === null) return spans
  for (const { personId, joinedAt, leftAt } of await participationsOf(system, meeting.visit_id))
    spans.set(personId, [...(spans.get(personId) ?? []), { from: joinedAt, to: leftAt }])
  return spans
}
