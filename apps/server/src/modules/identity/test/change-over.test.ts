import { changePassword, endSession, listSessions, me, signIn, signOut, updateMe } from '@moinha/contracts/identity'
import { changeOver, changeOverChoices, setAside, setPin } from '@moinha/contracts/identity/change-over'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp, type App } from '../../../app.ts'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, type StaffCastKey } from '../domain/demo-cast.ts'
import { demoPersonId } from '../domain/demo-ids.ts'
import { pinTries } from '../domain/pin-rules.ts'
import { demoPassword } from '../seed.ts'

// Two nurses share a PC.

let bed: TestBed
let second: App
// noon in Vietnam of today, so that a run near midnight is one day too
const noon = new Date(`${new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)}T05:00:00Z`)
const clock = new FixedClock(noon)
beforeAll(async () => {
  bed = await openTestBed({ clock })
  const { config, log } = bed.platform
  second = await createApp({ config, clock, log, ...bed.urls })
  await second.app.ready()
})
afterAll(async () => {
  await second.close()
  await bed.close()
})
beforeEach(() => bed.owner.query('delete from identity.device_pin'))

const idOf = (key: StaffCastKey) => demoPersonId(castStaffMember(key).key)
const pins = { nurse: '4071', stationDoctor: '290518' } as const
const by = (key: keyof typeof pins, pin: string = pins[key]) => ({ body: { personId: idOf(key), pin } })
const codeOf = async (client: TestClient, key: keyof typeof pins, pin?: string) =>
  (await client.try(changeOver, by(key, pin))).problem?.code
const whoIs = async (client: TestClient) => (await client.call(me)).person?.id

async function signInFully(client: TestClient, key: StaffCastKey): Promise<void> {
  await client.call(signIn, { body: { username: castStaffMember(key).username, password: demoPassword } })
}

/** A PC where the nurse and then the doctor signed in fully today; the doctor sits before it. */
async function sharedPc(): Promise<TestClient> {
  const pc = bed.anonymous()
  for (const key of ['nurse', 'stationDoctor'] as const) {
    await signInFully(pc, key)
    await pc.call(setPin, { body: { pin: pins[key] } })
  }
  return pc
}

/** The same browser as it was then, perhaps at another process. */
function copyOf(client: TestClient, app = bed.app): TestClient {
  const copy = new TestClient(app)
  for (const [name, value] of client.cookies) copy.cookies.set(name, value)
  return copy
}

