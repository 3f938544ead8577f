import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from '../../../app.ts'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const at = (text: string) => new Date(`${text}+07:00`).toISOString()
const params = { facilityId: facilityIdOf('kt-tyt-po-y') }
const patientId = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)

const clock = new FixedClock(at('2037-11-24T06:00'))
let bed: TestBed
let second: App
let lan: TestClient, nurse: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock })
  const { config, log } = bed.platform
  second = await createApp({ config, clock, log, ...bed.urls })
  await second.app.ready()
  lan = await bed.as('lan')
  nurse = await bed.as('nurse')
})
afterAll(async () => {
  await second.close()
  await bed.close()
})

const ask = (app: App, etag?: string, more: object = {}) => {
  const path = `/api/facilities/${params.facilityId}/slots?${new URLSearchParams({ days: '7', ...more }).toString()}`
  return app.app.inject({ url: path, headers: { ...(etag && { 'if-none-match': etag }) } })
}
const startsOf = (body: string) =>
  contract
    .freeTimesOf(contract.freeSlots.reply.parse(JSON.parse(body)))
    .filter((one) => one.practitionerId === nurseId)
    .map((one) => one.start)

/**
 * Both processes hold the present reply; then something happens, and both must tell of it in their very next answer.
 */
async function changes(transact: () => Promise<unknown>) {
  const before = await ask(bed)
  const etag = String(before.headers.etag)
  for (const app of [bed, second]) expect((await ask(app, etag)).statusCode).toBe(304)
  await transact()
  const [here, there] = [await ask(bed, etag), await ask(second, etag)]
  expect([here.statusCode, there.statusCode]).toEqual([200, 200])
  expect(here.headers.etag).not.toBe(etag)
  expect(here.body).toBe(there.body)
  return { before: startsOf(before.body), after: startsOf(here.body) }
}

test('a week of a station is at most 10 kB, and says no more than when somebody is free', async () => {
  const { body, headers } = await ask(bed)
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(10_240)
  expect(startsOf(body)).toHaveLength((9 + 8 + 4) * 7)
  expect(Object.keys(JSON.parse(body)).sort()).toEqual(['from', 'shapes', 'until', 'workers'])
  expect(headers['cache-control']).toBe('no-cache')
})

test('who holds the present times gets 304 without a body', async () => {
  const etag = String((await ask(bed)).headers.etag)
  const again = await ask(bed, etag)
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
})

test('a booking, a cancelling, new hours, leave and settings show at once, on every process', async () => {
  const start = at('2037-11-24T09:00')
  const id = randomUUID()
  const wish = { id, ...params, patientId, practitionerId: nurseId, start, kind: 'in_person' as const }
  const booked = await changes(() => lan.call(contract.bookAppointment, { body: wish }))
  expect(booked.before).toContain(start)
  expect(booked.after).not.toContain(start)
  const cancelled = await changes(() => lan.call(contract.cancelAppointment, { params: { id }, body: {} }))
  expect(cancelled.after).toContain(start)

  const hours = { id: randomUUID(), practitionerId: nurseId, weekday: 2, from: '17:30', to: '18:30', slotMinutes: 30 }
  const evening = { ...hours, kinds: ['remote_advice' as const], validFrom: '2037-11-24' }
  const opened = await changes(() => nurse.call(contract.addHours, { params, body: evening }))
  expect(opened.after).toContain(at('2037-11-24T17:30'))

  const away = { id: randomUUID(), practitionerId: nurseId, effect: 'off' as const, reason: 'Tập huấn' }
  const days = { fromDay: '2037-11-25', toDay: '2037-11-25' }
  const left = await changes(() => nurse.call(contract.addException, { params, body: { ...away, ...days } }))
  expect(left.after.some((one) => one.startsWith('2037-11-25'))).toBe(false)
  const returned = await changes(() => nurse.call(contract.withdrawException, { params: { id: away.id } }))
  expect(returned.after.some((one) => one.startsWith('2037-11-25'))).toBe(true)

  const settings = { autoConfirm: false, horizonDays: 2, offerMinutes: 30 }
  const near = await changes(() => nurse.call(contract.saveBookingSettings, { params, body: settings }))
  expect(near.after.length).toBeLessThan(near.before.length)
})

test('who leaves the unit is offered no more', async () => {
  const gone = await changes(() =>
    bed.owner.query('update identity.practitioner_role set is_public = false where person_id = $1', [nurseId]),
  )
  expect(gone.after).toEqual([])
  await changes(() =>
    bed.owner.query('update identity.practitioner_role set is_public = true where person_id = $1', [nurseId]),
  )
})

test('a time that has begun falls out by itself', async () => {
  const first = startsOf((await ask(bed)).body)[0] ?? ''
  clock.set(first)
  expect(startsOf((await ask(bed)).body)).not.toContain(first)
  clock.set(at('2037-11-24T06:00'))
})

test('a unit nobody knows is refused as before', async () => {
  const reply = await bed.app.inject({ url: `/api/facilities/${randomUUID()}/slots` })
  expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'STATION_UNKNOWN'])
})

test('many who ask at once are answered with what stood when they asked', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => ask(n % 2 ? bed : second, undefined, { days: String(1 + (n % 5)) })),
  )
  expect(new Set(answers.map((one) => one.statusCode))).toEqual(new Set([200]))
})
