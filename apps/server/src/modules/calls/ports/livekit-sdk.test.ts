import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { connectLivekit } from './livekit-sdk.ts'

let server: Server | undefined
afterEach(() => void server?.close())

/** A media server that answers every call so. */
async function answering(status: number, code: string) {
  server = createServer(
    (_, reply) =>
      void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, msg: code })),
  )
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return connectLivekit({
    url: `ws://127.0.0.1:${port}`,
    apiKey: 'key',
    apiSecret: 'a-secret-of-at-least-thirty-two-letters',
  })
}

it('closing a room the server does not know is done', async () => {
  await expect((await answering(404, 'not_found')).closeRoom('r')).resolves.toBeUndefined()
})

it('removing somebody who is not there is done, and says so', async () => {
  await expect((await answering(404, 'not_found')).removeParticipant('r', 'i')).resolves.toBe(false)
  await expect((await answering(200, 'fine')).removeParticipant('r', 'i')).resolves.toBe(true)
})

it('any other failure is told, so that the job tries again', async () => {
  await expect((await answering(503, 'unavailable')).removeParticipant('r', 'i')).rejects.toThrow(/unavailable/)
  await expect((await answering(503, 'unavailable')).closeRoom('r')).rejects.toThrow(/unavailable/)
  await expect(
    connectLivekit({ url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' }).closeRoom('r'),
  ).rejects.toThrow()
})
