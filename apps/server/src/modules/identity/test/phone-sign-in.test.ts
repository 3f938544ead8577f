import { demoOutbox, me, sendOtp, signOut, verifyOtp } from '@moinha/contracts/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { identityParts } from '../identity-parts.ts'

let bed: TestBed
const clock = new FixedClock(new Date())
beforeAll(async () => void (bed = await openTestBed({ clock })))
afterAll(() => bed.close())

let serial = 0
const newPhone = () => `0912${String(300_000 + serial++)}`

/** Asks for a code, lets the job carry it over the socket and reads it where the demo shows it. */
async function codeFor(phone: string): Promise<string> {
  await bed.anonymous().call(sendOtp, { body: { phone } })
  await bed.runJobs()
  const { items } = await bed.anonymous().call(demoOutbox)
  const text = items.find((item) => item.to === `+84${phone.slice(1)}`)?.text ?? ''
  return /\d{6}/.exec(text)?.[0] ?? ''
}

const wrong = (code: string) => (code === '000000' ? '111111' : '000000')

test('a citizen signs in by the code of a text, and is known by name afterwards', async () => {
  const phone = newPhone()
  const code = await codeFor(phone)
  const client = bed.anonymous()
  expect(await client.call(verifyOtp, { body: { phone, code, fullName: 'Y Nghiệm' } })).toEqual({
    home: '/',
    nameMissing: false,
  })
  const own = await client.call(me)
  expect(own).toMatchObject({ person: { fullName: 'Y Nghiệm', kind: 'citizen' }, home: '/', language: 'vi' })
  expect(own.permissions).toContain('appointment.book')
  const outbox = await bed.owner.query('select state, body from identity.sms_outbox where to_phone = $1', [
    `+84${phone.slice(1)}`,
  ])
  expect(outbox.rows).toEqual([{ state: 'sent', body: null }])
})

test('a code works once', async () => {
  const phone = newPhone()
  const code = await codeFor(phone)
  await bed.anonymous().call(verifyOtp, { body: { phone, code } })
  expect((await bed.anonymous().try(verifyOtp, { body: { phone, code } })).problem?.code).toBe('OTP_EXPIRED')
})

test('the session cookie is closed to scripts and to other sites, and dies with the sign-out', async () => {
  const phone = newPhone()
  const client = bed.anonymous()
  const code = await codeFor(phone)
  const { headers } = await client.try(verifyOtp, { body: { phone, code } })
  const cookie = [headers['set-cookie']]
    .flat()
    .map(String)
    .find((line) => line.startsWith('moinha.session='))
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Path=\//)
  expect(cookie).not.toMatch(/Secure/i) // loopback speaks plain HTTP
  const stolen = client.cookies.get('moinha.session') ?? ''
  await client.call(signOut)
  client.cookies.set('moinha.session', stolen)
  expect((await client.call(me)).person).toBeNull()
})

test('a forged cookie is nobody', async () => {
  const client = bed.anonymous()
  client.cookies.set('moinha.session', encodeURIComponent('sometoken.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='))
  expect((await client.call(me)).person).toBeNull()
})

test('at the tenth wrong code this source waits, even with a right code; then it opens again', async () => {
  const phone = newPhone()
  const code = await codeFor(phone)
  const codes: (string | undefined)[] = []
  for (let index = 0; index < 10; index += 1)
    codes.push((await bed.anonymous().try(verifyOtp, { body: { phone, code: wrong(code) } })).problem?.code)
  expect(codes.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'OTP_WRONG'))
  expect(codes[9]).toBe('OTP_TOO_MANY_TRIES')
  const right = await bed.anonymous().try(verifyOtp, { body: { phone, code } })
  expect(right.status).toBe(429)
  expect(right.problem?.params?.['retryAfterSeconds']).toBeGreaterThan(800)
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(800)
  expect((await bed.anonymous().try(sendOtp, { body: { phone } })).problem?.code).toBe('OTP_TOO_MANY_TRIES')
  clock.advanceMs(901_000)
  const fresh = await codeFor(phone)
  expect((await bed.anonymous().try(verifyOtp, { body: { phone, code: fresh } })).status).toBe(200)
})

test('thirty wrong codes at once get ten tries, like thirty in a row', async () => {
  const phone = newPhone()
  const code = await codeFor(phone)
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => bed.anonymous().try(verifyOtp, { body: { phone, code: wrong(code) } })),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(0)
  expect(answers.filter((answer) => answer.problem?.code === 'OTP_TOO_MANY_TRIES').length).toBeGreaterThanOrEqual(20)
  expect((await bed.anonymous().try(verifyOtp, { body: { phone, code } })).status).toBe(429)
})

test('a text is not sent again at once, nor six times in a quarter of an hour', async () => {
  const phone = newPhone()
  const send = () => bed.anonymous().try(sendOtp, { body: { phone } })
  expect((await send()).status).toBe(200)
  const tooSoon = await send()
  expect(tooSoon.problem).toMatchObject({ code: 'OTP_SENT_TOO_OFTEN', status: 429, params: { retryAfterSeconds: 30 } })
  for (let index = 0; index < 4; index += 1) {
    clock.advanceMs(31_000)
    expect((await send()).status).toBe(200)
  }
  clock.advanceMs(31_000)
  expect((await send()).problem?.code).toBe('OTP_SENT_TOO_OFTEN')
})

test('known and unknown phones get the same answer', async () => {
  const known = await bed.anonymous().call(sendOtp, { body: { phone: '0590000001' } })
  const unknown = await bed.anonymous().call(sendOtp, { body: { phone: newPhone() } })
  expect(known).toEqual(unknown)
})

test('a gateway that is down keeps the text queued, and the next run brings it', async () => {
  const phone = newPhone()
  const fake = await identityParts(bed.platform.db).fakeSms
  await bed.runJobs()
  fake?.failNext(1)
  await bed.anonymous().call(sendOtp, { body: { phone } })
  await bed.runJobs()
  const state = async () =>
    (
      await bed.owner.query<{ state: string; tries: number }>(
        'select state, tries from identity.sms_outbox where to_phone = $1',
        [`+84${phone.slice(1)}`],
      )
    ).rows[0]
  expect(await state()).toMatchObject({ state: 'queued', tries: 1 })
  // the queue may still be writing the failure down when the run ends
  const again = async () => bed.runJobs(60).then(state)
  await expect.poll(again, { timeout: 10_000 }).toMatchObject({ state: 'sent', tries: 2 })
})

test('sign-ins, also refused ones, are on record without phone or code', async () => {
  const { rows } = await bed.owner.query<{ method: string; outcome: string }>(
    'select distinct method, outcome from identity.sign_in_event',
  )
  expect(rows).toEqual(
    expect.arrayContaining([
      { method: 'otp', outcome: 'done' },
      { method: 'otp', outcome: 'INVALID_OTP' },
    ]),
  )
  const audit = await bed.owner.query<{ line: string }>(
    "select detail::text as line from audit.entry where action = 'identity.signIn'",
  )
  expect(audit.rows.length).toBeGreaterThan(5)
  expect(audit.rows.every((row) => !/\d{6}/.test(row.line))).toBe(true)
})
