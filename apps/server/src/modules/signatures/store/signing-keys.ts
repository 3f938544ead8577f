import type { Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { SigningKeyTable } from './tables.ts'

export type SigningKeyRow = Selectable<SigningKeyTable>

/** The key a person signs with, if they have one. */
export function activeKey(tx: Tx, personId: string): Promise<SigningKeyRow | undefined> {
  return tx
    .selectFrom('signatures.signing_key')
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .selectAll()
    .executeTakeFirst()
}

export function findKey(tx: Tx, id: string): Promise<SigningKeyRow | undefined> {
  return tx.selectFrom('signatures.signing_key').where('id', '=', id).selectAll().executeTakeFirst()
}

/** Takes the place of the one before; sent again it is the same. */
export async function insertKey(tx: Tx, row: Omit<SigningKeyRow, 'removed_at'>): Promise<void> {
  const former = await activeKey(tx, row.person_id)
  if (former?.id === row.id) return
  if (former) await removeKey(tx, former.id, row.added_at)
  await tx
    .insertInto('signatures.signing_key')
    .values({ ...row, removed_at: null })
    .execute()
}

/** The certificate stays, since signatures name it; what could sign is gone. */
export async function removeKey(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.deleteFrom('signatures.unlocking').where('signing_key_id', '=', id).execute()
  await tx
    .updateTable('signatures.signing_key')
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .set({ sealed: null, removed_at: now })
    .execute()
}

export interface Unlocking {
  token_hash: Uint8Array
  person_id: string
  signing_key_id: string
  sealed: Uint8Array
  until: Date
}

export async function insertUnlocking(tx: Tx, unlocking: Unlocking): Promise<void> {
  await tx.insertInto('signatures.unlocking').values(unlocking).execute()
}

/** The unlocking of this word, while it holds. */
export function findUnlocking(tx: Tx, tokenHash: Uint8Array, now: Date): Promise<Unlocking | undefined> {
  return tx
    .selectFrom('signatures.unlocking')
    .where('token_hash', '=', tokenHash)
    .where('until', '>', now)
    .selectAll()
    .executeTakeFirst()
}

export async function endUnlockings(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('signatures.unlocking').where('person_id', '=', personId).execute()
}

export async function sweepUnlockings(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('signatures.unlocking').where('until', '<=', now).execute()
}
