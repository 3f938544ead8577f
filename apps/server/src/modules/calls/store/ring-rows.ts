import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { RingTable } from './tables.ts'

export type RingRow = Selectable<RingTable>
type Ending = 'answered_at' | 'declined_at' | 'cancelled_at'

export function findRing(tx: Tx, ringId: string): Promise<RingRow | undefined> {
  return tx.selectFrom('calls.ring').selectAll().where('id', '=', ringId).executeTakeFirst()
}

export async function insertRing(tx: Tx, ring: RingRow): Promise<void> {
  await tx.insertInto('calls.ring').values(ring).execute()
}

/** Ends a waiting ring; false when it was over already. */
export async function endRing(tx: Tx, ringId: string, ending: Ending, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('calls.ring')
    .set({ [ending]: now })
    .where('id', '=', ringId)
    .where('answered_at', 'is', null)
    .where('declined_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Ends all that ring for a visit, or for one person of it; answers them. */
export function cancelWaiting(tx: Tx, visitId: string, personId: string | null, now: Date): Promise<RingRow[]> {
  let query = tx
    .updateTable('calls.ring')
    .set({ cancelled_at: now })
    .where('visit_id', '=', visitId)
    .where('answered_at', 'is', null)
    .where('declined_at', 'is', null)
    .where('cancelled_at', 'is', null)
  if (personId !== null) query = query.where('person_id', '=', personId)
  return query.returningAll().execute()
}

/** What rings for these people now. */
export function waitingFor(tx: Tx, people: readonly string[], now: Date) {
  return tx
    .selectFrom('calls.ring as r')
    .innerJoin('calls.visit as v', 'v.id', 'r.visit_id')
    .leftJoin('calls.member as f', (join) =>
      join.onRef('f.visit_id', '=', 'r.visit_id').onRef('f.person_id', '=', 'r.from_person_id'),
    )
    .select(['r.id', 'r.visit_id', 'v.kind', 'f.name', 'f.role', 'r.rung_at', 'r.until'])
    .where(sql<boolean>`r.person_id = any (${people}::uuid[])`)
    .where('r.until', '>', now)
    .where('v.finished_at', 'is', null)
    .where('r.answered_at', 'is', null)
    .where('r.declined_at', 'is', null)
    .where('r.cancelled_at', 'is', null)
    .orderBy('r.rung_at', 'desc')
    .execute()
}
