import type { MediaRole } from '@moinha/contracts/calls'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { MemberTable, VisitTable } from './tables.ts'

export type VisitRow = Selectable<VisitTable>
export type MemberRow = Selectable<MemberTable>

/** The visit, if the actor of this transaction may know of it. */
export function findVisit(tx: Tx, visitId: string): Promise<VisitRow | undefined> {
  return tx.selectFrom('calls.visit').selectAll().where('id', '=', visitId).executeTakeFirst()
}

/** People of a visit who were not removed, in the order they were added. */
export function membersOf(tx: Tx, visitIds: readonly string[]): Promise<MemberRow[]> {
  if (visitIds.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('calls.member')
    .selectAll()
    .where(sql<boolean>`visit_id = any (${visitIds}::uuid[])`)
    .where('removed_at', 'is', null)
    .orderBy('added_at')
    .orderBy('person_id')
    .execute()
}

/** Was this person taken out of the visit, and not let in again? */
export async function isRemoved(tx: Tx, visitId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('calls.member')
    .select('removed_at')
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined && row.removed_at !== null
}

/** Open visits of these people, newest first. */
export function openVisitsOf(tx: Tx, people: readonly string[]): Promise<VisitRow[]> {
  if (people.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('calls.visit as v')
    .selectAll('v')
    .where('v.finished_at', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('calls.member as m')
          .select(sql`1`.as('one'))
          .whereRef('m.visit_id', '=', 'v.id')
          .where(sql<boolean>`m.person_id = any (${people}::uuid[])`)
          .where('m.removed_at', 'is', null),
      ),
    )
    .orderBy('v.opened_at', 'desc')
    .limit(20)
    .execute()
}

/** Inserts the visit unless it exists; answers the row that stands. */
export async function insertVisit(
  tx: Tx,
  row: Pick<VisitRow, 'id' | 'kind' | 'opened_at' | 'opened_by' | 'lobby' | 'participant_limit' | 'floor_closed'>,
): Promise<VisitRow | undefined> {
  await tx
    .insertInto('calls.visit')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return findVisit(tx, row.id)
}

/** The visit's room is carried by this media server from now on, unless another process chose one meanwhile. */
export async function settleNode(
  tx: Tx,
  visit: Pick<VisitRow, 'id' | 'media_node' | 'media_room_no'>,
  url: string,
): Promise<{ settled: boolean }> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.visit')
    // what the room was called at a server that is gone may still point to that server
    .set({ media_node: url, media_room_no: visit.media_room_no + (visit.media_node === null ? 0 : 1) })
    .where('id', '=', visit.id)
    .where('media_room_no', '=', visit.media_room_no)
    .where(sql<boolean>`media_node is not distinct from ${visit.media_node}`)
    .executeTakeFirst()
  return { settled: numUpdatedRows > 0n }
}

/** Open visits whose room was carried by this media server lose it; answers them, with the number of
 * the room that is no more, to the one process that did it. */
export async function leaveNode(tx: Tx, url: string): Promise<{ visitId: string; roomNo: number }[]> {
  const rows = await tx
    .updateTable('calls.visit')
    .set({ media_node: null, media_room_no: sql<number>`media_room_no + 1` })
    .where('media_node', '=', url)
    .where('finished_at', 'is', null)
    .returning(['id', 'media_room_no'])
    .execute()
  return rows.map((row) => ({ visitId: row.id, roomNo: row.media_room_no - 1 }))
}

/** The media servers that carry rooms of open visits. */
export async function nodesInUse(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('calls.visit')
    .where('media_node', 'is not', null)
    .where('finished_at', 'is', null)
    .select('media_node')
    .distinct()
    .execute()
  return rows.flatMap(({ media_node }) => media_node ?? [])
}

type NewMemberRow = Omit<MemberRow, 'removed_at' | 'hand_raised_at' | 'waits_since' | 'knocked_at' | 'admitted_at'>

/** Adds a member, or takes back one removed before. */
export async function upsertMember(tx: Tx, row: NewMemberRow): Promise<void> {
  await tx
    .insertInto('calls.member')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['visit_id', 'person_id'])
        .doUpdateSet({
          removed_at: null,
          role: row.role,
          may_finish: row.may_finish,
          media_role: row.media_role,
          hand_raised_at: null,
          admitted_at: null,
        }),
    )
    .execute()
}

/** Gives a member another part in the room; false when they are no member or had it already. */
export async function updateMediaRole(tx: Tx, visitId: string, personId: string, role: MediaRole): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.member')
    .set({ media_role: role })
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .where('media_role', '<>', role)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Marks a member as removed; false when there was none. */
export async function removeMemberRow(tx: Tx, visitId: string, personId: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('calls.member')
    .set({ removed_at: now })
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Closes an open visit; false when it was closed before. */
export async function closeVisit(tx: Tx, visitId: string, by: string | null, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('calls.visit')
    .set({ finished_at: now, finished_by: by })
    .where('id', '=', visitId)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/**
 * Names by person, as identity knows them. Read as the system: a room shows names to people who may not read each
 * other's rows.
 */
export async function namesOf(tx: Tx, people: readonly string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    full_name: string
  }>`select id, full_name from identity.person_card where id = any (${[...people]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, full_name }) => [id, full_name]))
}
