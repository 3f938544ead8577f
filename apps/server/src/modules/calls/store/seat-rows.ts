import type { Seat } from '@moinha/contracts/calls'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { SeatTable } from './tables.ts'

const toSeat = (row: Selectable<SeatTable>): Seat => ({
  socketId: row.socket_id,
  peer: row.peer,
  device: row.device,
  personId: row.person_id,
  name: row.name,
  role: row.role,
  transport: row.transport,
})

/** Who sits in the room now, over all processes; seats of a process that is gone are empty. */
export async function seatsIn(tx: Tx, visitId: string): Promise<Seat[]> {
  return (await seatsOfVisits(tx, [visitId])).get(visitId) ?? []
}

/** The same for many rooms in one query. */
export async function seatsOfVisits(tx: Tx, visitIds: readonly string[]): Promise<Map<string, Seat[]>> {
  const seats = new Map<string, Seat[]>()
  if (visitIds.length === 0) return seats
  const rows = await tx
    .selectFrom('calls.seat as s')
    .selectAll('s')
    .where('s.visit_id', 'in', visitIds)
    .where(sql<boolean>`exists (select from platform.process p where p.id = s.process_id)`)
    .orderBy('s.seated_at')
    .orderBy('s.socket_id')
    .execute()
  for (const row of rows) seats.set(row.visit_id, [...(seats.get(row.visit_id) ?? []), toSeat(row)])
  return seats
}

export async function insertSeat(
  tx: Tx,
  row: { visitId: string; processId: string; sessionId: string | null; seat: Seat; at: Date },
): Promise<void> {
  const { seat } = row
  await tx
    .insertInto('calls.seat')
    .values({
      visit_id: row.visitId,
      process_id: row.processId,
      session_id: row.sessionId,
      seated_at: row.at,
      socket_id: seat.socketId,
      peer: seat.peer,
      device: seat.device,
      person_id: seat.personId,
      name: seat.name,
      role: seat.role,
      transport: seat.transport,
    })
    .execute()
}

/** Does a page of this session sit in a room now? */
export async function isSeated(tx: Tx, sessionId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('calls.seat as s')
    .where('s.session_id', '=', sessionId)
    .where(sql<boolean>`exists (select from platform.process p where p.id = s.process_id)`)
    .select('s.visit_id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Gives seats back; answers how many there were. */
export async function removeSeats(tx: Tx, visitId: string, socketIds: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('calls.seat')
    .where('visit_id', '=', visitId)
    .where('socket_id', 'in', socketIds)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Empties a finished room. */
export async function removeAllSeats(tx: Tx, visitId: string): Promise<void> {
  await tx.deleteFrom('calls.seat').where('visit_id', '=', visitId).execute()
}

/** Empties the seats of these processes, and of those nobody knows any more. */
export async function takeSeatsOf(tx: Tx, processIds: readonly string[]): Promise<{ visitId: string; seat: Seat }[]> {
  const rows = await tx
    .deleteFrom('calls.seat')
    .where((where) =>
      where.or([
        where('process_id', 'in', [...processIds]),
        sql<boolean>`not exists (select from platform.process p where p.id = process_id)`,
      ]),
    )
    .returningAll()
    .execute()
  return rows.map((row) => ({ visitId: row.visit_id, seat: toSeat(row) }))
}
