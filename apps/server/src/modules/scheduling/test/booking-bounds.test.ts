import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { crowdSecret, makeCrowd } from '../../../platform/testing/make-crowd.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const at = (text: string) => new Date(`${text}+07:00`).toISOString()
const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const childId = demoPersonId(castCitizens.lan.family[0]?.key ?? '')
const nurseId = demoPersonId(castStaffMember('nurse').key)
const clock = new FixedClock(at('2037-11-24T06:00'))
let bed: TestBed
let lan: TestClient, nurse: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock, config: { AUTH_SECRET: crowdSecret } })
  lan = await bed.as('lan')
  nurse = await bed.as('nurse')
})
afterAll(() => bed.close())
beforeEach(async () => {
  clock.set(at('2037-11-24T06:00'))
  await bed.owner.query(
    `truncate scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment_history, scheduling.appointment,
      scheduling.queue_counter`,
  )
})

/** The n-th half hour of the nurse's working days from Tuesday 24 November on. */
async function slots(): Promise<string[]> {
  const items = contract.freeTimesOf(
    await bed
      .anonymous()
      .call(contract.freeSlots, {
        params: { facilityId: poY },
        query: { practitionerId: nurseId, kind: 'remote_advice', days: '31' },
      }),
  )
  return items.map((item) => item.start)
}
const wish = (start: string, patientId = lanId) => ({
  id: randomUUID(),
  facilityId: poY,
  patientId,
  practitionerId: nurseId,
  start,
  kind: 'remote_advice' as const,
  reason: '',
})
const waiting = (fromDay: string, patientId = lanId) => ({
  id: randomUUID(),
  patientId,
  facilityId: poY,
  kind: 'remote_advice' as const,
  fromDay,
  toDay: fromDay,
})
const count = async (table: string): Promise<number> =>
  Number((await bed.owner.query<{ n: string }>(`select count(*) as n from scheduling.${table}`)).rows[0]?.n)

async function family(guardian: string, size: number): Promise<string[]> {
  const people = Array.from({ length: size }, () => randomUUID())
  for (const id of people) {
    await bed.owner.query(`insert into identity.person (id, full_name) values ($1, 'Người nhà')`, [id])
    await bed.owner.query(
      `insert into identity.family_member (guardian_id, dependant_id, relation, consent_version)
        values ($1, $2, 'child', '2037-11-22')`,
      [guardian, id],
    )
  }
  return people
}

async function memberOfCrowd(): Promise<{ client: TestClient; personId: string }> {
  const [member] = await makeCrowd(bed.owner, 1)
  if (!member) throw new Error('no crowd')
  const client = new TestClient(bed.app)
  client.cookies.set(member.cookie.name, member.cookie.value)
  return { client, personId: member.personId }
}

test('a patient holds three coming bookings; the fourth is refused and names those that could be called off', async () => {
  const free = await slots()
  const booked = []
  for (const start of free.slice(0, 3)) booked.push(await lan.call(contract.bookAppointment, { body: wish(start) }))
  const refused = await lan.try(contract.bookAppointment, { body: wish(free[3] ?? '') })
  expect(refused.problem).toMatchObject({ code: 'PATIENT_BOOKINGS_FULL', params: { count: 3, bound: 3 } })
  const open = refused.problem?.params?.['open'] as { id: string; facilityName: string; patientName: string }[]
  expect(open.map((one) => one.id)).toEqual(booked.map((one) => one.id))
  expect(open[0]).toMatchObject({ facilityName: expect.stringContaining('Pờ Y') as string, patientName: 'Y Lan' })
  // calling one off makes room; a child has room of its own
  await lan.call(contract.cancelAppointment, { params: { id: booked[0]?.id ?? '' }, body: { reason: '' } })
  await lan.call(contract.bookAppointment, { body: wish(free[4] ?? '') })
  await lan.call(contract.bookAppointment, { body: wish(free[5] ?? '', childId) })
})

