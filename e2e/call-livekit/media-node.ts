import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freeLivekitPorts } from '../../apps/server/src/embedded/livekit/free-ports.ts'
import { livekitConfig, type LivekitPorts } from '../../apps/server/src/embedded/livekit/livekit-config.ts'

const START_LIMIT_MS = 10_000

/** Nodes of one cluster share a Redis, `host:port`; a room lives on the node, by name, that was asked to make it. */
export interface Cluster {
  redis: string
  node: string
}

export const mediaKeys = { apiKey: 'devkey', apiSecret: 'secret-of-the-checks-0123456789abcdef' }

/** A LiveKit server that a check may kill as a power cut would, and start again under the same address. */
export class MediaNode {
  readonly #ports: LivekitPorts
  readonly #cluster: Cluster | undefined
  #child: ChildProcess | null = null

  private constructor(ports: LivekitPorts, cluster: Cluster | undefined) {
    this.#ports = ports
    this.#cluster = cluster
  }

  static async start(cluster?: Cluster): Promise<MediaNode> {
    const node = new MediaNode(await freeLivekitPorts(), cluster)
    await node.start()
    return node
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#ports.http}`
  }

  get running(): boolean {
    return this.#child !== null
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const child = spawn(process.env['LIVEKIT_SERVER'] ?? 'livekit-server', [], {
      env: { ...process.env, LIVEKIT_CONFIG: livekitConfig({ ports: this.#ports, ...mediaKeys, ...this.#cluster }) },
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

  #answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.#ports.http}/`).then(
      (reply) => reply.ok,
      () => false,
    )
  }
}
