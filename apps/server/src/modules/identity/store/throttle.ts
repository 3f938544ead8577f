import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'
import type { ThrottleRule } from '../domain/throttle-rules.ts'

export interface TryState {
  /** How many tries the window has seen, this one included. */
  count: number
  /** Seconds to wait; 0 where none. */
  waitSeconds: number
}

/** The key of a throttle: what is tried, and by or for whom, hashed so that no phone number lies about. */
export function throttleKey(what: string, who: string): string {
  return createHash('sha256').update(`${what}|${who}`).digest('base64url')
}

/**
 * Counts one try before it is judged, so that a hundred at once do not slip through together.
 * Runs outside the request's transaction: a refused request must not undo its own count.
 */
export async function countTry(db: Db, key: string, rule: ThrottleRule, now: Date): Promise<TryState> {
  const { rows } = await sql<{ count: number; blocked_until: Date | null }>`
    insert into identity.throttle as t (key, window_started_at, count) values (${key}, ${now}, 1)
    on conflict (key) do update set
      count = case when t.blocked_until > ${now} then t.count
        when t.blocked_until is not null or t.window_started_at < ${secondsBefore(now, rule.windowSeconds)} then 1
        else t.count + 1 end,
      window_started_at = case when t.blocked_until <= ${now}
      or (t.blocked_until is null and t.window_started_at < ${secondsBefore(now, rule.windowSeconds)})
        then ${now} else t.window_started_at end,
      blocked_until = case when t.blocked_until > ${now} then t.blocked_until
        when t.blocked_until is null and t.window_started_at >= ${secondsBefore(now, rule.windowSeconds)}
        and t.count + 1 > ${rule.limit}
        then ${secondsBefore(now, -rule.blockSeconds)} end
    returning count, blocked_until`.execute(db)
  const row = rows[0]
  return { count: row?.count ?? 1, waitSeconds: waitOf(row?.blocked_until ?? null, now) }
}

/** Blocks at once, e.g. after the last allowed wrong try. Answers the seconds to wait. */
export async function blockNow(db: Db, key: string, rule: ThrottleRule, now: Date): Promise<number> {
  await db
    .updateTable('identity.throttle')
    .set({ blocked_until: secondsBefore(now, -rule.blockSeconds) })
    .where('key', '=', key)
    .execute()
  return rule.blockSeconds
}

/** Is it blocked, and for how long? Counts nothing. */
export async function waitFor(db: Db, key: string, now: Date): Promise<number> {
  const row = await db.selectFrom('identity.throttle').select('blocked_until').where('key', '=', key).executeTakeFirst()
  return waitOf(row?.blocked_until ?? null, now)
}

/** Takes one try back where it is not blocked: it was a right one. */
export async function uncountTry(db: Db, key: string): Promise<void> {
  await sql`update identity.throttle set count = greatest(count - 1, 0) where key = ${key}
    and blocked_until is null`.execute(db)
}

/** Forgets the tries, after a right one. */
export async function forgetTries(db: Db, key: string): Promise<void> {
  await db.deleteFrom('identity.throttle').where('key', '=', key).execute()
}

function waitOf(blockedUntil: Date | null, now: Date): number {
  return blockedUntil && blockedUntil > now ? Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000) : 0
}

function secondsBefore(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000)
}
