import {
  changePassword,
  confirmTotp,
  demoCast,
  demoEnter,
  demoOutbox,
  endSession,
  listSessions,
  me,
  signIn,
  startTotp,
  updateMe,
  verifyTotp,
} from '@moinha/contracts/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { castStaffMember } from '../domain/demo-cast.ts'
import { demoPassword } from '../seed.ts'
import { totpCode } from './totp-code.ts'

let bed: TestBed
beforeAll(async () => void (bed = await openTestBed()))
afterAll(() => bed.close())

const nameOf = (key: Parameters<typeof castStaffMember>[0]) => castStaffMember(key).username

test('staff sign in by password and find their practitioner role and permissions', async () => {
  const client = bed.anonymous()
  expect(
    await client.call(signIn, { body: { username: nameOf('nurse').toUpperCase(), password: demoPassword } }),
  ).toEqual({ next: 'done', home: '/work' })
  const own = await client.call(me)
  expect(own).toMatchObject({
    person: { kind: 'staff', fullName: 'Nàng Phương' },
    home: '/work',
    pending: [],
    demo: true,
  })
  expect(own.practitionerRoles).toEqual([expect.objectContaining({ role: 'station_nurse', title: 'điều dưỡng' })])
  expect(own.permissions).toContain('consult.request')
  expect(own.permissions).not.toContain('staff.manage')
})

test('a wrong password and a wrong name look the same; ten of them block for a while', async () => {
  const attempt = (username: string, password: string) => bed.anonymous().try(signIn, { body: { username, password } })
  const [wrongPassword, wrongName] = [
    await attempt(nameOf('foreignNurse'), 'nope'),
    await attempt('nobody.here', 'nope'),
  ]
  expect({ ...wrongPassword.problem, requestId: '' }).toEqual({ ...wrongName.problem, requestId: '' })
  expect(wrongPassword.status).toBe(401)
  for (let index = 0; index < 9; index += 1) await attempt(nameOf('foreignNurse'), 'nope')
  const right = await attempt(nameOf('foreignNurse'), demoPassword)
  expect(right.problem?.code).toBe('SIGN_IN_TOO_MANY_TRIES')
  expect(right.problem?.params?.['retryAfterSeconds']).toBeGreaterThan(800)
})

test('an enrolled authenticator is asked for at the next sign-in; the password alone opens nothing', async () => {
  const client = await bed.as('dutyLead')
  expect((await client.try(startTotp, { body: { password: 'nope' } })).problem?.code).toBe('PASSWORD_WRONG')
  const { uri, secret, backupCodes } = await client.call(startTotp, { body: { password: demoPassword } })
  expect(decodeURIComponent(uri)).toContain(`Mọi Nhà:${nameOf('dutyLead')}`)
  expect(backupCodes.length).toBeGreaterThan(5)
  expect((await client.try(confirmTotp, { body: { code: '000000' } })).problem?.code).toBe('TOTP_WRONG')
  await client.call(confirmTotp, { body: { code: totpCode(secret) } })
  expect((await client.call(me)).person).not.toBeNull()

  const next = bed.anonymous()
  expect((await next.call(signIn, { body: { username: nameOf('dutyLead'), password: demoPassword } })).next).toBe(
    'totp',
  )
  expect((await next.call(me)).person).toBeNull()
  expect((await next.try(verifyTotp, { body: { code: '000000' } })).problem?.code).toBe('TOTP_WRONG')
  expect(await next.call(verifyTotp, { body: { code: totpCode(secret) } })).toEqual({ home: '/work' })
  expect((await next.call(me)).person?.kind).toBe('staff')
  expect((await bed.anonymous().try(verifyTotp, { body: { code: totpCode(secret) } })).problem?.code).toBe(
    'TOTP_STEP_EXPIRED',
  )
})

