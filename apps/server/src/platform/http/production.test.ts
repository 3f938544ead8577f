import { anonymousActor } from '../access/actor.ts'
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig, type Config } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { openMetrics } from './metrics.ts'
import { createServer } from './server.ts'

const env = {
  NODE_ENV: 'production',
  HOST: '0.0.0.0',
  DATABASE_URL: 'postgres://localhost/x',
  APP_DATABASE_URL: 'postgres://localhost/x',
  AUTH_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  PUBLIC_URL: 'https://moinha.example',
  TRUST_PROXY: '1',
  AUDIT_SIGNING_KEY: 'unused',
  LOG_LEVEL: 'warn',
  RATE_LIMITS: 'off',
}

let server: FastifyInstance | undefined
afterEach(() => server?.close())

/** A server of that configuration with one page, and what it logs. */
async function open(config: Config): Promise<{ app: FastifyInstance; log: string[] }> {
  const lines: string[] = []
  const log = createLog(config, { write: (line: string) => void lines.push(line) })
  const transact = () => Promise.reject(new Error('no transaction'))
  const readActor = async () => anonymousActor
  const app = await createServer({ config, log, version: '0', webDist: '/nowhere', transact, readActor })
  app.get('/page', { config: { access: 'public' } }, async () => 'page')
  app.get('/health', { config: { access: 'public' } }, async () => 'ok')
  server = app
  return { app, log: lines }
}

const ask = async (app: FastifyInstance, headers: Record<string, string>, url = '/page') => {
  const { statusCode, body } = await app.inject({ url, headers })
  return statusCode === 200 ? 200 : [statusCode, (JSON.parse(body) as { code: string }).code]
}
const unknown = [421, 'HOST_UNKNOWN']

describe('production is not started by guess', () => {
  test.each(['PUBLIC_URL', 'TRUST_PROXY', 'AUTH_SECRET', 'DATABASE_URL', 'APP_DATABASE_URL'])(
    '%s must be said',
    (name) => {
      expect(() => readConfig(env)).not.toThrow()
      expect(() => readConfig({ ...env, [name]: undefined })).toThrow(name)
    },
  )

  test('a demo that others could reach is refused in both languages', () => {
    const open = () => readConfig({ DEMO: '1', HOST: '0.0.0.0' })
    expect(open).toThrow(/chỉ mở trên chính máy này.* · DEMO=1 listens on loopback only/)
  })
})

describe('only the public name is answered', () => {
  test('in production', async () => {
    const { app } = await open(readConfig(env))
    expect(await ask(app, { host: 'moinha.example' })).toBe(200)
    expect(await ask(app, { host: 'MoiNha.example' })).toBe(200)
    for (const host of [
      'evil.example',
      'moinha.example.evil.example',
      'moinha.example:8443',
      '127.0.0.1:3000',
      'localhost',
    ]) {
      expect(await ask(app, { host })).toEqual(unknown)
    }
    expect(await ask(app, { host: '10.0.0.5' }, '/health')).toBe(200)
  })

  test('a proxy may say it, when there is one', async () => {
    const { app } = await open(readConfig(env))
    expect(await ask(app, { host: 'inner:3000', 'x-forwarded-host': 'moinha.example' })).toBe(200)
    expect(await ask(app, { host: 'moinha.example', 'x-forwarded-host': 'evil.example' })).toEqual(unknown)
    expect(await ask(app, { host: 'inner', 'x-forwarded-host': 'evil.example, moinha.example' })).toEqual(unknown)
    for (const host of ['moinha.example', 'app', '10.0.0.5:3000', '[fd00::1]:3000', 'app.clinic.svc.cluster.local']) {
      expect(await ask(app, { host, 'x-forwarded-host': 'moinha.example' })).toBe(200)
    }
    // passed on from the browser by a proxy that writes no such header itself
    for (const host of ['evil.example', 'local.evil.example', 'evil.example:3000']) {
      expect(await ask(app, { host, 'x-forwarded-host': 'moinha.example' })).toEqual(unknown)
    }
    expect(await ask(app, { host: 'evil.example' })).toEqual(unknown)
    expect(await ask(app, { host: 'moinha.example' })).toBe(200)
    await server?.close()
    const alone = await open(readConfig({ ...env, TRUST_PROXY: '0' }))
    expect(await ask(alone.app, { host: 'inner:3000', 'x-forwarded-host': 'moinha.example' })).toEqual(unknown)
  })

  test('a demo on loopback answers to loopback names, so that no page points its own name at it', async () => {
    const { app } = await open(readConfig({ LOG_LEVEL: 'silent', RATE_LIMITS: 'off' }))
    for (const host of ['127.0.0.1:3000', 'localhost:3104', '[::1]:3000']) expect(await ask(app, { host })).toBe(200)
    expect(await ask(app, { host: 'evil.example' })).toEqual(unknown)
  })
})

