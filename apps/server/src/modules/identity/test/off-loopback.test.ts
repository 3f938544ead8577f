import { sendOtp, signIn } from '@moinha/contracts/identity'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { castStaffMember } from '../domain/demo-cast.ts'
import { otpSendLimits } from '../domain/throttle-rules.ts'
import { cookiesNeedTls, identityParts } from '../identity-parts.ts'
import { readSecret } from '../../../platform/config/secret.ts'
import { demoPassword } from '../seed.ts'
import { refuseDemoAccounts } from '../store/demo-accounts.ts'
import { throttleKey } from '../store/throttle.ts'

let bed: TestBed
beforeAll(
  async () =>
    void (bed = await openTestBed({ config: { loopback: false, HOST: '0.0.0.0', DEMO: false, RATE_LIMITS: 'on' } })),
)
afterAll(() => bed.close())

test('off loopback every cookie goes over TLS only', async () => {
  const { headers } = await bed
    .anonymous()
    .try(signIn, { body: { username: castStaffMember('officer').username, password: demoPassword } })
  const cookies = [headers['set-cookie']].flat().map(String)
  expect(cookies.length).toBeGreaterThan(0)
  expect(
    cookies.every((cookie) => /; Secure/i.test(cookie) && /HttpOnly/i.test(cookie) && /SameSite=Lax/i.test(cookie)),
  ).toBe(true)
})

test('production on loopback stands behind a TLS proxy', () => {
  expect(cookiesNeedTls({ production: true, loopback: true, PUBLIC_URL: undefined })).toBe(true)
  expect(cookiesNeedTls({ production: false, loopback: true, PUBLIC_URL: 'https://moinha.example' })).toBe(true)
  expect(cookiesNeedTls({ production: false, loopback: true, PUBLIC_URL: undefined })).toBe(false)
})

test('one address cannot ask for codes of ever new phones', async () => {
  const { limit } = otpSendLimits.network
  await bed.owner.query('insert into identity.throttle (key, window_started_at, count) values ($1, now(), $2)', [
    throttleKey('otp-send-from', '127.0.0.1'),
    limit,
  ])
  expect((await bed.anonymous().try(sendOtp, { body: { phone: '0912999888' } })).problem?.code).toBe(
    'OTP_SENT_TOO_OFTEN',
  )
})

test('production refuses a database with the demo’s accounts', async () => {
  await expect(refuseDemoAccounts(identityParts(bed.platform.db).db)).rejects.toThrow(/demo accounts/)
})

test('the secret is made once, for its owner alone; production must bring its own', () => {
  const dir = mkdtempSync(join(tmpdir(), 'moinha-secret-'))
  try {
    const secret = readSecret({ AUTH_SECRET: undefined, DATA_DIR: dir, production: false })
    expect(secret.length).toBeGreaterThan(40)
    expect(readSecret({ AUTH_SECRET: undefined, DATA_DIR: dir, production: false })).toBe(secret)
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe(secret)
    expect(() => readSecret({ AUTH_SECRET: undefined, DATA_DIR: dir, production: true })).toThrow(/AUTH_SECRET/)
  } finally {
    rmSync(dir, { recursive: true })
  }
})
