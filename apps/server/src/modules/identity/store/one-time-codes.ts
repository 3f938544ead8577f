import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'
import { newCode, sealCode } from '../domain/short-code.ts'

/** Where codes lie and what seals them; `key` says for whom and what for, as a throttle's key does. */
export interface CodeStore {
  db: Db
  secret: string
}

/** A fresh code of six digits; the one before it under the same key is dead. */
export async function issueCode({ db, secret }: CodeStore, key: string, expiresAt: Date): Promise<string> {
  const code = newCode()
  await sql`insert into identity.one_time_code (key, code_hash, expires_at)
    values (${key}, ${sealCode(secret, key, code)}, ${expiresAt})
    on conflict (key) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at`.execute(db)
  return code
}

/** Takes a code; it works once, also for two who come together. */
export async function takeCode({ db, secret }: CodeStore, key: string, code: string, now: Date): Promise<boolean> {
  const { rows } = await sql`delete from identity.one_time_code
    where key = ${key} and code_hash = ${sealCode(secret, key, code)} and expires_at > ${now} returning key`.execute(db)
  return rows.length === 1
}

/** Is there a code that could still be typed? */
export async function hasLiveCode({ db }: CodeStore, keys: readonly string[], now: Date): Promise<boolean> {
  const { rows } =
    await sql`select from identity.one_time_code where key = any (${keys}::text[]) and expires_at > ${now}
      limit 1`.execute(db)
  return rows.length > 0
}
