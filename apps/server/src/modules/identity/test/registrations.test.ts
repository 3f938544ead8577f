import { routes as contract } from '@moinha/contracts/identity'
import { unit } from '@moinha/contracts/facilities'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createActor, systemActor } from '../../../platform/access/actor.ts'
import { sql } from 'kysely'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId, registrationAt } from '../index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const monday = [{ weekday: 1, from: '07:00', to: '11:30' }]
let bed: TestBed
let admin: TestClient
/** Works at both stations, registered at neither. */
const person = randomUUID()

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('systemAdmin')
  await bed.owner.query("insert into identity.person (id, full_name, sex) values ($1, 'Y Thử', 'female')", [person])
  for (const facility of [poY, hoaiHai])
    await bed.owner.query(
      "insert into identity.practitioner_role (id, person_id, facility_id, title) values ($1, $2, $3, 'Y sĩ')",
      [randomUUID(), person, facility],
    )
})
afterAll(() => bed.close())

const add = (id: string, change: object = {}, client = admin) =>
  client.try(contract.addRegistration, {
    params: { id },
    body: {
      personId: person,
      facilityId: poY,
      licenceNo: '000123/KT-GPHN',
      scope: 'Khám bệnh, chữa bệnh đa khoa',
      hours: monday,
      from: '2026-01-01',
      ...change,
    },
  })
const end = (id: string, on: string) => admin.try(contract.endRegistration, { params: { id }, body: { on } })
const standsAt = (at: string, facilityId = poY) =>
  bed.platform.transact(systemActor, ({ tx }) => registrationAt(tx, { personId: person, facilityId, at: new Date(at) }))

it('holds from its day within its hours, on the clock of Vietnam; the unit must announce its list again', async () => {
  const id = randomUUID()
  expect((await add(id)).status).toBe(200)
  expect((await add(id)).status).toBe(200)
  // Monday 02/11/2026
  expect(await standsAt('2026-11-02T07:00:00+07:00')).toBe('registered')
  expect(await standsAt('2026-11-02T11:29:59+07:00')).toBe('registered')
  expect(await standsAt('2026-11-02T11:30:00+07:00')).toBe('outside_hours')
  expect(await standsAt('2026-11-03T07:30:00+07:00')).toBe('outside_hours')
  expect(await standsAt('2025-12-29T07:30:00+07:00')).toBe('none')
  const { announceAgain } = await admin.call(unit, { params: { id: poY } })
  expect(announceAgain.map(({ reason }) => reason)).toContain('practitioner')
  const page = await admin.call(contract.listRegistrations, { query: { facilityId: poY } })
  expect(page.items.find((one) => one.id === id)).toMatchObject({ hours: monday, fullName: 'Y Thử', until: null })
})

it('hours at two units cannot overlap; ended ones are out of the way and stay written down', async () => {
  const second = randomUUID()
  const overlapping = [{ weekday: 1, from: '11:00', to: '24:00' }]
  expect((await add(second, { facilityId: hoaiHai, hours: overlapping })).problem?.code).toBe(
    'REGISTERED_HOURS_OVERLAP',
  )
  expect((await add(randomUUID(), { hours: [{ weekday: 2, from: '07:00', to: '08:00' }] })).problem?.code).toBe(
    'REGISTRATION_OVERLAPS',
  )
  const { items } = await admin.call(contract.listRegistrations, { query: { facilityId: poY } })
  const first = items.find((one) => one.personId === person)?.id ?? ''
  expect((await end(first, '2025-01-01')).problem?.code).toBe('REGISTRATION_NOT_THEN')
  expect((await end(first, '2026-06-01')).status).toBe(200)
  expect((await end(first, '2026-06-01')).status).toBe(200)
  expect((await add(second, { facilityId: hoaiHai, hours: overlapping, from: '2026-05-31' })).problem?.code).toBe(
    'REGISTERED_HOURS_OVERLAP',
  )
  expect((await add(second, { facilityId: hoaiHai, hours: overlapping, from: '2026-06-01' })).status).toBe(200)
  expect(await standsAt('2026-05-25T07:30:00+07:00')).toBe('registered')
  expect(await standsAt('2026-06-01T07:30:00+07:00')).toBe('none')
  expect(await standsAt('2026-06-01T23:59:59+07:00', hoaiHai)).toBe('registered')
})

it('refuses oneself, whoever does not work there, and hours that end before they begin', async () => {
  expect((await add(randomUUID(), { personId: demoPersonId(castStaffMember('systemAdmin').key) })).problem?.code).toBe(
    'NOT_ON_YOURSELF',
  )
  expect((await add(randomUUID(), { personId: randomUUID() })).problem?.code).toBe('REGISTRATION_NOT_STAFF')
  expect((await add(randomUUID(), { hours: [{ weekday: 1, from: '12:00', to: '08:00' }] })).status).toBe(400)
})

it('is behind the second wall: citizens see none, and nobody writes where they do not manage staff', async () => {
  const actorOf = (kind: 'citizen' | 'staff', personId: string) =>
    createActor({ kind, personId, grants: [], clinicalFacilityIds: [], proxyFor: [], personal: [] })
  const count = (actor: ReturnType<typeof actorOf>) =>
    bed.platform.transact(actor, async ({ tx }) => {
      const { rows } = await sql<{ n: number }>`select (select count(*) from identity.practitioner_registration)::int
        + (select count(*) from identity.registered_hours)::int as n`.execute(tx)
      return rows[0]?.n ?? 0
    })
  const nurse = actorOf('staff', demoPersonId(castStaffMember('nurse').key))
  expect(await count(actorOf('citizen', demoPersonId(castCitizens.lan.key)))).toBe(0)
  expect(await count(nurse)).toBeGreaterThan(0)
  const write = bed.platform.transact(nurse, ({ tx }) =>
    sql`insert into identity.practitioner_registration (id, person_id, facility_id, licence_no, scope, valid_from)
      values (${randomUUID()}, ${person}, ${poY}, '1', 'x', '2020-01-01')`.execute(tx),
  )
  await expect(write).rejects.toThrow(/row-level security/)
})
