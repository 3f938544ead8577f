import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseCronItems, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import { systemActor } from '../access/actor.ts'
import { openPool, severAll } from '../db/pool.ts'
import type { Transact } from '../db/work.ts'
import { failureCode } from '../errors/failure-code.ts'
import type { Log } from '../log/log.ts'
import type { Processes } from '../processes/processes.ts'
import { quietLogger, type Jobs, type Sweep } from './jobs.ts'

/** Jobs at a time in one process; with the connections for listening and fetching. */
const concurrency = 4
export const workerPoolSize = concurrency + 2
const pollMs = 1_000
const releaseSeconds = 3
const firstPauseMs = 500
const longestPauseMs = 10_000

export interface WorkerOptions {
  ownerUrl: string
  jobs: Jobs
  transact: Transact
  log: Log
  processes: Processes
}

/** Starts the worker. It takes jobs as the owner of the queue; handlers act through the application role. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const pool = openPool(options.ownerUrl, { max: workerPoolSize, name: 'moinha-worker' })
  options.processes.onDown((silent) => silent && severAll(pool))
  const stop = new AbortController()
  const first = await startRunner(options, pool)
  const kept = keepRunning(options, pool, first, stop.signal)
  const { transact, log, jobs } = options
  const release = { name: 'jobs of dead workers', seconds: releaseSeconds, run: () => releaseDeadJobs(transact, log) }
  const timers = [release, ...jobs.sweeps].map((sweep) => startSweep(sweep, log))
  return {
    stop: async () => {
      timers.forEach((timer) => clearInterval(timer))
      stop.abort()
      await kept
      await pool.end()
    },
  }
}

async function startRunner({ jobs, transact, log, processes }: WorkerOptions, pool: pg.Pool): Promise<Runner> {
  const events = new EventEmitter() as WorkerEvents
  const named: Promise<void>[] = []
  events.on('pool:create', ({ workerPool }) => named.push(processes.ownPool(workerPool.id)))
  events.on('job:failed', ({ job, error }) =>
    log.error({ job: job.task_identifier, err: causeOf(error) }, 'job gave up'),
  )
  events.on('job:error', ({ job, error }) =>
    log.warn({ job: job.task_identifier, err: causeOf(error) }, 'job will be tried again'),
  )
  const runner = await run({
    pgPool: pool,
    taskList: tasksOf(jobs, transact),
    concurrency,
    pollInterval: pollMs,
    noHandleSignals: true,
    logger: quietLogger,
    events,
    parsedCronItems: parseCronItems(jobs.times.map((time) => ({ ...time, options: { maxAttempts: 1 } }))),
  })
  runner.promise.catch(() => {})
  await Promise.all(named)
  return runner
}

/** What the queue keeps of a failure: a code. The log gets the cause. */
class JobFailed extends Error {
  constructor(cause: unknown) {
    super(failureCode(cause), { cause })
    this.name = 'JobFailed'
  }
}
const causeOf = (error: unknown): unknown => (error instanceof JobFailed ? error.cause : error)

/** What the queue calls, by name; a failure reaches it as a code. */
export function tasksOf(jobs: Jobs, transact: Transact): TaskList {
  const taskList: TaskList = {}
  const told = (run: (payload: unknown) => Promise<void>) => async (payload: unknown) => {
    try {
      await run(payload)
    } catch (error) {
      throw new JobFailed(error)
    }
  }
  for (const [name, handler] of jobs.tasks) {
    taskList[name] = told((payload) => transact(systemActor, (work) => handler(work, payload), `job ${name}`))
  }
  for (const [name, handler] of jobs.unbound) taskList[name] = told(handler)
  return taskList
}

/** A runner that gave up, e.g. because the database was away for long, is followed by another. */
async function keepRunning(options: WorkerOptions, pool: pg.Pool, first: Runner, stop: AbortSignal): Promise<void> {
  let runner: Runner | undefined = first
  let failures = 0
  const asked = new Promise<'asked'>((done) => stop.addEventListener('abort', () => done('asked'), { once: true }))
  while (!stop.aborted) {
    if (runner) {
      const ended: Promise<'ended'> = runner.promise.then(
        () => 'ended',
        () => 'ended',
      )
      if ((await Promise.race([ended, asked])) === 'asked') return runner.stop().catch(() => {})
      options.log.warn('the worker ended by itself; starting another')
    }
    await sleep(Math.min(firstPauseMs * 2 ** failures, longestPauseMs), undefined, { signal: stop }).catch(() => {})
    if (stop.aborted) return
    runner = await startRunner(options, pool).catch(() => undefined)
    failures = runner ? 0 : failures + 1
  }
}

async function releaseDeadJobs(transact: Transact, log: Log): Promise<void> {
  const { rows } = await transact(systemActor, ({ tx }) =>
    sql<{ freed: number }>`select platform.release_dead_jobs() as freed`.execute(tx),
  )
  const freed = rows[0]?.freed ?? 0
  if (freed > 0) log.warn({ jobs: freed }, 'jobs of workers that died are taken up again')
}

/** Never overlaps itself; a failure is told once until it works again. */
function startSweep({ name, seconds, run: look }: Sweep, log: Log): NodeJS.Timeout {
  let looking = false
  let failing = false
  const once = async () => {
    if (looking) return
    looking = true
    try {
      await look()
      failing = false
    } catch (error) {
      if (!failing) log.warn({ err: error, sweep: name }, 'a sweep failed; it goes on trying')
      failing = true
    } finally {
      looking = false
    }
  }
  return setInterval(() => void once(), seconds * 1000).unref()
}
