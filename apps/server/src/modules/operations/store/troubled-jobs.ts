import type { JobState } from '@moinha/contracts/operations'
import { sql, type RawBuilder } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'

/** A job as it was seen: `attempts` changes with each try and each decision. */
export interface SeenJob {
  id: string
  attempts: number
}

interface JobRow {
  id: string
  task: string
  attempts: number
  state: JobState
  error_code: string | null
  created_at: Date
  failed_at: Date | null
  next_at: Date | null
  held_since: Date | null
}

export interface SettledJob {
  id: string
  task: string
}

/** Calls a function of the owner, which asks once more who may. */
async function call<T>({ tx }: Work, query: RawBuilder<T>): Promise<T[]> {
  try {
    return (await query.execute(tx)).rows
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    throw code === 'MN403' && message === 'NOT_ALLOWED' ? platformErrors.NOT_ALLOWED() : error
  }
}

/** Jobs that are not as they should be, newest first; `before` is the id the page before ended with. */
export const troubledJobs = (work: Work, before: string | null, limit: number): Promise<JobRow[]> =>
  call(
    work,
    sql<JobRow>`select id::text, task, attempts, state, error_code, created_at, failed_at, next_at, held_since
    from operations.troubled_jobs(${before}::bigint, ${limit})`,
  )

/** Queues jobs anew with all their tries: those named, or the oldest `most` of all. */
export const requeueJobs = (work: Work, items: readonly SeenJob[] | null, most: number): Promise<SettledJob[]> =>
  call(
    work,
    sql<SettledJob>`select id::text, task from operations.retry_jobs(${items && JSON.stringify(items)}::jsonb, ${most})`,
  )

/** Takes jobs out of the queue and keeps the word for it. */
export const dropJobs = (work: Work, items: readonly SeenJob[], word: string): Promise<SettledJob[]> =>
  call(
    work,
    sql<SettledJob>`select id::text, task from operations.give_up_jobs(${JSON.stringify(items)}::jsonb, ${word})`,
  )
