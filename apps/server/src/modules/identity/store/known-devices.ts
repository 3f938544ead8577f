import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'

/** Has this browser signed in to this account before? */
export async function isKnownDevice(db: Db, accountId: string, deviceHash: string): Promise<boolean> {
  const { rows } = await sql`select from identity.known_device where account_id = ${accountId}
      and device_hash = ${deviceHash}`.execute(db)
  return rows.length > 0
}

export async function rememberDevice(db: Db, accountId: string, deviceHash: string): Promise<void> {
  await sql`insert into identity.known_device (account_id, device_hash) values (${accountId}, ${deviceHash})
    on conflict (account_id, device_hash) do update set last_seen_at = now()`.execute(db)
}
