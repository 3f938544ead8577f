import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../platform/clock/clock.ts'

/** A signing service on a real loopback socket, for tests: what it does with the next orders is told beforehand. */
export interface FakeSigning {
  url: string
  /** Orders that arrived, by id; a repeated one counts again. */
  asked: Map<string, number>
  /** When each was signed, by id; may be set beforehand. */
  signedAt: Map<string, string>
  /** How the service behaves from now on. `lost`: it signs, but its answer never arrives. */
  behave(how: 'signs' | 'waits' | 'declines' | 'fails' | 'lost'): void
  /** Runs before each answer, e.g. to look at what holds a lock meanwhile. */
  onOrder(look: () => Promise<void>): void
  close(): Promise<void>
}

export async function startFakeSigning(clock: Clock): Promise<FakeSigning> {
  const asked = new Map<string, number>()
  const signedAt = new Map<string, string>()
  let how = 'signs'
  let look = async () => {}
  const server = createServer((request, reply) => {
    void (async () => {
      const id = request.url?.split('/').at(-1) ?? ''
      const { digest } = JSON.parse(await textOf(request)) as { digest: string }
      asked.set(id, (asked.get(id) ?? 0) + 1)
      await look()
      if (how === 'signs' || how === 'lost') signedAt.set(id, signedAt.get(id) ?? clock.now().toISOString())
      if (how === 'lost') return void request.socket.destroy()
      if (how === 'fails') return void reply.writeHead(503).end()
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(id, digest)))
    })()
  })
  const answer = (id: string, digest: string) => {
    const at = signedAt.get(id)
    if (at) return { state: 'signed', method: 'csc', signedAt: at, proof: { signature: `fake:${digest}` } }
    return how === 'declines' ? { state: 'declined', reason: 'SIGNER_DECLINED' } : { state: 'waiting' }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    signedAt,
    behave: (next) => void (how = next),
    onOrder: (next) => void (look = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
