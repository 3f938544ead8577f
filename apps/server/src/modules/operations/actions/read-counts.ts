import type { Tx } from '../../../platform/db/database.ts'
import { countTroubledJobs, type JobCounts } from '../../../platform/jobs/troubled-jobs.ts'
import { countTroubledTexts } from '../../identity/index.ts'

export interface Counts {
  texts: { failed: number; waiting: number }
  jobs: JobCounts
}

/** What waits for a decision, as numbers. */
export async function readCounts(tx: Tx): Promise<Counts> {
  return { texts: await countTroubledTexts(tx), jobs: await countTroubledJobs(tx) }
}
