import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { CountShared } from './rate-limits.ts'

/** Counts in the database, one statement a request; windows begin with the first request and are the database's time. */
export function countInDatabase(db: Db): CountShared {
  return async (key, windowMs) => {
    const { rows } = await sql<{ count: number; left: number }>`
      insert into platform.rate_count as r (key, count, ends_at) values (${key}, 1, now() + ${windowMs} * interval '1 millisecond')
      on conflict (key) do update set count = case when r.ends_at <= now() then 1 else r.count + 1 end,
        ends_at = case when r.ends_at <= now() then excluded.ends_at else r.ends_at end
      returning count, ceil(extract(epoch from ends_at - now()))::int as left`.execute(db)
    return { count: rows[0]?.count ?? 1, secondsLeft: Math.max(1, rows[0]?.left ?? 1) }
  }
}