describe('on the shared PC', () => {
  test('each comes back by their own PIN, in a session of their own, and the one before opens nothing', async () => {
    const pc = await sharedPc()
    const asDoctor = copyOf(pc)
    expect(await pc.call(changeOverChoices)).toEqual({
      people: [{ personId: idOf('nurse'), fullName: castStaffMember('nurse').fullName }],
      own: expect.objectContaining({
        personId: idOf('stationDoctor'),
        hasPin: true,
        mayHavePin: true,
        mayChange: true,
      }),
    })
    await pc.call(changeOver, by('nurse'))
    expect(await whoIs(pc)).toBe(idOf('nurse'))
    expect(await whoIs(asDoctor)).toBeUndefined()
    const asNurse = copyOf(pc)
    await pc.call(changeOver, by('stationDoctor'))
    expect(await whoIs(pc)).toBe(idOf('stationDoctor'))
    expect(await whoIs(asNurse)).toBeUndefined()
    const { rows } = await bed.owner.query<{ outcome: string }>(
      "select outcome from identity.sign_in_event where method = 'pin' and person_id = any ($1)",
      [[idOf('nurse'), idOf('stationDoctor')]],
    )
    expect(rows.map((row) => row.outcome)).toEqual(['done', 'done'])
  })

  test('a session opened by PIN is short, may do the same, and may set no PIN', async () => {
    const pc = await sharedPc()
    const full = (await pc.call(me)).permissions
    await pc.call(changeOver, by('nurse'))
    await pc.call(changeOver, by('stationDoctor'))
    expect((await pc.call(me)).permissions).toEqual(full)
    const { rows } = await bed.owner.query<{ hours: number }>(
      `select extract(epoch from expires_at - created_at)::float8 / 3600 as hours from identity.account_session
       where user_id = $1 and opened_from is not null`,
      [idOf('stationDoctor')],
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { hours } of rows) expect(hours).toBeLessThanOrEqual(4)
    expect((await pc.try(setPin, { body: { pin: '5082' } })).problem?.code).toBe('PIN_AFTER_FULL_SIGN_IN')
    expect((await pc.call(changeOverChoices)).own).toMatchObject({ hasPin: true, mayChange: false })
  })

  test('set aside, the browser is nobody’s until a PIN is typed; without a PIN one signs out instead', async () => {
    const pc = await sharedPc()
    await pc.call(setAside)
    expect(await whoIs(pc)).toBeUndefined()
    expect((await pc.call(changeOverChoices)).people).toHaveLength(2)
    await pc.call(changeOver, by('stationDoctor'))
    expect(await whoIs(pc)).toBe(idOf('stationDoctor'))
    const other = bed.anonymous()
    await signInFully(other, 'districtSpecialist')
    expect((await other.try(setAside)).problem?.code).toBe('PIN_NOT_SET')
  })

  test('a page opened for one does nothing in the name of the other', async () => {
    const pc = await sharedPc()
    await pc.call(changeOver, by('nurse'))
    const save = (personId: string) =>
      pc.send({
        method: updateMe.method,
        url: updateMe.path,
        payload: { language: 'vi' },
        headers: { 'x-moinha-person': personId },
      })
    expect((await save(idOf('stationDoctor'))).problem?.code).toBe('OTHER_PERSON_NOW')
    expect((await save(idOf('nurse'))).status).toBe(200)
  })

  test('what a browser keeps of one’s writing opens with one’s own key alone', async () => {
    const pc = await sharedPc()
    const own = (await pc.call(changeOverChoices)).own?.draftKey
    const { draftKey } = await pc.call(changeOver, by('nurse'))
    expect(own).toBeTruthy()
    expect(draftKey).not.toBe(own)
    expect((await pc.call(changeOver, by('stationDoctor'))).draftKey).toBe(own)
  })
})

