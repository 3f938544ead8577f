import { sql, type Selectable } from 'kysely'
import { changedSince, type Mark } from '../../../platform/changes/mark.ts'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { InstantPlace } from '../../../platform/paging/instant-cursor.ts'
import type { MessageTable } from './tables.ts'

export type MessageRow = Selectable<MessageTable>

/** A message with the member who wrote it, who may have been removed since. */
export interface MessageView extends MessageRow {
  name: string
  guest_name: string | null
  role: string
  guest: boolean
}

const selectMessages = (tx: Tx) =>
  tx
    .selectFrom('calls.message as w')
    .innerJoin('calls.member as m', (join) =>
      join.onRef('m.visit_id', '=', 'w.visit_id').onRef('m.person_id', '=', 'w.author_id'),
    )
    .selectAll('w')
    .select(['m.name', 'm.guest_name', 'm.role', 'm.guest'])

const newest = compileOnce((tx, { visitId, limit }: { visitId: string; limit: number }) =>
  selectMessages(tx)
    .where('w.visit_id', '=', visitId)
    .orderBy('w.at', 'desc')
    .orderBy('w.id', 'desc')
    .limit(sql<number>`${limit}`),
)

const older = compileOnce((tx, { visitId, limit, at, id }: InstantPlace & { visitId: string; limit: number }) =>
  selectMessages(tx)
    .where('w.visit_id', '=', visitId)
    .where(sql<boolean>`(w.at, w.id) < (${at}::timestamptz, ${id}::uuid)`)
    .orderBy('w.at', 'desc')
    .orderBy('w.id', 'desc')
    .limit(sql<number>`${limit}`),
)

/** The newest messages of a visit, or those before a place. */
export function pageOfMessages(
  tx: Tx,
  visitId: string,
  { before, limit }: { before: InstantPlace | undefined; limit: number },
): Promise<MessageView[]> {
  return before ? older(tx, { visitId, limit, ...before }) : newest(tx, { visitId, limit })
}

/** What was written or settled after a mark, newest first. */
export function changedMessages(tx: Tx, visitId: string, since: { mark: Mark; limit: number }): Promise<MessageView[]> {
  return selectMessages(tx)
    .where('w.visit_id', '=', visitId)
    .where(changedSince(sql`w.changed_xid`, since.mark))
    .orderBy('w.at', 'desc')
    .orderBy('w.id', 'desc')
    .limit(since.limit)
    .execute()
}

export function findMessage(tx: Tx, id: string): Promise<MessageView | undefined> {
  return selectMessages(tx).where('w.id', '=', id).executeTakeFirst()
}

/** Writes a message unless its id stands already. */
export async function insertMessage(tx: Tx, row: Omit<MessageRow, 'changed_xid'>): Promise<boolean> {
  const result = await tx
    .insertInto('calls.message')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Settles a wish to be called; false when it was settled before. */
export async function settle(tx: Tx, id: string, by: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('calls.message')
    .set({ done_at: now, done_by: by })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Who waits to be called by telephone, by visit; those who ask are left out. */
export async function waitingCallBacks(
  tx: Tx,
  visitIds: readonly string[],
  askedBy: readonly string[],
): Promise<Map<string, string[]>> {
  if (visitIds.length === 0) return new Map()
  const rows = await selectMessages(tx)
    .where(sql<boolean>`w.visit_id = any (${visitIds}::uuid[])`)
    .where(sql<boolean>`w.author_id <> all (${askedBy}::uuid[])`)
    .where('w.kind', '=', 'call_back')
    .where('w.done_at', 'is', null)
    .orderBy('w.at')
    .execute()
  const waiting = new Map<string, string[]>()
  for (const row of rows) {
    const names = waiting.get(row.visit_id) ?? []
    const name = row.guest_name ?? row.name
    if (!names.includes(name)) waiting.set(row.visit_id, [...names, name])
  }
  return waiting
}
