import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { systemActor } from '../access/actor.ts'
import type { Config } from '../config/config.ts'
import type { Transact, Work } from '../db/work.ts'
import type { Log } from '../log/log.ts'
import { liveChannel } from '../realtime/publish.ts'
import { predecessorMs, silentPredecessorMs } from './living-others.ts'
import { ProcessConnection } from './process-connection.ts'
import { shortHash } from './short-hash.ts'

/** With the row's number it names the advisory lock that says "this process lives"; see migration 20261125T0300. */
const lockClass = 7301
/** The dead are looked for by those whose own line has been up for so long: after a lost database everybody is late. */
const steadyMs = 10_000
/**
 * This process may not run beside those that run already; the message says what to set. `mayPass`: the other may end by
 * itself, so that another try can help.
 */
export class ProcessRefused extends Error {
  override name = 'ProcessRefused'
  readonly mayPass: boolean

  constructor({ message, mayPass }: { message: string; mayPass: boolean }) {
    super(message)
    this.mayPass = mayPass
  }
}

/** Why this process may not start, and whether the one in its way has stopped beating. */
interface Obstacle {
  message: string
  mayPass: boolean
  silent: boolean
}

export interface ProcessesOptions {
  config: Pick<Config, 'ROLE' | 'REDIS_URL'>
  url: string
  transact: Transact
  log: Log
  /** All processes of one installation sign with the same key; a hash of it. */
  secretHash: string
}

type OnLost = (work: Work, processIds: string[]) => Promise<void>

/**
 * The processes that share this database. Each keeps one line to it; what a dead one left behind is cleared by
 * whoever sees it
 * first, in one transaction with the row that says so.
 */
export class Processes {
  readonly id = randomUUID()
  readonly #options: ProcessesOptions
  readonly #line: ProcessConnection
  readonly #onLost: OnLost[] = []
  readonly #onNotification: ((payload: string) => void)[] = []
  readonly #onBack: (() => void)[] = []
  readonly #onReborn: (() => void)[] = []
  readonly #onDown: ((silent: boolean) => void)[] = []
  readonly #pools = new Set<string>()
  #number = 0
  #locked = false
  #upSince = 0
  #sweeping = false

