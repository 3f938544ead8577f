import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { Names } from '../registries/registries.ts'

export interface JobType<T> {
  readonly name: string
  /** Only the type; never read. */
  readonly payload?: T
}

export interface JobOptions {
  runAt?: Date
  /** A second job with the same key replaces the first while it waits. */
  key?: string
  maxAttempts?: number
}

const namesOf = new Map<string, Names>()

/**
 * Declares a job: who enqueues it and who handles it share the name and the payload's type. `names` say on screen
 * what it does, for whoever looks after the installation.
 */
export function defineJob<T>(name: string, names: Names): JobType<T> {
  if (namesOf.has(name)) throw new Error(`job ${name} is defined twice`)
  namesOf.set(name, names)
  return { name }
}

/** What a job is called; one of a release that is gone keeps its code. */
export const jobNames = (name: string): Names => namesOf.get(name) ?? { vi: name, en: name }

/** Queues a job in the caller's transaction, through a function of the owner: the application role owns no queue. */
export async function addJob<T>(tx: Tx, job: JobType<T>, payload: T, options: JobOptions = {}): Promise<void> {
  await sql`select platform.add_job(${job.name}, ${JSON.stringify(payload)}::json,
    ${options.runAt?.toISOString() ?? null}::timestamptz,
    ${options.key ?? null}, ${options.maxAttempts ?? 10})`.execute(tx)
}

/** Takes back a waiting job by its key. */
export async function removeJob(tx: Tx, key: string): Promise<void> {
  await sql`select platform.remove_job(${key})`.execute(tx)
}
