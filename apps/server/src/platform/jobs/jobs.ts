import { makeWorkerUtils } from 'graphile-worker'
import type { Work } from '../db/work.ts'
import type { JobType } from './add-job.ts'

/** Something looked for every few seconds, e.g. what a crash left behind. Opens its own transactions. */
export interface Sweep {
  name: string
  seconds: number
  run(): Promise<void>
}

/** Handlers of jobs and the times of regular ones. Handlers are idempotent: a job may run twice. */
export class Jobs {
  readonly tasks = new Map<string, (work: Work, payload: unknown) => Promise<void>>()
  readonly unbound = new Map<string, (payload: unknown) => Promise<void>>()
  readonly times: { match: string; task: string }[] = []
  readonly sweeps: Sweep[] = []

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

  /**
   * Looks every few seconds, in each process that works on jobs, whatever became of the queue. Two may look at the same
   * time.
   */
  sweep(name: string, seconds: number, run: () => Promise<void>): void {
    this.sweeps.push({ name, seconds, run })
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
