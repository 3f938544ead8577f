import { randomUUID } from 'node:crypto'
import * as identity from '@moinha/contracts/identity'
import * as records from '@moinha/contracts/records'
import * as scheduling from '@moinha/contracts/scheduling'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { FixedClock } from './platform/clock/clock.ts'
import { statementsOf } from './platform/testing/count-statements.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'
import type { TestClient } from './platform/testing/test-client.ts'
import { facilityIdOf } from './modules/facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from './modules/identity/index.ts'

/**
 * How often each read that screens wait for goes to the database, and with how many statements in all. Everything is
 * counted: the session, who acts, the access log, beginning and end. It may shrink; what makes it grow says why here.
 */
const budgets = {
  /** session | begin, who acts, five; who acts, three | log, commit */
  onePatient: { trips: 3, statements: 14 },
  /** session | begin, who acts, two | log, commit */
  oneAppointment: { trips: 3, statements: 7 },
  /** session | begin, who acts, the mark to ask from next time, the list, its counts | log, commit */
  dayOfAStation: { trips: 3, statements: 8 },
  /** session | begin, who acts, the mark, the list | log, commit */
  ownAppointments: { trips: 3, statements: 7 },
  /** session | begin, who acts, account, roles, their units, family | commit */
  meStaff: { trips: 3, statements: 8 },
  /** session | begin, who acts, account, roles, family | commit */
  meCitizen: { trips: 3, statements: 7 },
}

const asked = vi.spyOn(pg.Client.prototype, 'query')
const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const booking = randomUUID()
let bed: TestBed
let nurse: TestClient
let lan: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock: new FixedClock('2037-11-24T06:00:00+07:00') })
  nurse = await bed.as('nurse')
  lan = await bed.as('lan')
  const practitionerId = demoPersonId(castStaffMember('nurse').key)
  const query = { practitionerId, kind: 'in_person', days: '1' } as const
  const free = await lan.call(scheduling.freeSlots, { params: { facilityId: poY }, query })
  const start = scheduling.freeTimesOf(free)[0]?.start ?? ''
  const times = { facilityId: poY, patientId: lanId, practitionerId, start }
  await lan.call(scheduling.bookAppointment, { body: { id: booking, ...times, kind: 'in_person', reason: 'đau đầu' } })
})
afterAll(() => bed.close())

/** Asks twice, since what a process reads once is no price of a read; answers what the second cost. */
async function costOf(read: () => Promise<unknown>): Promise<{ trips: number; statements: number }> {
  await read()
  asked.mockClear()
  await read()
  return { trips: asked.mock.calls.length, statements: statementsOf(asked.mock.calls).length }
}

test.each<[keyof typeof budgets, () => Promise<unknown>]>([
  ['onePatient', () => nurse.call(records.readPatient, { params: { patientId: lanId } })],
  ['oneAppointment', () => lan.call(scheduling.getAppointment, { params: { id: booking } })],
  ['dayOfAStation', () => nurse.call(scheduling.dayList, { params: { facilityId: poY }, query: {} })],
  ['ownAppointments', () => lan.call(scheduling.myAppointments, { query: {} })],
  ['meStaff', () => nurse.call(identity.me)],
  ['meCitizen', () => lan.call(identity.me)],
])('%s stays within its trips and statements', async (read, run) => {
  const cost = await costOf(run)
  expect(cost.trips, 'trips').toBeLessThanOrEqual(budgets[read].trips)
  expect(cost.statements, `${statementsOf(asked.mock.calls).join('\n')}`).toBeLessThanOrEqual(budgets[read].statements)
  // one appointment is there to be read
  expect(cost.statements).toBeGreaterThan(5)
})
