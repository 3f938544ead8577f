import type { Lock, Locker, RequestRelease } from '@tus/utils'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../db/database.ts'
import { platformErrors } from '../errors/coded-error.ts'

/** A holder that says nothing for so long is dead; a living one says so every second. */
const leaseSeconds = 10
const beatMs = 1_000
const lookMs = 250
/** A request waits so long for the one before it to let go. */
const patienceMs = 20_000

/**
 * Locks in a table, so that two requests for one file exclude each other whichever processes they came to. No
 * connection is held while bytes come in slowly.
 */
export class FileLocker implements Locker {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  newLock(id: string): Lock {
    return new FileLock(this.#db, id)
  }

  /** Those who died holding a lock leave a row behind. */
  static async sweep(db: Db): Promise<void> {
    await sql`delete from platform.file_lock where until < now() - interval '1 hour'`.execute(db)
  }
}

class FileLock implements Lock {
  readonly #db: Db
  readonly #id: string
  readonly #token = randomUUID()
  #beat: NodeJS.Timeout | undefined

  constructor(db: Db, id: string) {
    this.#db = db
    this.#id = id
  }

  async lock(signal: AbortSignal, release: RequestRelease): Promise<void> {
    for (let waitedMs = 0; !(await this.#take()); waitedMs += lookMs) {
      if (signal.aborted || waitedMs > patienceMs) throw platformErrors.UPLOAD_BUSY()
      await this.#want()
      await sleep(lookMs)
    }
    this.#beat = setInterval(() => void this.#renew(release).catch(() => undefined), beatMs)
    this.#beat.unref()
  }

  async unlock(): Promise<void> {
    clearInterval(this.#beat)
    await sql`delete from platform.file_lock where file_id = ${this.#id} and token = ${this.#token}`.execute(this.#db)
  }

  async #take(): Promise<boolean> {
    const { rows } = await sql`
      insert into platform.file_lock as l (file_id, token, until)
        values (${this.#id}, ${this.#token}, now() + make_interval(secs => ${leaseSeconds}))
      on conflict (file_id) do update set token = excluded.token, until = excluded.until, wanted = false
        where l.until < now()
      returning 1 as taken`.execute(this.#db)
    return rows.length > 0
  }

  async #want(): Promise<void> {
    await sql`update platform.file_lock set wanted = true where file_id = ${this.#id} and not wanted`.execute(this.#db)
  }

  async #renew(release: RequestRelease): Promise<void> {
    const { rows } = await sql<{ wanted: boolean }>`
      update platform.file_lock set until = now() + make_interval(secs => ${leaseSeconds})
      where file_id = ${this.#id} and token = ${this.#token} returning wanted`.execute(this.#db)
    // lost to somebody else, or somebody else waits
    if (rows[0]?.wanted !== false) await release()
  }
}
