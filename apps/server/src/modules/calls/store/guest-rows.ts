import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Tx } from '../../../platform/db/database.ts'
import type { GuestTable } from './tables.ts'

export type GuestRow = Selectable<GuestTable>

/** So many invitations of one visit are shown and counted. */
const guestsShown = 100

export function findGuest(tx: Tx, guestId: string): Promise<GuestRow | undefined> {
  return tx.selectFrom('calls.guest').selectAll().where('id', '=', guestId).executeTakeFirst()
}

/** The invitation behind a link, kept from others until the transaction ends. */
export function lockGuestOfLink(tx: Tx, linkHash: string): Promise<GuestRow | undefined> {
  return tx.selectFrom('calls.guest').selectAll().where('link_hash', '=', linkHash).forUpdate().executeTakeFirst()
}

/** Inserts the invitation unless it stands. */
export async function insertGuest(tx: Tx, row: Insertable<GuestTable>): Promise<void> {
  await tx
    .insertInto('calls.guest')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Invitations of a visit, newest first. */
export function guestsOf(tx: Tx, visitId: string): Promise<GuestRow[]> {
  return tx
    .selectFrom('calls.guest')
    .selectAll()
    .where('visit_id', '=', visitId)
    .orderBy('invited_at', 'desc')
    .orderBy('id')
    .limit(guestsShown)
    .execute()
}

/** Binds the invitation to the session of the browser that entered. */
export async function bindGuest(tx: Tx, guestId: string, sessionHash: string, now: Date): Promise<void> {
  await tx
    .updateTable('calls.guest')
    .set({ entered_at: now, session_hash: sessionHash })
    .where('id', '=', guestId)
    .where('entered_at', 'is', null)
    .execute()
}

/** Withdraws an invitation or ends its guest's session; false when it was over. */
export async function closeGuest(tx: Tx, guestId: string, by: string | null, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.guest')
    .set({ ended_at: now, ended_by: by })
    .where('id', '=', guestId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface LiveGuest {
  id: string
  visit_id: string
  session_hash: string
}

/** Guests who may come in now, by the session of their browser or by id; asked before anybody acts. */
export async function liveGuests(
  db: Db,
  { sessionHashes = [], ids = [] }: { sessionHashes?: readonly string[]; ids?: readonly string[] },
): Promise<LiveGuest[]> {
  if (sessionHashes.length === 0 && ids.length === 0) return []
  const { rows } = await sql<LiveGuest>`
    select id, visit_id, session_hash from calls.live_guests(${[...sessionHashes]}::text[], ${[...ids]}::uuid[])`.execute(
    db,
  )
  return rows
}
