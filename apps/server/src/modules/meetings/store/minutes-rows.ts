import type { MinutesAttendance, MinutesContent } from '@moinha/contracts/meetings'
import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { MinutesTable } from './tables.ts'

export type MinutesRow = Selectable<MinutesTable>

/** Versions of a meeting's minutes, newest first. Asked as the system. */
export function minutesOf(tx: Tx, meetingId: string): Promise<MinutesRow[]> {
  return tx
    .selectFrom('meetings.minutes')
    .selectAll()
    .where('meeting_id', '=', meetingId)
    .orderBy('version', 'desc')
    .execute()
}

interface NewDraft {
  meetingId: string
  version: number
  content: MinutesContent
  reason: string | null
  by: string | null
  at: Date
}

/** Begins a version; false where it was begun already. */
export async function beginDraft(tx: Tx, draft: NewDraft): Promise<boolean> {
  const made = await tx
    .insertInto('meetings.minutes')
    .values({
      meeting_id: draft.meetingId,
      version: draft.version,
      status: 'draft',
      revision: 1,
      content: JSON.stringify(draft.content),
      reason: draft.reason,
      written_by: draft.by,
      written_at: draft.at,
      approved_by: null,
      approved_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Writes over the revision that was read; false when another was quicker. */
export async function writeDraft(
  tx: Tx,
  row: MinutesRow,
  { content, by, at }: { content: MinutesContent; by: string | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('meetings.minutes')
    .set({ content: JSON.stringify(content), revision: row.revision + 1, written_by: by, written_at: at })
    .where('meeting_id', '=', row.meeting_id)
    .where('version', '=', row.version)
    .where('status', '=', 'draft')
    .where('revision', '=', row.revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Locks a draft as it was read, with who attended; false when it was changed or approved meanwhile. */
export async function approveDraft(
  tx: Tx,
  row: MinutesRow,
  { by, at, attendance }: { by: string | null; at: Date; attendance: MinutesAttendance },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('meetings.minutes')
    .set({ status: 'approved', approved_by: by, approved_at: at, attendance: JSON.stringify(attendance) })
    .where('meeting_id', '=', row.meeting_id)
    .where('version', '=', row.version)
    .where('status', '=', 'draft')
    .where('revision', '=', row.revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Was any version approved? Asked as the system. */
export async function isApproved(tx: Tx, meetingId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('meetings.minutes')
    .select('version')
    .where('meeting_id', '=', meetingId)
    .where('status', '=', 'approved')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
