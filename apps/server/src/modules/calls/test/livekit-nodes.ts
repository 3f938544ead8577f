import { MediaNode, mediaKeys, type MediaNodeOptions } from '../../../platform/testing/media-node.ts'
import { startRedis } from '../../../platform/testing/redis-for-tests.ts'

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
  options: Pick<MediaNodeOptions, 'eventsUrl' | 'onlyTcp'> = {},
): Promise<LivekitNodes> {
  const redis = count > 1 ? await startRedis() : undefined
  const nodes = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      MediaNode.start({ ...options, ...(redis && { redis: `127.0.0.1:${redis.port}`, node: `node${index}` }) }),
    ),
  )
  const urls = nodes.map((node) => node.url)
  const { apiKey, apiSecret } = mediaKeys
  return {
    urls,
    config: { LIVEKIT_URL: urls.join(','), LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret },
    kill: (index) => void nodes[index]?.kill(),
    start: async (index) => nodes[index]?.start(),
    close: async () => {
      await Promise.all(nodes.map((node) => node.kill()))
      await redis?.stop()
    },
  }
}
