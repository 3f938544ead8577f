import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRedis } from '../../../platform/testing/redis-for-tests.ts'
import { freeLivekitPorts } from '../../../embedded/livekit/free-ports.ts'
import { livekitConfig, type LivekitOptions } from '../../../embedded/livekit/livekit-config.ts'

/** The real server, where its binary is named; tests on it are skipped aloud where it is not. */
export const livekitBinary = process.env['LIVEKIT_SERVER'] ?? ''
export const hasLivekit = existsSync(livekitBinary)

const apiKey = 'test-key'
const apiSecret = 'a-secret-of-at-least-thirty-two-letters'

/** Several LiveKit servers that know each other's rooms through one Redis, any of which can be killed. */
export interface LivekitNodes {
  readonly urls: readonly string[]
  /** What a server of ours is told to use them. */
  readonly config: { LIVEKIT_URL: string; LIVEKIT_API_KEY: string; LIVEKIT_API_SECRET: string }
  /** As `kill -9` does. */
  kill(index: number): void
  /** One that was killed comes back, on the same ports. */
  start(index: number): Promise<void>
  close(): Promise<void>
}

/** Starts so many. */
export async function openLivekitNodes(
  count: number,
  options: Pick<LivekitOptions, 'eventsUrl'> & { onlyTcp?: boolean } = {},
): Promise<LivekitNodes> {
  const children: ChildProcess[] = []
  const redis = count > 1 ? await startRedis() : undefined
  const nodes = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const free = await freeLivekitPorts()
      const ports = options.onlyTcp ? { ...free, udp: 0 } : free
      const config = livekitConfig({
        ports,
        apiKey,
        apiSecret,
        eventsUrl: options.eventsUrl,
        ...(redis && { redis: `127.0.0.1:${redis.port}`, node: `node${index}` }),
      })
      const env = { ...process.env, LIVEKIT_CONFIG: config }
      const start = async () => {
        children[index] = spawn(livekitBinary, [], { env, stdio: process.env['LIVEKIT_LOG'] ? 'inherit' : 'ignore' })
        await listens(ports.http)
      }
      await start()
      return { start, url: `ws://127.0.0.1:${ports.http}` }
    }),
  )
  const urls = nodes.map((node) => node.url)
  return {
    urls,
    config: { LIVEKIT_URL: urls.join(','), LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret },
    kill: (index) => void children[index]?.kill('SIGKILL'),
    start: async (index) => nodes[index]?.start(),
    close: async () => {
      const ended = children.map((child) =>
        child.exitCode !== null || child.signalCode !== null ? null : new Promise((done) => child.once('exit', done)),
      )
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(ended)
      await redis?.stop()
    },
  }
}

async function listens(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        (reply) => reply.ok,
        () => false,
      )
    )
      return
    await sleep(100)
  }
  throw new Error('livekit-server did not start')
}
