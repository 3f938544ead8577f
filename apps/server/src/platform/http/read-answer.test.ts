import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { readAnswer } from './read-answer.ts'

it('an answer without end is left off at the bound, and its connection is closed', async () => {
  let sent = 0
  const server = createServer((_, reply) => {
    const more = (): void => {
      while (!reply.destroyed && reply.write(Buffer.alloc(16_384))) sent += 16_384
    }
    reply.on('drain', more)
    more()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(fetch(url).then((reply) => readAnswer(reply, 100_000))).rejects.toThrow('more than 100000')
  // closing waits for all connections
  await new Promise<void>((resolve) => server.close(() => resolve()))
  expect(sent).toBeLessThan(32 * 1024 * 1024)
})

it('a whole answer arrives as it was sent, an empty one too', async () => {
  expect(String(await readAnswer(new Response('đủ'), 6))).toBe('đủ')
  expect(await readAnswer(new Response(null), 0)).toHaveLength(0)
})
