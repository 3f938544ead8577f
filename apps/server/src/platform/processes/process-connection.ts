import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { newClient } from '../db/pool.ts'
import type { Log } from '../log/log.ts'

const beatMs = 2_000
/** A database that does not answer a beat in this time counts as away. */
const silenceMs = 5_000
const firstPauseMs = 250
const longestPauseMs = 4_000

export interface ProcessConnectionOptions {
  url: string
  log: Log
  /**
   * Runs on a fresh connection before it counts as up. `again`: there was one before, and news may have been missed.
   */
  onUp(client: pg.Client, again: boolean): Promise<void>
  onBeat(client: pg.Client): Promise<void>
  onNotification(payload: string): void
  /** `silent`: nobody hung up, it only does not answer; other connections of this process hang as well. */
  onDown(silent: boolean): void
}

/**
 * The one connection a process keeps to the database for all its life: it listens, it beats, and it is made again, by
 * one loop,
 * whenever it is lost.
 */
export class ProcessConnection {
  readonly #options: ProcessConnectionOptions
  readonly #stop = new AbortController()
  #client: pg.Client | undefined
  #loop: Promise<void> | undefined

  constructor(options: ProcessConnectionOptions) {
    this.#options = options
  }

  /** Connects; a failure now is the caller's. From then on the line keeps itself. */
  async start(): Promise<void> {
    const client = await this.#connect(false)
    this.#loop = this.#keep(client)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#client?.end().catch(() => {})
    await this.#loop
  }

  async #keep(first: pg.Client): Promise<void> {
    let client: pg.Client | undefined = first
    let failures = 0
    while (!this.#stop.signal.aborted) {
      if (client) {
        const silent = await this.#beatUntilLost(client)
        if (this.#stop.signal.aborted) return
        this.#options.log.warn({ silent }, 'connection to the database lost, connecting again')
        this.#options.onDown(silent)
      }
      await this.#pause(Math.min(firstPauseMs * 2 ** failures, longestPauseMs))
      if (this.#stop.signal.aborted) return
      client = await this.#connect(true).catch(() => undefined)
      failures = client ? 0 : failures + 1
      if (client) this.#options.log.info('connected to the database again')
    }
  }

  async #connect(again: boolean): Promise<pg.Client> {
    const client = newClient(this.#options.url, 'moinha-live')
    client.on('notification', ({ payload }) => payload && this.#options.onNotification(payload))
    try {
      await client.connect()
      await inTime(this.#options.onUp(client, again))
    } catch (error) {
      hangUp(client)
      throw error
    }
    this.#client = client
    return client
  }

  /** True when the database fell silent, false when it hung up. */
  async #beatUntilLost(client: pg.Client): Promise<boolean> {
    const lost = new EventEmitter()
    client.once('end', () => lost.emit('lost'))
    client.once('error', () => lost.emit('lost'))
    const gone = once(lost, 'lost').then((): Beat => 'lost')
    let beat: Beat = 'fine'
    while (beat === 'fine' && !this.#stop.signal.aborted) {
      beat = await Promise.race([gone, this.#pause(beatMs)])
      if (beat === 'fine' && !this.#stop.signal.aborted) beat = await Promise.race([gone, this.#beat(client)])
    }
    if (!this.#stop.signal.aborted) hangUp(client)
    return beat === 'silent'
  }

  #beat(client: pg.Client): Promise<Beat> {
    return inTime(this.#options.onBeat(client)).then(
      () => 'fine',
      (error: unknown) => (error instanceof Silence ? 'silent' : 'lost'),
    )
  }

  #pause(ms: number): Promise<Beat> {
    const fine = (): Beat => 'fine'
    return sleep(ms, undefined, { signal: this.#stop.signal, ref: false }).then(fine, fine)
  }
}

type Beat = 'fine' | 'lost' | 'silent'

class Silence extends Error {}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Silence('the database does not answer')), silenceMs)
  })
  return Promise.race([work, silence]).finally(() => clearTimeout(timer))
}

/** Without waiting for the other side's goodbye, which a silent one never says. */
function hangUp(client: pg.Client): void {
  ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
}
