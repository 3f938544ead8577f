import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { freeLivekitPorts } from '../../embedded/livekit/free-ports.ts'
import { livekitConfig, type LivekitPorts, type TurnOverTls } from '../../embedded/livekit/livekit-config.ts'

const START_LIMIT_MS = 10_000

/** The real server, where its program is named; tests on it are skipped aloud where it is not. */
export const livekitBinary = process.env['LIVEKIT_SERVER'] ?? ''
export const hasLivekit = existsSync(livekitBinary)

export const mediaKeys = { apiKey: 'devkey', apiSecret: 'secret-of-the-checks-0123456789abcdef' }

export interface MediaNodeOptions {
  /** Nodes of one cluster share a Redis, `host:port`; a room lives on the node, by name, that was asked to make it. */
  readonly redis?: string
  readonly node?: string
  /** Where it tells who came and went. */
  readonly eventsUrl?: string | undefined
  readonly onlyTcp?: boolean | undefined
  /** Media passes through its TURN over TLS alone: it takes none over TCP; UDP is for the browser to leave out. */
  readonly turnOverTls?: TurnOverTls
}

/** A LiveKit server that a check may kill as a power cut would, and start again under the same address. */
export class MediaNode {
  readonly #ports: LivekitPorts
  readonly #config: string
  #child: ChildProcess | null = null

  private constructor(ports: LivekitPorts, config: string) {
    this.#ports = ports
    this.#config = config
  }

  static async start({ onlyTcp = false, ...options }: MediaNodeOptions = {}): Promise<MediaNode> {
    const free = await freeLivekitPorts()
    const ports = { ...free, ...(onlyTcp && { udp: 0 }), ...(options.turnOverTls && { tcp: 0 }) }
    const node = new MediaNode(ports, livekitConfig({ ports, ...mediaKeys, ...options }))
    await node.start()
    return node
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#ports.http}`
  }

  get running(): boolean {
    return this.#child !== null
  }

  /** Of its process while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const child = spawn(livekitBinary || 'livekit-server', [], {
      env: { ...process.env, LIVEKIT_CONFIG: this.#config },
      stdio: process.env['LIVEKIT_LOG'] ? 'inherit' : 'ignore',
    })
    this.#child = child
    const end = (): void => void child.kill('SIGKILL')
    process.once('exit', end)
    child.once('exit', () => process.off('exit', end))
    let failed = false
    child.once('error', () => (failed = true))
    for (let waitedMs = 0; waitedMs < START_LIMIT_MS && !failed; waitedMs += 50) {
      if (await this.#answers()) return
      await sleep(50)
    }
    throw new Error('livekit-server did not start; LIVEKIT_SERVER names the program')
  }

  /** `kill -9`; resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === null) return
    this.#child = null
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  #answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.#ports.http}/`).then(
      (reply) => reply.ok,
      () => false,
    )
  }
}
