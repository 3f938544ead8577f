import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const START_LIMIT_MS = 10_000

export interface MediaNodeOptions {
  /** The UDP ports of this node: two on one machine must not share. */
  ports: readonly [from: number, to: number]
  /** `host:port` of the Redis that the nodes of one cluster share. */
  redis?: string
}

export const mediaKeys = { apiKey: 'devkey', apiSecret: 'secret-of-the-checks-0123456789abcdef' }

/** A LiveKit server that a check may kill as a power cut would, and start again under the same address. */
export class MediaNode {
  readonly #options: MediaNodeOptions
  readonly #port: number
  #child: ChildProcess | null = null

  private constructor(port: number, options: MediaNodeOptions) {
    this.#port = port
    this.#options = options
  }

  static async start(options: MediaNodeOptions): Promise<MediaNode> {
    const node = new MediaNode(await freePort(), options)
    await node.start()
    return node
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`
  }

  get running(): boolean {
    return this.#child !== null
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const child = spawn(process.env['LIVEKIT_SERVER'] ?? 'livekit-server', [], {
      env: { ...process.env, LIVEKIT_CONFIG: JSON.stringify(this.#config()) },
      stdio: 'ignore',
    })
    this.#child = child
    const end = (): void => void child.kill('SIGKILL')
    process.once('exit', end)
    child.once('exit', () => process.off('exit', end))
    for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += 50) {
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
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  #config(): object {
    const [from, to] = this.#options.ports
    return {
      port: this.#port,
      bind_addresses: ['127.0.0.1'],
      keys: { [mediaKeys.apiKey]: mediaKeys.apiSecret },
      logging: { level: 'error' },
      ...(this.#options.redis !== undefined && { redis: { address: this.#options.redis } }),
      rtc: { node_ip: '127.0.0.1', use_external_ip: false, tcp_port: 0, port_range_start: from, port_range_end: to },
    }
  }

  #answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.#port}/`).then(
      (reply) => reply.ok,
      () => false,
    )
  }
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