test('twenty requests at once: exactly three bookings', async () => {
  const free = await slots()
  const answers = await Promise.all(
    free.slice(0, 20).map((start) => lan.try(contract.bookAppointment, { body: wish(start) })),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3)
  expect(answers.filter((answer) => answer.problem?.code === 'PATIENT_BOOKINGS_FULL')).toHaveLength(17)
  expect(await count('appointment')).toBe(3)
})

test('an account with a large family holds ten, also when it asks for all at once', async () => {
  const { client, personId } = await memberOfCrowd()
  const people = [personId, ...(await family(personId, 13))]
  const free = await slots()
  const answers = await Promise.all(
    people.map((patientId, n) => client.try(contract.bookAppointment, { body: wish(free[n] ?? '', patientId) })),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(10)
  const refused = answers.filter((answer) => answer.problem?.code === 'ACCOUNT_BOOKINGS_FULL')
  expect(refused).toHaveLength(4)
  expect(refused[0]?.problem?.params).toMatchObject({ count: 10, bound: 10 })
})

test('the last free place sent twice at once is one booking, answered twice', async () => {
  const free = await slots()
  for (const start of free.slice(0, 2)) await lan.call(contract.bookAppointment, { body: wish(start) })
  const body = wish(free[2] ?? '')
  const answers = await Promise.all([1, 2, 3].map(() => lan.try(contract.bookAppointment, { body })))
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
  expect(await count('appointment')).toBe(3)
})

test('what is over, cancelled or booked by the desk counts for nothing; the desk is not bounded', async () => {
  const free = await slots()
  for (const start of free.slice(0, 5)) {
    const { facilityId, ...body } = wish(start)
    await nurse.call(contract.bookAtDesk, { params: { facilityId }, body })
  }
  for (const start of free.slice(5, 8)) await lan.call(contract.bookAppointment, { body: wish(start) })
  clock.set(at('2037-11-26T06:00'))
  // the three bookings of Tuesday have passed without anybody saying so
  const later = (await slots()).slice(0, 4)
  const answers = []
  for (const start of later) answers.push((await lan.try(contract.bookAppointment, { body: wish(start) })).status)
  expect(answers).toEqual([200, 200, 200, 409])
})

test('waits are bounded likewise, and an offer is only taken where a booking has room', async () => {
  const answers = await Promise.all(
    ['2037-12-01', '2037-12-02', '2037-12-03', '2037-12-04', '2037-12-05'].map((day) =>
      lan.try(contract.joinWaitlist, { body: waiting(day) }),
    ),
  )
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3)
  expect(answers.find((answer) => answer.status !== 200)?.problem).toMatchObject({
    code: 'PATIENT_WAITS_FULL',
    params: { count: 3, bound: 3 },
  })
  const free = await slots()
  for (const start of free.slice(0, 3)) await lan.call(contract.bookAppointment, { body: wish(start) })
  const waitId = answers.find((answer) => answer.status === 200)?.body.id ?? ''
  const offerId = randomUUID()
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin,
      booked_by)
     values ($1, $2, $3, $4, tstzrange($5, $5::timestamptz + interval '30 minutes'), 'remote_advice', 'offered',
       'waitlist', $2)`,
    [offerId, lanId, poY, nurseId, free[10]],
  )
  await bed.owner.query(
    `update scheduling.waitlist_entry set state = 'offered', offer_id = $2, offer_until = now() + interval '1 hour'
      where id = $1`,
    [waitId, offerId],
  )
  expect((await lan.try(contract.acceptOffer, { params: { id: waitId } })).problem?.code).toBe('PATIENT_BOOKINGS_FULL')
  const [first] = (await lan.call(contract.myAppointments, { query: {} })).items
  await lan.call(contract.cancelAppointment, { params: { id: first?.id ?? '' }, body: { reason: '' } })
  expect((await lan.try(contract.acceptOffer, { params: { id: waitId } })).status).toBe(200)
})
