import { makeWorkerUtils, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { Act, Work } from '../db/work.ts'
import { systemActor } from '../access/actor.ts'
import type { Log } from '../log/log.ts'
import type { JobType } from './add-job.ts'

/** Handlers of jobs and the times of regular ones. Handlers are idempotent: a job may run twice. */
export class Jobs {
  readonly tasks = new Map<string, (work: Work, payload: unknown) => Promise<void>>()
  readonly unbound = new Map<string, (payload: unknown) => Promise<void>>()
  readonly times: { match: string; task: string }[] = []

  /** A handler inside one transaction, as the system. */
  on<T>(job: JobType<T>, handler: (work: Work, payload: T) => Promise<void>): void {
    this.tasks.set(job.name, handler as (work: Work, payload: unknown) => Promise<void>)
  }

  /** A handler that speaks to the outside world and opens its own transactions. */
  onOutside<T>(job: JobType<T>, handler: (payload: T) => Promise<void>): void {
    this.unbound.set(job.name, handler as (payload: unknown) => Promise<void>)
  }

  /** `cron` as in crontab(5), times in UTC, e.g. `* * * * *`. */
  every(cron: string, job: JobType<Record<string, never>>): void {
    this.times.push({ match: cron, task: job.name })
  }
}

/** Installs or upgrades the queue's own schema; run by the owner, before our migrations use it. */
export async function installQueue(ownerUrl: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: ownerUrl, logger: quietLogger })
  try {
    await utils.migrate()
  } finally {
    await utils.release()
  }
}

/** Failures are told by the runner's events, not by its chatter. */
export const quietLogger = await import('graphile-worker').then(({ Logger }) => new Logger(() => () => {}))

/** Starts the worker. It takes jobs as the owner of the queue; handlers act through the application role. */
export async function startWorker(ownerUrl: string, jobs: Jobs, act: Act, log: Log): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {}
  for (const [name, handler] of jobs.tasks) taskList[name] = (payload) => act(systemActor, (work) => handler(work, payload), `job ${name}`)
  for (const [name, handler] of jobs.unbound) taskList[name] = (payload) => handler(payload)
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 6, application_name: 'moinha-worker' })
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  const runner: Runner = await run({
    pgPool: pool, taskList, concurrency: 4, pollInterval: 1000, noHandleSignals: true,
    logger: quietLogger,
    parsedCronItems: parseCronItems(jobs.times.map((time) => ({ ...time, options: { maxAttempts: 1 } }))),
  })
  runner.events.on('job:failed', ({ job, error }) => log.error({ job: job.task_identifier, err: error }, 'job gave up'))
  runner.events.on('job:error', ({ job, error }) => log.warn({ job: job.task_identifier, err: error }, 'job will be tried again'))
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}
