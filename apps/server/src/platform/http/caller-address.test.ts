import { expect, test } from 'vitest'
import { anonymousActor } from '../access/actor.ts'
import { readConfig, type Config } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { createServer } from './server.ts'

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/x',
  APP_DATABASE_URL: 'postgres://localhost/x',
  AUTH_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  AUDIT_SIGNING_KEY: 'unused',
  PUBLIC_URL: 'http://localhost',
  TRUST_PROXY: '1',
  LOG_LEVEL: 'silent',
  RATE_LIMITS: 'off',
}

/** The address a server takes for the caller's. */
async function addressSeen(config: Config, forwardedFor: string): Promise<string> {
  const server = await createServer({
    config,
    log: createLog(config),
    version: '0',
    webDist: '/nowhere',
    transact: () => Promise.reject(new Error('no transaction')),
    readActor: async () => anonymousActor,
  })
  server.get('/address', { config: { access: 'public' } }, async (request) => request.ip)
  const { body } = await server.inject({
    method: 'GET',
    url: '/address',
    remoteAddress: '10.0.0.2',
    headers: { host: 'localhost', 'x-forwarded-for': forwardedFor },
  })
  await server.close()
  return body
}

test('behind one proxy the address is the one the proxy saw, not the one the caller names', async () => {
  expect(await addressSeen(readConfig(production), '1.1.1.1, 203.0.113.7')).toBe('203.0.113.7')
})

test('behind two, the inner one is believed about the outer one and no further', async () => {
  expect(await addressSeen(readConfig({ ...production, TRUST_PROXY: '2' }), '1.1.1.1, 203.0.113.7, 10.0.0.3')).toBe(
    '203.0.113.7',
  )
})

test('without a proxy nobody’s word is taken', async () => {
  expect(await addressSeen(readConfig({ ...production, TRUST_PROXY: '0' }), '1.1.1.1')).toBe('10.0.0.2')
  expect(await addressSeen(readConfig({ LOG_LEVEL: 'silent', RATE_LIMITS: 'off' }), '1.1.1.1')).toBe('10.0.0.2')
})