test('a spare code opens the account once, where the phone with the app is lost', async () => {
  const client = await bed.as('provincialSpecialist')
  const { secret, backupCodes } = await client.call(startTotp, { body: { password: demoPassword } })
  await client.call(confirmTotp, { body: { code: totpCode(secret) } })
  const [spare = '', other = ''] = backupCodes
  const step = async () => {
    const at = bed.anonymous()
    await at.call(signIn, { body: { username: nameOf('provincialSpecialist'), password: demoPassword } })
    return at
  }
  const next = await step()
  expect((await next.try(verifyTotp, { body: { code: 'AAAAA-00000' } })).problem?.code).toBe('TOTP_WRONG')
  expect(await next.call(verifyTotp, { body: { code: spare } })).toEqual({ home: '/work' })
  expect((await next.call(me)).person?.kind).toBe('staff')
  expect((await (await step()).try(verifyTotp, { body: { code: spare } })).problem?.code).toBe('TOTP_WRONG')
  // two who send the same one at once: one of them is in
  const both = await Promise.all([step(), step()])
  const answers = await Promise.all(both.map((at) => at.try(verifyTotp, { body: { code: other } })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('a second factor of one account does not open another signed in on the same browser', async () => {
  const client = await bed.as('nurse')
  const answer = await client.try(verifyTotp, { body: { code: '123456' } })
  expect(answer.problem?.code).toBe('TOTP_STEP_EXPIRED')
})

test('signing in as somebody else ends the session this browser had', async () => {
  const client = await bed.as('lan')
  const former = client.cookies.get('moinha.session') ?? ''
  await client.enterDemo('duc')
  const thief = bed.anonymous()
  thief.cookies.set('moinha.session', former)
  expect((await thief.call(me)).person).toBeNull()
})

test('one sees and ends one’s sessions, not another’s', async () => {
  const [one, other] = [await bed.as('officer'), await bed.as('officer')]
  const { items } = await one.call(listSessions)
  const elsewhere = items.find((session) => !session.current)
  expect(items.length).toBeGreaterThan(1)
  const stranger = await bed.as('nurse')
  expect((await stranger.try(endSession, { params: { id: elsewhere?.id ?? '' } })).status).toBe(404)
  for (const session of items.filter((row) => !row.current)) await one.call(endSession, { params: { id: session.id } })
  expect((await other.call(me)).person).toBeNull()
  expect((await one.call(me)).person).not.toBeNull()
})

test('a session left alone too long is over', async () => {
  const client = await bed.as('systemAdmin')
  await bed.owner.query(
    `update identity.account_session set last_seen_at = now() - interval '241 minutes'
      where user_id = (select id from identity.account_user where username = $1)`,
    [nameOf('systemAdmin')],
  )
  expect((await client.call(me)).person).toBeNull()
})

test('a new password ends the other sessions and must be long without a second factor', async () => {
  const [one, other] = [await bed.as('stationDoctor'), await bed.as('stationDoctor')]
  expect((await one.try(changePassword, { body: { current: demoPassword, next: 'short-one' } })).problem?.code).toBe(
    'PASSWORD_TOO_SHORT',
  )
  expect(
    (await one.try(changePassword, { body: { current: 'wrong', next: 'a-long-enough-password' } })).problem?.code,
  ).toBe('PASSWORD_WRONG')
  await one.call(changePassword, { body: { current: demoPassword, next: 'a-long-enough-password' } })
  expect((await other.call(me)).person).toBeNull()
  expect(
    (
      await bed
        .anonymous()
        .call(signIn, { body: { username: nameOf('stationDoctor'), password: 'a-long-enough-password' } })
    ).next,
  ).toBe('done')
})

test('language is one’s own; a staff name belongs to the unit', async () => {
  const client = await bed.as('provincialSpecialist')
  await client.call(updateMe, { body: { language: 'en' } })
  expect((await client.call(me)).language).toBe('en')
  expect((await client.try(updateMe, { body: { fullName: 'Someone Else' } })).problem?.code).toBe('NAME_KEPT_BY_UNIT')
})

test('where a second factor is required, an account without one may only enrol', async () => {
  const strict = await openTestBed({ config: { REQUIRE_TOTP: true } })
  try {
    const client = strict.anonymous()
    expect((await client.call(signIn, { body: { username: nameOf('nurse'), password: demoPassword } })).next).toBe(
      'enrol',
    )
    expect(await client.call(me)).toMatchObject({ permissions: [], pending: ['totp'] })
    const { secret } = await client.call(startTotp, { body: { password: demoPassword } })
    await client.call(confirmTotp, { body: { code: totpCode(secret) } })
    expect((await client.call(me)).permissions).toContain('consult.request')
  } finally {
    await strict.close()
  }
})

test('the demo’s routes exist in demo mode only', async () => {
  expect((await bed.anonymous().call(demoCast)).items.map((item) => item.key)).toEqual(
    expect.arrayContaining(['lan', 'nurse', 'provincialSpecialist']),
  )
  const plain = await openTestBed({ config: { DEMO: false } })
  try {
    for (const answer of [
      await plain.anonymous().try(demoCast),
      await plain.anonymous().try(demoEnter, { body: { key: 'lan' } }),
      await plain.anonymous().try(demoOutbox),
    ]) {
      expect(answer.status).toBe(404)
    }
  } finally {
    await plain.close()
  }
})
