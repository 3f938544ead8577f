import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { CountShared } from './rate-limits.ts'

/**
 * Counts in the database, one statement a request; windows begin with the first request and are the database's time.
 */
export function countInDatabase(db: Db): CountShared {
  return async (key, windowMs) => {
    const { rows } = await sql<{ count: number; left: number }>`
      insert into platform.rate_count as r (key, count, ends_at)
        values (${key}, 1, now() + ${windowMs} * interval '1 millisecond')
      on conflict (key) do update set count = case when r.ends_at <= now() then 1 else r.count + 1 end,
        ends_at = case when r.ends_at <= now() then excluded.ends_at else r.ends_at end
      returning count, ceil(extract(epoch from ends_at - now()))::int as left`.execute(db)
    return { count: rows[0]?.count ?? 1, secondsLeft: Math.max(1, rows[0]?.left ?? 1) }
  }
}

const sweepSeconds = 3600

/** Windows that ended count nothing any more: each would begin anew with its next request. */
export function sweepEndedCounts(jobs: Jobs, db: Db): void {
  jobs.sweep('ended rate counts', sweepSeconds, async () => {
    await sql`delete from platform.rate_count where ends_at < now()`.execute(db)
  })
}
