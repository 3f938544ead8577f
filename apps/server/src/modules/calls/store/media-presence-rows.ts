import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface Presence {
  sid: string
  visitId: string
  roomNo: number
  personId: string
}

/** Answers whether this news is heard for the first time. */
export async function noteEvent(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('calls.media_event')
    .values({ id, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Ids that nobody can send again. */
export async function forgetEvents(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('calls.media_event').where('at', '<', before).execute()
}

/** Somebody came into the media server's room, or went; whichever is heard of first. */
export async function recordPresence(
  tx: Tx,
  { sid, visitId, roomNo, personId }: Presence,
  moment: { joined_at: Date } | { left_at: Date },
): Promise<void> {
  await tx
    .insertInto('calls.media_presence')
    .values({ sid, visit_id: visitId, room_no: roomNo, person_id: personId, joined_at: null, left_at: null, ...moment })
    .onConflict((conflict) => conflict.column('sid').doUpdateSet(moment))
    .execute()
}

/** Who is in the visit's present room of the media server. */
export async function insideMediaServer(tx: Tx, visitId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('calls.media_presence as m')
    .innerJoin('calls.visit as v', (join) =>
      join.onRef('v.id', '=', 'm.visit_id').onRef('v.media_room_no', '=', 'm.room_no'),
    )
    .where('m.visit_id', '=', visitId)
    .where('m.joined_at', 'is not', null)
    .where('m.left_at', 'is', null)
    .select('m.person_id')
    .distinct()
    .execute()
  return rows.map((row) => row.person_id)
}

/** The rooms of these visits are gone, all or those up to this number, and nobody is in them. */
export async function endPresence(tx: Tx, visitIds: readonly string[], at: Date, upToNo?: number): Promise<void> {
  let query = tx
    .updateTable('calls.media_presence')
    .set({ left_at: at })
    .where(sql<boolean>`visit_id = any (${[...visitIds]}::uuid[])`)
    .where('left_at', 'is', null)
  if (upToNo !== undefined) query = query.where('room_no', '<=', upToNo)
  await query.execute()
}

/** A room at a media server in which somebody stands of whom no page of ours is in the visit. */
export interface DoubtfulRoom {
  visitId: string
  roomNo: number
  node: string
  /** Their arrivals. */
  sids: string[]
}

/** Whoever has a page in the visit is there, whatever was heard; of the others, who came before this moment. */
export async function doubtfulRooms(tx: Tx, before: Date): Promise<DoubtfulRoom[]> {
  const rows = await tx
    .selectFrom('calls.media_presence as m')
    .innerJoin('calls.visit as v', 'v.id', 'm.visit_id')
    .where('m.left_at', 'is', null)
    .where('m.joined_at', '<', before)
    .where('v.media_node', 'is not', null)
    .where(
      sql<boolean>`not exists (
        select from calls.participant p where p.visit_id = m.visit_id and p.person_id = m.person_id
      )`,
    )
    .groupBy(['m.visit_id', 'm.room_no', 'v.media_node'])
    .select(['m.visit_id', 'm.room_no', 'v.media_node', sql<string[]>`array_agg(m.sid)`.as('sids')])
    .execute()
  return rows.map((row) => ({ visitId: row.visit_id, roomNo: row.room_no, node: row.media_node ?? '', sids: row.sids }))
}

/** These arrivals have ended, unless they had; answers whose they were. */
export async function endPresenceOf(tx: Tx, sids: readonly string[], at: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('calls.media_presence')
    .set({ left_at: at })
    .where(sql<boolean>`sid = any (${[...sids]}::text[])`)
    .where('left_at', 'is', null)
    .returning('person_id')
    .execute()
  return [...new Set(rows.map((row) => row.person_id))]
}
