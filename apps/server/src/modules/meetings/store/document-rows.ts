import type { MeetingView } from '@moinha/contracts/meetings'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

interface DocumentRow {
  id: string
  agenda_item_id: string | null
  name: string
  media_type: string
  size: number
  added_by: string
  added_at: Date
}

/** Papers of a meeting, in the order they came. Asked as the system: names of colleagues stand beside them. */
export async function documentsOf(tx: Tx, meetingId: string): Promise<MeetingView['documents']> {
  const { rows } = await sql<DocumentRow>`select d.id, d.agenda_item_id, d.name, d.media_type, d.size, d.added_at,
      coalesce(p.full_name, '') as added_by
    from meetings.document d left join identity.person_card p on p.id = d.added_by
    where d.meeting_id = ${meetingId} and d.removed_at is null order by d.added_at, d.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    agendaItemId: row.agenda_item_id,
    name: row.name,
    mediaType: row.media_type,
    size: Number(row.size),
    addedBy: row.added_by,
    addedAt: row.added_at.toISOString(),
  }))
}

/** Does the meeting have this paper? */
export async function hasDocument(tx: Tx, meetingId: string, documentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('meetings.document')
    .select('id')
    .where('id', '=', documentId)
    .where('meeting_id', '=', meetingId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
