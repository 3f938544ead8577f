import { changePassword, demoOutbox, me, sendOtp, signIn, verifyOtp, verifyTotp } from '@moinha/contracts/identity'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../../app.ts'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember } from '../domain/demo-cast.ts'
import { networkOf } from '../domain/caller.ts'
import { otpSendLimits, passwordLimits } from '../domain/throttle-rules.ts'
import { demoPassword } from '../seed.ts'
import { enrolled, totpCode } from './totp-code.ts'

// Limits hold strangers; they never keep the rightful person out.

let bed: TestBed
const clock = new FixedClock(new Date())
beforeAll(async () => void (bed = await openTestBed({ clock, config: { RATE_LIMITS: 'on' } })))
afterAll(() => bed.close())

/** A browser at another address. */
function at(address: string, app = bed.app): TestClient {
  const client = new TestClient(app)
  const send = client.send.bind(client)
  client.send = (options) => send({ ...options, remoteAddress: address })
  return client
}

const doctor = { username: castStaffMember('stationDoctor').username, password: demoPassword }
const wrong = { ...doctor, password: 'nope' }
let serial = 0
const newPhone = () => `0912${String(700_000 + (serial += 1))}`

async function codeOf(phone: string): Promise<string> {
  await bed.runJobs()
  const { items } = await bed.anonymous().call(demoOutbox)
  return /\d{6}/.exec(items.find((item) => item.to === `+84${phone.slice(1)}`)?.text ?? '')?.[0] ?? ''
}

async function signInByPhone(client: TestClient, phone: string): Promise<void> {
  await client.call(sendOtp, { body: { phone } })
  await client.call(verifyOtp, { body: { phone, code: await codeOf(phone), fullName: 'Y Thử' } })
}

describe('passwords', () => {
  test('a stranger who hammers is blocked themselves, not to the doctor', async () => {
    const own = at('10.1.0.1')
    await own.call(signIn, { body: doctor })
    const stranger = at('10.6.6.6')
    const codes: (string | undefined)[] = []
    for (let index = 0; index < 12; index += 1) codes.push((await stranger.try(signIn, { body: wrong })).problem?.code)
    expect(codes.slice(-2)).toEqual(['SIGN_IN_TOO_MANY_TRIES', 'SIGN_IN_TOO_MANY_TRIES'])
    // the browser known to the account, even from the stranger's own address, and a new browser elsewhere
    const behindSame = at('10.6.6.6')
    for (const [name, value] of own.cookies) if (name === 'moinha.device') behindSame.cookies.set(name, value)
    expect((await behindSame.try(signIn, { body: doctor })).status).toBe(200)
    expect((await at('10.2.0.1').try(signIn, { body: doctor })).status).toBe(200)
  })

  test('many strangers together close it to strangers, and the known browser still opens it', async () => {
    clock.advanceMs(901_000)
    const own = at('10.1.0.1')
    await own.call(signIn, { body: doctor })
    let last: string | undefined
    for (let index = 0; index <= passwordLimits.strangers.limit; index += 1)
      last = (await at(`10.7.${index}.1`).try(signIn, { body: wrong })).problem?.code
    expect(last).toBe('SIGN_IN_TOO_MANY_TRIES')
    expect((await own.try(signIn, { body: doctor })).status).toBe(200)
    clock.advanceMs(901_000)
    expect((await at('10.8.0.1').try(signIn, { body: doctor })).status).toBe(200)
  }, 60_000)

  test('a known browser guesses no more than a stranger does; a mark that is not ours or another account’s is none', async () => {
    const own = at('10.1.0.2')
    const officer = { username: castStaffMember('officer').username, password: demoPassword }
    await own.call(signIn, { body: officer })
    for (let index = 0; index < passwordLimits.own.limit; index += 1)
      await own.try(signIn, { body: { ...officer, password: 'nope' } })
    expect((await own.try(signIn, { body: officer })).problem?.code).toBe('SIGN_IN_TOO_MANY_TRIES')
    const forged = at('10.6.6.7')
    forged.cookies.set('moinha.device', encodeURIComponent('x.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='))
    for (let index = 0; index < passwordLimits.own.limit; index += 1) await forged.try(signIn, { body: wrong })
    expect((await forged.try(signIn, { body: doctor })).problem?.code).toBe('SIGN_IN_TOO_MANY_TRIES')
  })

  test('who holds the password and guesses codes does not lock the second step of its owner', async () => {
    clock.advanceMs(901_000)
    const { client: own, secret } = await enrolled(at('10.1.0.3'), 'dutyLead')
    const credentials = { username: castStaffMember('dutyLead').username, password: demoPassword }
    const thief = at('10.6.6.8')
    let last: string | undefined
    for (let index = 0; index < 14; index += 1) {
      if (index % 4 === 0) await thief.try(signIn, { body: credentials })
      last = (await thief.try(verifyTotp, { body: { code: '000000' } })).problem?.code
    }
    expect(last).toBe('SIGN_IN_TOO_MANY_TRIES')
    expect((await own.call(signIn, { body: credentials })).next).toBe('totp')
    expect((await own.try(verifyTotp, { body: { code: totpCode(secret) } })).status).toBe(200)
  })
})

