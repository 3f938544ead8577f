import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'

export type MeetingNews =
  'meeting.planned' | 'meeting.changed' | 'meeting.cancelled' | 'meeting.started' | 'meeting.ended' | 'meeting.reminder'

interface Told {
  facilities: string[] | null
  people: string[] | null
}

/** Tells the open screens of all who are invited; ids only, each reads what it may. Runs as the system. */
export async function notifyInvited(system: Work, meetingIds: readonly string[], news: MeetingNews): Promise<void> {
  const [first] = meetingIds
  if (first === undefined) return
  const { rows } = await sql<Told>`select
    (select array_agg(distinct facility_id::text) from meetings.invitation
      where meeting_id = any (${[...meetingIds]}::uuid[]) and removed_at is null) as facilities,
    (select array_agg(distinct person_id::text) from meetings.named_person
      where meeting_id = any (${[...meetingIds]}::uuid[])) as people`.execute(system.tx)
  const topics = [
    ...(rows[0]?.facilities ?? []).map((id) => `facility:${id}`),
    ...(rows[0]?.people ?? []).map((id) => `person:${id}`),
  ]
  for (const topic of topics) await system.live(topic, news, { meetingId: first })
}
