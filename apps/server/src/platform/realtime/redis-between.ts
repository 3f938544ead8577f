import { createAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import type { Log } from '../log/log.ts'

/** A Redis that falls silent is dialled anew. */
const pingMs = 5_000
/** What waits while Redis is away; signals of a call are worthless later. */
const waitingCommands = 2_000
/** How long one reading waits for news; also how long a process may take to end. */
const blockMs = 1_000

export interface RedisBetween {
  adapter: ReturnType<typeof createAdapter>
  close(): void
}

/**
 * The way between the processes: what one says to a room reaches the pages of all. Comes back by itself when Redis was
 * away.
 */
export async function connectRedis(url: string, log: Log): Promise<RedisBetween> {
  const client = createClient({
    url,
    commandsQueueMaxLength: waitingCommands,
    pingInterval: pingMs,
    socket: { connectTimeout: pingMs, socketTimeout: 3 * pingMs },
  })
  let away = false
  client.on('error', (error) => {
    if (!away)
      log.warn({ reason: String(error) }, 'redis connection lost, reconnecting; calls do not reach across meanwhile')
    away = true
  })
  client.on('ready', () => {
    if (away) log.info('redis is back')
    away = false
  })
  await client.connect()
  neverReject(client)
  return { adapter: createAdapter(client, { blockTimeInMs: blockMs }), close: () => client.destroy() }
}

/** The adapter publishes without listening for the outcome: a refusal nobody handles would end the process. */
function neverReject(client: { publish(channel: string, message: Buffer): Promise<number> }): void {
  const publish = client.publish.bind(client)
  client.publish = (channel, message) => publish(channel, message).catch(() => 0)
}