  constructor(options: ProcessesOptions) {
    this.#options = options
    this.#line = new ProcessConnection({
      url: options.url,
      log: options.log,
      onUp: (client, again) => this.#up(client, again),
      onBeat: (client) => this.#beat(client),
      onNotification: (payload) => this.#onNotification.forEach((handler) => handler(payload)),
      onDown: (silent) => this.#onDown.forEach((handler) => handler(silent)),
    })
  }

  /**
   * Clears what dead processes left, in the transaction that forgets them. Only one process is ever called for a dead
   * one.
   */
  onLost(handler: OnLost): void {
    this.#onLost.push(handler)
  }

  /** Hears every message published by a committed transaction, on any process. */
  onNotification(handler: (payload: string) => void): void {
    this.#onNotification.push(handler)
  }

  /** The line was lost and is back: messages may have been missed. */
  onBack(handler: () => void): void {
    this.#onBack.push(handler)
  }

  /** The line is lost; `silent` when the database does not answer at all. */
  onDown(handler: (silent: boolean) => void): void {
    this.#onDown.push(handler)
  }

  /** The others took this process for dead and cleared what was its own; it goes on as a new one. */
  onReborn(handler: () => void): void {
    this.#onReborn.push(handler)
  }

  /** Says under which name this process locks jobs. */
  async ownPool(pool: string): Promise<void> {
    this.#pools.add(pool)
    await this.#options.transact(systemActor, ({ tx }) =>
      sql`update platform.process set worker_pools = ${[...this.#pools]}::text[] where id = ${this.id}`.execute(tx),
    )
  }

  /** Opens the line and takes a place among the living; refuses where two processes would not hear each other. */
  async start(): Promise<void> {
    await this.#line.start()
    try {
      await this.#clearDead()
      await this.#requireSameInstallation()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  /** Leaves in order: what would be cleared after a death is cleared now. */
  async stop(): Promise<void> {
    await this.#options
      .transact(systemActor, async (work) => {
        for (const handler of this.#onLost) await handler(work, [this.id])
        await sql`delete from platform.process where id = ${this.id}`.execute(work.tx)
      })
      .catch(() => {}) // the database is away: the others find this process silent
    await this.#line.stop()
  }

  async #up(client: pg.Client, again: boolean): Promise<void> {
    const kept = await this.#register(client)
    await client.query(`listen ${liveChannel}`)
    this.#upSince = performance.now()
    if (again && !kept) this.#onReborn.forEach((handler) => handler())
    if (again) this.#onBack.forEach((handler) => handler())
  }

  /** True when this process's row was still there. */
  async #register(client: pg.Client): Promise<boolean> {
    const { ROLE, REDIS_URL } = this.#options.config
    const { rows } = await client.query<{ no: number; kept: boolean }>(
      `insert into platform.process as p (id, role, host, pid, secret_hash, redis_hash, worker_pools)
        values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set seen_at = clock_timestamp() returning no, xmax <> 0 as kept`,
      [
        this.id,
        ROLE,
        hostname(),
        process.pid,
        this.#options.secretHash,
        REDIS_URL ? shortHash(REDIS_URL) : null,
        [...this.#pools],
      ],
    )
    this.#number = rows[0]?.no ?? 0
    this.#locked = false
    await this.#lock(client)
    return rows[0]?.kept ?? false
  }

  /** The old connection of this same process may still hold the lock for a while; each beat tries again. */
  async #lock(client: pg.Client): Promise<void> {
    if (this.#locked) return
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [
      lockClass,
      this.#number,
    ])
    this.#locked = rows[0]?.locked ?? false
  }

  async #beat(client: pg.Client): Promise<void> {
    const { rowCount } = await client.query('update platform.process set seen_at = clock_timestamp() where id = $1', [
      this.id,
    ])
    if (rowCount) await this.#lock(client)
    else {
      this.#options.log.warn('the other processes took this one for dead; it begins anew')
      await client.query('select pg_advisory_unlock_all()')
      await this.#register(client)
      this.#onReborn.forEach((handler) => handler())
    }
    if (performance.now() - this.#upSince > steadyMs) void this.#sweep()
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) return
    this.#sweeping = true
    await this.#clearDead().catch((error: unknown) =>
      this.#options.log.warn({ err: error }, 'dead processes not looked for'),
    )
    this.#sweeping = false
  }

  async #clearDead(): Promise<void> {
    await this.#options.transact(systemActor, async (work) => {
      const { rows } = await sql<{ id: string; host: string; pid: number }>`delete from platform.process p
        where p.id in (select id from platform.process where id <> ${this.id} and not platform.process_lives(process)
          for update skip locked)
        returning id, host, pid`.execute(work.tx)
      if (rows.length === 0) return
      this.#options.log.warn({ processes: rows }, 'processes died; what they left is cleared')
      for (const handler of this.#onLost)
        await handler(
          work,
          rows.map((row) => row.id),
        )
    })
  }

  async #requireSameInstallation(): Promise<void> {
    const begun = performance.now()
    for (;;) {
      const obstacle = await this.#obstacle()
      if (obstacle === undefined) return
      const patienceMs = obstacle.silent ? silentPredecessorMs : predecessorMs
      if (performance.now() - begun > patienceMs) throw new ProcessRefused(obstacle)
      await sleep(500)
      await this.#clearDead()
    }
  }

  async #obstacle(): Promise<Obstacle | undefined> {
    const others = await this.#others()
    const { ROLE, REDIS_URL } = this.#options.config
    const otherKey = others.find((other) => other.secret_hash !== this.#options.secretHash)
    if (otherKey)
      return {
        message:
          `Tiến trình ${otherKey.pid} trên ${otherKey.host} đang phục vụ cơ sở dữ liệu này với AUTH_SECRET khác · ` +
          `${nameOf(otherKey)} serves this database with another AUTH_SECRET. All processes need the same one.`,
        mayPass: false,
        silent: otherKey.silent,
      }
    const redis = REDIS_URL ? shortHash(REDIS_URL) : null
    const deaf = others.find(
      (other) => ROLE !== 'worker' && other.role !== 'worker' && (redis === null || other.redis_hash !== redis),
    )
    return (
      deaf && {
        message:
          `Tiến trình ${deaf.pid} trên ${deaf.host} đang phục vụ cơ sở dữ liệu này; muốn chạy nhiều cần cùng REDIS_URL · ` +
          `${nameOf(deaf)} serves this database already. Several need the same REDIS_URL, ` +
          'or calls would not reach across.',
        mayPass: true,
        silent: deaf.silent,
      }
    )
  }

  async #others(): Promise<OtherProcess[]> {
    const { rows } = await this.#options.transact(systemActor, ({ tx }) =>
      // a beat is due every 2 s (process-connection.ts)
      sql<OtherProcess>`
        select role, host, pid, secret_hash, redis_hash, p.seen_at < clock_timestamp() - interval '7 s' as silent
        from platform.process p where id <> ${this.id} and platform.process_lives(p)`.execute(tx),
    )
    return rows
  }
}

interface OtherProcess {
  role: Config['ROLE']
  host: string
  pid: number
  secret_hash: string
  redis_hash: string | null
  silent: boolean
}

function nameOf({ host, pid }: OtherProcess): string {
  return `process ${pid} on ${host}`
}
