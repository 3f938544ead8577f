import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { AssistTable } from './tables.ts'

export type AssistRow = Selectable<AssistTable>

/** So many requests are shown at once. */
const assistsShown = 100

/** Inserts the request unless one of this person is open in the visit, or the id is taken. */
export async function insertAssist(tx: Tx, row: AssistRow): Promise<void> {
  await tx
    .insertInto('calls.assist')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function findAssist(tx: Tx, assistId: string): Promise<AssistRow | undefined> {
  return tx.selectFrom('calls.assist').selectAll().where('id', '=', assistId).executeTakeFirst()
}

/** The person's own open request in a visit. */
export function openAssistOf(tx: Tx, visitId: string, askedBy: string): Promise<AssistRow | undefined> {
  return tx
    .selectFrom('calls.assist')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('asked_by', '=', askedBy)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}

/** Open requests to helpers of units at or beneath these places, with the asker's part in the visit. */
export function openAssistsUnder(tx: Tx, paths: readonly string[]): Promise<(AssistRow & { role: string })[]> {
  return tx
    .selectFrom('calls.assist as a')
    .innerJoin('calls.member as m', (join) =>
      join.onRef('m.visit_id', '=', 'a.visit_id').onRef('m.person_id', '=', 'a.person_id'),
    )
    .where('a.ended_at', 'is', null)
    .where(
      sql<boolean>`exists (select from facilities.current_path p
        where p.facility_id = any (a.unit_ids) and p.path <@ any (${[...paths]}::text[]::ltree[]))`,
    )
    .selectAll('a')
    .select('m.role')
    .orderBy('a.asked_at')
    .orderBy('a.id')
    .limit(assistsShown)
    .execute()
}

/** Takes an open request that nobody has; false when somebody was first. */
export async function takeRow(tx: Tx, assistId: string, by: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.assist')
    .set({ taken_by: by, taken_at: now })
    .where('id', '=', assistId)
    .where('taken_by', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The asker agrees to whoever took it. */
export async function agreeRow(tx: Tx, assistId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.assist')
    .set({ agreed_at: now })
    .where('id', '=', assistId)
    .where('taken_by', 'is not', null)
    .where('agreed_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends requests: one, or all of a visit, or those of one member of it. Answers those that were open. */
export function endAssistRows(
  tx: Tx,
  which: { id: string } | { visit_id: string; person_id?: string },
  by: string | null,
  now: Date,
): Promise<AssistRow[]> {
  let query = tx.updateTable('calls.assist').set({ ended_at: now, ended_by: by }).where('ended_at', 'is', null)
  for (const [column, value] of Object.entries(which) as ['id' | 'visit_id' | 'person_id', string][])
    query = query.where(column, '=', value)
  return query.returningAll().execute()
}
