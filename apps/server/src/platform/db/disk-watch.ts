import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { Log } from '../log/log.ts'
import type { Db } from './database.ts'
import type { Transact } from './work.ts'

/** disk_full (PostgreSQL, appendix A). */
const diskFull = '53100'
const probeMs = 5_000
/** More than fits into pages that are there already, less than a segment of the log (16 MB). */
const probeBytes = 4 * 1024 * 1024

/** Did this fail because PostgreSQL found no room on its disk? */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (error as { code?: unknown }).code === diskFull || isDiskFull(error.cause)
}

class RolledBack extends Error {}

/**
 * Knows whether the disk of the database is full: one line in the log when it is, one when there is room again, and
 * `full` for `/health` in between.
 */
export class DiskWatch {
  readonly #db: Db
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined

  constructor(db: Db, log: Log) {
    this.#db = db
    this.#log = log
  }

  get full(): boolean {
    return this.#timer !== undefined
  }

  /** The same transactions, watched: requests and jobs alike. */
  over(transact: Transact): Transact {
    return (actor, handler, requestId) =>
      transact(actor, handler, requestId).catch((error: unknown) => {
        if (isDiskFull(error)) this.#begin()
        throw error
      })
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #begin(): void {
    if (this.full) return
    this.#log.error(
      'đĩa đầy, không ghi được · the disk of the database is full: nothing can be written until there is room',
    )
    this.#timer = setInterval(() => void this.#probe(), probeMs)
    this.#timer.unref()
  }

  async #probe(): Promise<void> {
    if (!(await this.#hasRoom()) || !this.full) return
    this.stop()
    this.#log.info('đĩa đã có chỗ · there is room on the disk of the database again')
  }

  async #hasRoom(): Promise<boolean> {
    const write = this.#db.transaction().execute(async (tx) => {
      await sql`insert into platform.space_probe (bytes) values (${randomBytes(probeBytes)})`.execute(tx)
      throw new RolledBack()
    })
    return write.then(
      () => true,
      (error: unknown) => error instanceof RolledBack,
    )
  }
}
