import type { FastifyInstance } from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anonymousActor } from '../access/actor.ts'
import { readConfig } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { wideLimits } from './rate-limits.ts'
import { createServer } from './server.ts'

let webDist: string
let app: FastifyInstance

beforeEach(async () => {
  webDist = mkdtempSync(join(tmpdir(), 'web-'))
  for (const [dir, file] of [
    ['citizen', 'index.html'],
    ['citizen', 'icon.txt'],
    ['staff', 'staff.html'],
  ] as const) {
    mkdirSync(join(webDist, dir), { recursive: true })
    writeFileSync(join(webDist, dir, file), file)
  }
  const config = readConfig({ LOG_LEVEL: 'silent', RATE_LIMITS: 'on' })
  app = await createServer({
    config,
    log: createLog(config),
    version: '0',
    webDist,
    transact: () => Promise.reject(new Error('no transaction')),
    readActor: async () => anonymousActor,
    limits: {
      // the cookie stands for a session: its smaller share is sooner used up
      sessionKey: (cookie) => /session=(\w+)/.exec(cookie)?.[1],
      countShared: async () => ({ count: 1, secondsLeft: 60 }),
    },
  })
})
afterEach(async () => {
  await app.close()
  rmSync(webDist, { recursive: true })
})

const ask = (url: string, session = 'a', language = 'vi') =>
  app.inject({ url, headers: { cookie: `session=${session}; moinha.language=${language}` } })

test('pages and unknown addresses count in the wide net, files do not', async () => {
  const pages = ['/', '/work', '/khong-co', '/api/khong-co']
  for (let at = 0; at < wideLimits.session; at++) await ask(pages[at % pages.length] ?? '/')
  for (const page of pages.slice(0, 3)) {
    const refused = await ask(page)
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([429, 'text/plain; charset=utf-8'])
    expect(refused.body).toMatch(/^Có quá nhiều lượt truy cập. Vui lòng thử lại sau \d+ giây.$/)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  }
  expect((await ask('/', 'a', 'en')).body).toContain('Please try again in')
  const unknown = await ask('/api/khong-co')
  expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([429, 'TOO_MANY_REQUESTS'])
  expect((await ask('/icon.txt')).statusCode).toBe(200)
  expect((await ask('/', 'b')).statusCode).toBe(200)
}, 60_000)