describe('what opens nothing', () => {
  test('the right PIN on another device, also one with PINs of its own', async () => {
    const pc = await sharedPc()
    expect(await codeOf(bed.anonymous(), 'nurse')).toBe('PIN_OVER')
    const other = bed.anonymous()
    await signInFully(other, 'districtSpecialist')
    await other.call(setPin, { body: { pin: '6290' } })
    expect(await codeOf(other, 'nurse')).toBe('PIN_OVER')
    expect((await other.call(changeOverChoices)).people).toEqual([])
    expect((await bed.anonymous().call(changeOverChoices)).people).toEqual([])
    expect(await codeOf(pc, 'nurse')).toBeUndefined()
  })

  test('wrong PINs, however many at once and at whichever process: after five only a full sign-in helps', async () => {
    const pc = await sharedPc()
    const tries = Array.from({ length: 14 }, (_, n) =>
      codeOf(copyOf(pc, n % 2 ? second.app : bed.app), 'nurse', `70${n + 10}`),
    )
    const codes = await Promise.all(tries)
    expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(pinTries - 1)
    expect(codes.filter((code) => code === 'PIN_OVER')).toHaveLength(14 - pinTries + 1)
    expect(await codeOf(copyOf(pc, second.app), 'nurse')).toBe('PIN_OVER')
    expect(await whoIs(pc)).toBe(idOf('stationDoctor'))
    await signInFully(pc, 'nurse')
    await pc.call(setPin, { body: { pin: '8362' } })
    expect(await codeOf(pc, 'stationDoctor')).toBeUndefined()
    expect(await codeOf(pc, 'nurse', '8362')).toBeUndefined()
  })

  test('a right PIN forgets the wrong ones before it', async () => {
    const pc = await sharedPc()
    for (let round = 0; round < 2; round += 1) {
      for (let index = 1; index < pinTries; index += 1) expect(await codeOf(pc, 'nurse', '7777')).toBe('PIN_WRONG')
      expect(await codeOf(pc, 'nurse')).toBeUndefined()
    }
  })

  test('yesterday’s PIN', async () => {
    const pc = await sharedPc()
    clock.advanceMs(12 * 3_600_000)
    try {
      expect(await codeOf(pc, 'nurse')).toBe('PIN_OVER')
      expect((await pc.call(changeOverChoices)).people).toEqual([])
      expect((await pc.try(setPin, { body: { pin: '4071' } })).problem?.code).toBe('PIN_AFTER_FULL_SIGN_IN')
    } finally {
      clock.advanceMs(-12 * 3_600_000)
    }
  })

  test('a PIN whose sign-in was ended from elsewhere, and what it had opened', async () => {
    const pc = await sharedPc()
    await pc.call(changeOver, by('nurse'))
    const phone = bed.anonymous()
    await signInFully(phone, 'nurse')
    const { items } = await phone.call(listSessions)
    const { rows } = await bed.owner.query<{ id: string }>(
      'select id from identity.account_session where user_id = $1 and opened_from is not null',
      [idOf('nurse')],
    )
    const opened = items.find((item) => rows.some((row) => row.id === item.id))
    await phone.call(endSession, { params: { id: opened?.id ?? '' } })
    expect(await whoIs(pc)).toBeUndefined()
    expect(await codeOf(pc, 'nurse')).toBe('PIN_OVER')
    expect(await codeOf(pc, 'stationDoctor')).toBeUndefined()
  })

  test('a PIN after signing out, and after a new password', async () => {
    const pc = await sharedPc()
    await pc.call(changeOver, by('nurse'))
    await pc.call(signOut)
    expect(await codeOf(pc, 'nurse')).toBe('PIN_OVER')
    await pc.call(changeOver, by('stationDoctor'))
    const next = 'a-long-enough-password'
    await pc.call(changePassword, { body: { current: demoPassword, next } })
    expect(await whoIs(pc)).toBe(idOf('stationDoctor'))
    expect(await codeOf(pc, 'stationDoctor')).toBe('PIN_OVER')
    await pc.call(changePassword, { body: { current: next, next: demoPassword } })
  })

  test('a closed account, and one that has become an administrator’s', async () => {
    const pc = await sharedPc()
    await bed.owner.query('update identity.account_user set disabled_at = now() where id = $1', [idOf('nurse')])
    expect(await codeOf(pc, 'nurse')).toBe('PIN_OVER')
    await bed.owner.query('update identity.account_user set disabled_at = null where id = $1', [idOf('nurse')])
    const again = await sharedPc()
    await bed.owner.query(
      `insert into identity.role_grant (id, person_id, role_key, facility_id)
       select gen_random_uuid(), person_id, 'unit_admin', facility_id from identity.role_grant
        where person_id = $1 limit 1`,
      [idOf('nurse')],
    )
    expect(await codeOf(again, 'nurse')).toBe('PIN_OVER')
    await bed.owner.query(
      "update identity.role_grant set valid_until = now() where person_id = $1 and role_key = 'unit_admin'",
      [idOf('nurse')],
    )
  })

  test('administrators have no PIN; easy ones are none', async () => {
    for (const key of ['unitAdmin', 'systemAdmin', 'officer'] as const) {
      const client = bed.anonymous()
      await signInFully(client, key)
      expect((await client.call(changeOverChoices)).own?.mayHavePin).toBe(false)
      expect((await client.try(setPin, { body: { pin: '4071' } })).problem?.code).toBe('PIN_NOT_FOR_THIS_ACCOUNT')
    }
    const nurse = bed.anonymous()
    await signInFully(nurse, 'nurse')
    expect((await nurse.try(setPin, { body: { pin: '1234' } })).problem?.code).toBe('PIN_TOO_EASY')
  })

  test('what the database holds: neither PIN nor the device’s secret', async () => {
    const pc = await sharedPc()
    const { rows } = await bed.owner.query('select * from identity.device_pin')
    const text = JSON.stringify(rows)
    const device = decodeURIComponent(pc.cookies.get('moinha.pin_device') ?? '').split('.')[0] ?? '-'
    expect(device.length).toBeGreaterThan(40)
    for (const secret of [...Object.values(pins).map((pin) => `"${pin}"`), device]) expect(text).not.toContain(secret)
  })
})