describe('the content policy', () => {
  const policy = async (config: Config) => {
    const { app } = await open(config)
    const { headers } = await app.inject({
      url: '/page',
      headers: { host: config.PUBLIC_URL ? 'moinha.example' : 'localhost' },
    })
    return /connect-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1]
  }

  test('names no loopback in production, and the video server where there is one', async () => {
    expect(await policy(readConfig(env))).toBe("'self'")
    await server?.close()
    expect(await policy(readConfig({ ...env, LIVEKIT_URL: 'wss://video.example' }))).toBe("'self' wss://video.example")
  })

  test('lets a demo reach its own video server', async () => {
    expect(await policy(readConfig({ LOG_LEVEL: 'silent' }))).toContain('ws://127.0.0.1:*')
  })
})

describe('the figures', () => {
  test('have an address of their own in production, and none on the public one', async () => {
    const { app } = await open(readConfig({ ...env, METRICS_PORT: '0' }))
    expect(await ask(app, { host: 'moinha.example' }, '/metrics')).toEqual([404, 'NOT_FOUND'])
    const own = await openMetrics(app, { METRICS_HOST: '127.0.0.1', metricsPort: 0 })
    const { port, address } = own?.address() as AddressInfo
    expect(address).toBe('127.0.0.1')
    const figures = await fetch(`http://127.0.0.1:${port}/metrics`)
    expect([figures.status, await figures.text()]).toEqual([200, expect.stringContaining('http_request_seconds')])
    expect((await fetch(`http://127.0.0.1:${port}/api/openapi.json`)).status).toBe(404)
    own?.close()
    expect(readConfig(env)).toMatchObject({ METRICS_HOST: '127.0.0.1', metricsPort: 9464 })
  })

  test('stay beside the pages in a demo', async () => {
    const { app } = await open(readConfig({ LOG_LEVEL: 'silent' }))
    expect(await ask(app, { host: 'localhost' }, '/metrics')).toBe(200)
    expect(await openMetrics(app, readConfig({}))).toBeUndefined()
  })
})

describe('a wrong TRUST_PROXY is said once', () => {
  const host = 'moinha.example'
  const warnings = (log: string[]) => log.filter((line) => line.includes('TRUST_PROXY')).length

  test('when nothing in front sets the header', async () => {
    const { app, log } = await open(readConfig(env))
    for (let i = 0; i < 49; i++) await ask(app, { host })
    for (let i = 0; i < 60; i++) await ask(app, { host }, '/health')
    expect(warnings(log)).toBe(0)
    for (let i = 0; i < 60; i++) await ask(app, { host })
    expect(warnings(log)).toBe(1)
  })

  test('when it comes though no proxy was named, and never when all is well', async () => {
    const { app, log } = await open(readConfig({ ...env, TRUST_PROXY: '0' }))
    for (let i = 0; i < 3; i++) await ask(app, { host, 'x-forwarded-for': '203.0.113.7' })
    expect(warnings(log)).toBe(1)
    await server?.close()
    const well = await open(readConfig(env))
    for (let i = 0; i < 80; i++) await ask(well.app, { host, ...(i % 2 === 0 && { 'x-forwarded-for': '203.0.113.7' }) })
    expect(warnings(well.log)).toBe(0)
  })
})
