import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { jobNames } from '../../../platform/jobs/add-job.ts'
import { troubledJobs } from '../store/troubled-jobs.ts'

/** As far as PostgreSQL counts jobs. */
const largestId = 9_223_372_036_854_775_807n

/** Jobs that are not as they should be, without what they carry. */
export async function listJobs(work: Work, { after, limit }: { after?: string | undefined; limit: number }) {
  const rows = await troubledJobs(work, after === undefined ? null : idOf(after), limit + 1)
  const items = rows
    .slice(0, limit)
    .map((row) => ({
      id: row.id,
      task: row.task,
      names: jobNames(row.task),
      state: row.state,
      attempts: row.attempts,
      errorCode: row.error_code,
      createdAt: row.created_at.toISOString(),
      failedAt: row.failed_at?.toISOString() ?? null,
      nextAt: row.next_at?.toISOString() ?? null,
      heldSince: row.held_since?.toISOString() ?? null,
    }))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

function idOf(after: string): string {
  if (!/^\d{1,19}$/.test(after) || BigInt(after) > largestId)
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'invalid' }])
  return after
}
