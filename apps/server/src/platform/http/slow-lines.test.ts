import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'

// Real sockets that are in no hurry: one that never finishes must not be waited for.

let bed: TestBed
let port: number
beforeAll(async () => {
  bed = await openTestBed({ config: { REQUEST_SECONDS: 2, HEADERS_SECONDS: 1 } })
  await bed.app.listen({ host: '127.0.0.1', port: 0 })
  port = (bed.app.server.address() as AddressInfo).port
}, 120_000)
afterAll(() => bed.close())

const head = (length: number) =>
  `POST /api/identity/sign-in HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Moinha: 1\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`

/** What a line gets that sends one piece, then a byte now and then; until the server ends it. */
function drip(first: string, drop: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const line: Socket = connect(port, '127.0.0.1', () => void line.write(first))
    const timer = setInterval(() => void (line.writable && line.write(drop)), 200)
    line.setEncoding('utf8')
    line.on('data', (text: string) => void (heard += text))
    line.on('error', () => {})
    line.on('close', () => {
      clearInterval(timer)
      resolve(heard)
    })
  })
}

describe('a line that is in no hurry', () => {
  test('with headers that never end is closed with its reason', async () => {
    const heard = await drip(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`, 'X-A: b\r\n')
    expect(heard).toMatch(/^HTTP\/1\.1 408 /)
    expect(heard).toContain('"code":"REQUEST_TIMEOUT"')
  })

  test('with a body that never ends, too, and the others are served meanwhile', async () => {
    const lines = Array.from({ length: 100 }, () => drip(`${head(200)}{"username":"`, 'x'))
    const answer = await fetch(`http://127.0.0.1:${port}/health`)
    expect(answer.status).toBe(200)
    const heard = await Promise.all(lines)
    expect(heard.filter((text) => text.startsWith('HTTP/1.1 408 '))).toHaveLength(100)
  })

  test('that says nothing at all is closed', async () => {
    expect(await drip('', '')).toMatch(/^$|^HTTP\/1\.1 408 /)
  })

  test('that speaks no HTTP gets a problem in our own words', async () => {
    const heard = await drip('HELLO\r\n\r\n', '')
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
    expect(heard).toContain('"code":"INVALID_INPUT"')
    const long = await drip(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-A: ${'b'.repeat(20_000)}\r\n\r\n`, '')
    expect(long).toMatch(/^HTTP\/1\.1 431 /)
  })
})
