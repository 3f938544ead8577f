import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { ReceivedSms } from './sms.ts'

const Message = z.object({ id: z.string(), to: z.string(), text: z.string() })
const kept = 200

/** A gateway on a real loopback socket that speaks the adapter's protocol and keeps what it got. */
export interface FakeSms {
  url: string
  /** Newest first. */
  received(): ReceivedSms[]
  /** The next `count` messages are refused with 503. */
  failNext(count: number): void
  close(): Promise<void>
}

export async function startFakeSms(clock: Clock): Promise<FakeSms> {
  const inbox: ReceivedSms[] = []
  let failures = 0
  const server = createServer((request, reply) => {
    if (failures > 0) {
      failures -= 1
      return void reply.writeHead(503).end()
    }
    take(request, reply, { inbox, clock }).catch(() => reply.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    received: () => [...inbox].reverse(),
    failNext: (count) => void (failures = count),
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

async function take(request: IncomingMessage, reply: ServerResponse, { inbox, clock }: { inbox: ReceivedSms[]; clock: Clock }): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const message = Message.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  if (!inbox.some((seen) => seen.id === message.id)) inbox.push({ ...message, at: clock.now().toISOString() })
  if (inbox.length > kept) inbox.shift()
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ reference: `fake-${message.id}` }))
}
