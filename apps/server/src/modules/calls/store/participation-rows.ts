import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface EntryRow {
  visitId: string
  personId: string
  peer: string
  device: string
  transport: 'mesh' | 'livekit'
  at: Date
}

/**
 * Writes down an entry; a page that is in goes on with its row, one that comes back begins another. Answers whether
 * this person was never in before.
 */
export async function recordEntry(tx: Tx, entry: EntryRow): Promise<{ first: boolean }> {
  const before = await tx
    .selectFrom('calls.participation')
    .select('id')
    .where('visit_id', '=', entry.visitId)
    .where('person_id', '=', entry.personId)
    .limit(1)
    .executeTakeFirst()
  await tx
    .insertInto('calls.participation')
    .values({
      visit_id: entry.visitId,
      person_id: entry.personId,
      peer: entry.peer,
      device: entry.device,
      transport: entry.transport,
      joined_at: entry.at,
      left_at: null,
      left_reason: null,
    })
    .onConflict((conflict) => conflict.columns(['visit_id', 'peer']).where('left_at', 'is', null).doNothing())
    .execute()
  return { first: before === undefined }
}

/** Writes down that a page is gone. */
export async function recordExit(
  tx: Tx,
  exit: { visitId: string; peer: string; reason: 'left' | 'dropped'; at: Date },
): Promise<void> {
  await tx
    .updateTable('calls.participation')
    .set({ left_at: exit.at, left_reason: exit.reason })
    .where('visit_id', '=', exit.visitId)
    .where('peer', '=', exit.peer)
    .where('left_at', 'is', null)
    .execute()
}

/** Ends all history rows of a finished visit. */
export async function recordFinish(tx: Tx, visitId: string, at: Date): Promise<void> {
  await tx
    .updateTable('calls.participation')
    .set({ left_at: at, left_reason: 'finished' })
    .where('visit_id', '=', visitId)
    .where('left_at', 'is', null)
    .execute()
}

/** People who were ever in the room, with their first entry. */
export async function firstEntries(tx: Tx, visitId: string): Promise<Map<string, Date>> {
  const rows = await tx
    .selectFrom('calls.participation')
    .select(['person_id', (fn) => fn.fn.min('joined_at').as('at')])
    .where('visit_id', '=', visitId)
    .groupBy('person_id')
    .execute()
  return new Map(rows.map(({ person_id, at }) => [person_id, at]))
}

/** When any of these people last entered each of these visits. */
export async function lastEntries(
  tx: Tx,
  visitIds: readonly string[],
  people: readonly string[],
): Promise<Map<string, Date>> {
  if (visitIds.length === 0 || people.length === 0) return new Map()
  const rows = await tx
    .selectFrom('calls.participation')
    .select(['visit_id', (fn) => fn.fn.max('joined_at').as('at')])
    .where(sql<boolean>`visit_id = any (${visitIds}::uuid[])`)
    .where(sql<boolean>`person_id = any (${people}::uuid[])`)
    .groupBy('visit_id')
    .execute()
  return new Map(rows.map(({ visit_id, at }) => [visit_id, at]))
}

/** One page at a time enters a room, over all processes, until the transaction ends. */
export async function lockRoom(tx: Tx, visitId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calls.room ${visitId}`}, 0))`.execute(tx)
}

/** The history of a room, stay by stay, earliest first. */
export function participationsIn(
  tx: Tx,
  visitId: string,
): Promise<{ personId: string; joinedAt: Date; leftAt: Date | null }[]> {
  const atServer = tx
    .selectFrom('calls.media_presence')
    .select(['person_id as personId', 'joined_at as joinedAt', 'left_at as leftAt'])
    .where('visit_id', '=', visitId)
    .where('joined_at', 'is not', null)
    .$narrowType<{ joinedAt: Date }>()
  return tx
    .selectFrom('calls.participation')
    .select(['person_id as personId', 'joined_at as joinedAt', 'left_at as leftAt'])
    .where('visit_id', '=', visitId)
    .unionAll(atServer)
    .orderBy('joinedAt')
    .execute()
}