describe('codes by text', () => {
  test('a stranger who asks and guesses for my phone keeps neither my known browser nor my own code from me', async () => {
    const phone = newPhone()
    const own = at('10.1.0.4')
    await signInByPhone(own, phone)
    clock.advanceMs(31_000)
    await own.call(sendOtp, { body: { phone } })
    const code = await codeOf(phone)
    // asks until the phone's share for strangers is used up, and guesses until nobody new may
    for (let index = 0; index <= otpSendLimits.strangers.limit; index += 1)
      await at(`10.9.${index}.1`).try(sendOtp, { body: { phone } })
    for (let index = 0; index <= 20; index += 1)
      await at(`10.9.${index}.2`).try(verifyOtp, { body: { phone, code: code === '000000' ? '111111' : '000000' } })
    expect((await at('10.9.99.1').try(sendOtp, { body: { phone } })).problem?.code).toBe('OTP_SENT_TOO_OFTEN')
    expect((await at('10.9.99.1').try(verifyOtp, { body: { phone, code: '123456' } })).problem?.code).toBe(
      'OTP_TOO_MANY_TRIES',
    )
    // my own code still lives, and I may ask for another
    expect((await own.try(verifyOtp, { body: { phone, code } })).status).toBe(200)
    clock.advanceMs(31_000)
    expect((await own.try(sendOtp, { body: { phone } })).status).toBe(200)
  }, 60_000)

  test('300 phones behind one carrier address sign in within a minute', async () => {
    const phones = Array.from({ length: 300 }, newPhone)
    const address = '10.20.0.1'
    for (const phone of phones) expect((await at(address).try(sendOtp, { body: { phone } })).problem).toBeUndefined()
    // the texts' way is another test's: here the codes are read where they wait
    const { rows } = await bed.owner.query<{ to_phone: string; body: string }>(
      "select to_phone, body from identity.sms_outbox where state = 'queued'",
    )
    const codes = new Map(rows.map((row) => [row.to_phone, /\d{6}/.exec(row.body)?.[0] ?? '']))
    const answers: number[] = []
    for (const phone of phones)
      answers.push(
        (await at(address).try(verifyOtp, { body: { phone, code: codes.get(`+84${phone.slice(1)}`) ?? '' } })).status,
      )
    expect(answers.filter((status) => status !== 200)).toEqual([])
  }, 120_000)
})

describe('two processes on one database', () => {
  test('share every count that guards a sign-in', async () => {
    const { config, log } = bed.platform
    const second = await createApp({ config, clock, log, ...bed.urls })
    await second.app.ready()
    try {
      const username = castStaffMember('foreignNurse').username
      for (let index = 0; index < passwordLimits.own.limit; index += 1) {
        await at('10.6.6.9', index % 2 ? second.app : bed.app).try(signIn, { body: { username, password: 'nope' } })
      }
      expect(
        (await at('10.6.6.9', second.app).try(signIn, { body: { username, password: demoPassword } })).problem?.code,
      ).toBe('SIGN_IN_TOO_MANY_TRIES')
      // the narrow limit of a route: twenty a minute and account, whichever process answers
      const client = await bed.as('districtSpecialist')
      const elsewhere = at('10.1.0.9', second.app)
      for (const [name, value] of client.cookies) elsewhere.cookies.set(name, value)
      const statuses: number[] = []
      for (let index = 0; index < 22; index += 1) {
        statuses.push(
          (
            await (index % 2 ? client : elsewhere).try(changePassword, {
              body: { current: 'nope', next: 'something-long-enough' },
            })
          ).status,
        )
      }
      expect(statuses.filter((status) => status === 429)).toHaveLength(2)
      expect((await client.call(me)).person).not.toBeNull()
    } finally {
      await second.close()
    }
  }, 60_000)
})

test('a network is a whole IPv4 address or the half of an IPv6 one', () => {
  expect(
    ['10.0.0.1', '::ffff:10.0.0.1', '2001:db8:1:2:3:4:5:6', '2001:0db8:1:2::9', '::1', 'fe80::1%eth0'].map(networkOf),
  ).toEqual(['10.0.0.1', '10.0.0.1', '2001:db8:1:2', '2001:db8:1:2', '0:0:0:0', 'fe80:0:0:0'])
})
