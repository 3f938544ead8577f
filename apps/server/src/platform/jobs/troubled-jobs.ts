import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

export interface JobCounts {
  failed: number
  waiting: number
  /** Held by a worker that died, taken up by nobody, or under way for very long. */
  stuck: number
}

/** How many jobs are not as they should be. Numbers alone, for whoever watches the installation. */
export async function countTroubledJobs(tx: Tx): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`select * from platform.count_troubled_jobs()`.execute(tx)
  return rows[0] ?? { failed: 0, waiting: 0, stuck: 0 }
}
