import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'
import type { FirstCodeTable } from './tables.ts'

export interface NewFirstCode {
  personId: string
  codeHash: string
  purpose: FirstCodeTable['purpose']
  expiresAt: Date
}

/** Puts a code down; the one before it for the same account is dead. Only the owner of the tables may. */
export async function putFirstCode(db: Db, { personId, codeHash, purpose, expiresAt }: NewFirstCode): Promise<void> {
  const fresh = {
    code_hash: codeHash,
    purpose,
    made_at: sql<Date>`now()`,
    made_by: null,
    expires_at: expiresAt,
    used_at: null,
  }
  await db
    .insertInto('identity.first_code')
    .values({ person_id: personId, ...fresh })
    .onConflict((on) => on.column('person_id').doUpdateSet(fresh))
    .execute()
}

/** A code is worth no more than the access it was made for: whatever gave another since, or a password, ends it. */
const latestAccess = sql<boolean>`u.must_change_password and c.made_at >= coalesce(u.credential_at, '-infinity')`

/** The account behind a code that may still be used. */
export async function accountOfFirstCode(db: Db, codeHash: string, now: Date) {
  return db
    .selectFrom('identity.first_code as c')
    .innerJoin('identity.account_user as u', 'u.id', 'c.person_id')
    .innerJoin('identity.person as p', 'p.id', 'c.person_id')
    .where('c.code_hash', '=', codeHash)
    .where('c.used_at', 'is', null)
    .where('c.expires_at', '>', now)
    .where(latestAccess)
    .select([
      'c.person_id',
      'c.purpose',
      'c.expires_at',
      'p.full_name',
      'u.username',
      'u.disabled_at',
      'u.totp_enabled',
      'u.kind',
    ])
    .executeTakeFirst()
}

/** Takes a code; it works once, also for two who come together, and not while the account gets another access. */
export async function takeFirstCode(db: Db, codeHash: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.first_code as c')
    .set({ used_at: now })
    .where('c.code_hash', '=', codeHash)
    .where('c.used_at', 'is', null)
    .where('c.expires_at', '>', now)
    .where(
      sql<boolean>`exists (select from identity.account_user u
      where u.id = c.person_id and u.disabled_at is null and ${latestAccess} for update)`,
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
