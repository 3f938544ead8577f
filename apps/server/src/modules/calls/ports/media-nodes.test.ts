import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { MediaNodes } from './media-nodes.ts'

let server: Server | undefined
let nodes: MediaNodes | undefined
afterEach(() => {
  nodes?.stop()
  server?.closeAllConnections()
  server?.close()
})

/** A media server that answers so, and the house that looks at it. */
async function lookedAt(answer: (reply: ServerResponse) => void) {
  server = createServer((_, reply) => answer(reply))
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const keys = { apiKey: 'key', apiSecret: 'a-secret-of-at-least-thirty-two-letters' }
  nodes = MediaNodes.named([{ url: `ws://127.0.0.1:${port}`, ...keys }])
  const gone = vi.fn<(url: string) => void>()
  nodes.onGone(gone)
  nodes.watch()
  return { nodes, gone, port }
}

test('one that does not listen any more is gone within two seconds, told once, and seen when it is back', async () => {
  const { nodes, gone, port } = await lookedAt((reply) => void reply.writeHead(404).end())
  await new Promise((done) => setTimeout(done, 300))
  expect(nodes.state()).toBe('up')
  const began = Date.now()
  server?.closeAllConnections()
  server?.close()
  await vi.waitFor(() => expect(nodes.state()).toBe('returning'), { timeout: 3_000 })
  expect(Date.now() - began).toBeLessThan(2_000)
  server = createServer((_, reply) => void reply.end()).listen(port, '127.0.0.1')
  await vi.waitFor(() => expect(nodes.state()).toBe('up'), { timeout: 3_000 })
  expect(gone).toHaveBeenCalledExactlyOnceWith(`ws://127.0.0.1:${port}`)
})

test('a busy one that is late twice lives; one behind a proxy that reaches it no more is gone', async () => {
  let late = 2
  let status = 401
  const { nodes, gone } = await lookedAt((reply) => {
    setTimeout(() => void reply.writeHead(status).end(), late-- > 0 ? 1_500 : 0)
  })
  await new Promise((done) => setTimeout(done, 3_200))
  expect([nodes.state(), gone.mock.calls.length]).toEqual(['up', 0])
  status = 502
  await vi.waitFor(() => expect(gone).toHaveBeenCalled(), { timeout: 3_000 })
}, 10_000)
