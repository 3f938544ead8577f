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
  /** Calls back for each message that came in here. */
  onReceived(listener: (message: ReceivedSms) => void): void
  /** Takes over a message that came in at another process. */
  add(message: ReceivedSms): void
  /** The next `count` messages are refused with 503. */
  failNext(count: number): void
  close(): Promise<void>
}

export async function startFakeSms(clock: Clock): Promise<FakeSms> {
  const inbox: ReceivedSms[] = []
  const listeners: ((message: ReceivedSms) => void)[] = []
  const add = (message: ReceivedSms) => {
    if (inbox.some((seen) => seen.id === message.id)) return
    inbox.push(message)
    if (inbox.length > kept) inbox.shift()
  }
  let failures = 0
  const server = createServer((request, reply) => {
    if (failures > 0) {
      failures -= 1
      return void reply.writeHead(503).end()
    }
    const keep = (message: ReceivedSms) => {
      add(message)
      for (const listener of listeners) listener(message)
    }
    take(request, reply, { keep, clock }).catch(() => reply.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    received: () => [...inbox].reverse(),
    onReceived: (listener) => void listeners.push(listener),
    add,
    failNext: (count) => void (failures = count),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Taking {
  keep(message: ReceivedSms): void
  clock: Clock
}

async function take(request: IncomingMessage, reply: ServerResponse, { keep, clock }: Taking): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const message = Message.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  keep({ ...message, at: clock.now().toISOString() })
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ reference: `fake-${message.id}` }))
}
