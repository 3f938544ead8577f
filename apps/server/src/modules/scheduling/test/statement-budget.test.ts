import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { crowdSecret, makeCrowd, type CrowdMember } from '../../../platform/testing/make-crowd.ts'
import { statementsOf } from '../../../platform/testing/count-statements.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

/**
 * How often a booking goes to the database and back: seven in the morning is paid by that number. It may shrink; what
 * makes it grow says why here. Everything is counted, also the session and the beginning and end of the transaction.
 */
const budget = {
  /** session; begin, who acts; facts; the slot; the system: care, ledger; log, screens; commit */
  booked: 11,
  /** and the patient's row, as the system; the person again; the names */
  bookedFirstTime: 15,
  /** session; begin, who acts; facts; times around; rollback */
  refused: 6,
}

const poY = facilityIdOf('kt-tyt-po-y')
const nurseId = demoPersonId(castStaffMember('nurse').key)
const asked = vi.spyOn(pg.Client.prototype, 'query')
let bed: TestBed
let people: CrowdMember[]
let starts: string[]

beforeAll(async () => {
  bed = await openTestBed({ clock: new FixedClock('2037-11-24T06:00:00+07:00'), config: { AUTH_SECRET: crowdSecret } })
  people = await makeCrowd(bed.owner, 2)
  const free = await bed
    .anonymous()
    .call(contract.freeSlots, {
      params: { facilityId: poY },
      query: { practitionerId: nurseId, kind: 'in_person', days: '3' },
    })
  starts = contract.freeTimesOf(free).map((item) => item.start)
  // rules that are read once per process
  await book(1, 5)
})
afterAll(() => bed.close())

async function book(
  who: number,
  time: number,
): Promise<{ status: number; statements: number; id: string; body: unknown }> {
  const member = people[who]
  if (!member) throw new Error('no crowd')
  const client = new TestClient(bed.app)
  client.cookies.set(member.cookie.name, member.cookie.value)
  const body = {
    id: randomUUID(),
    facilityId: poY,
    patientId: member.personId,
    practitionerId: nurseId,
    start: starts[time] ?? '',
    kind: 'in_person' as const,
    reason: 'đau đầu',
  }
  asked.mockClear()
  const answer = await client.try(contract.bookAppointment, { body })
  const statements = statementsOf(asked.mock.calls).length
  const shown =
    answer.status === 200 ? await client.call(contract.getAppointment, { params: { id: body.id } }) : undefined
  if (shown) expect(shown).toMatchObject({ ...answer.body })
  return { status: answer.status, statements, id: body.id, body: answer.body }
}

test('a booking stays within its round trips, and its answer is what reading it shows', async () => {
  const first = await book(0, 0)
  expect(first.status).toBe(200)
  expect(first.statements).toBeLessThanOrEqual(budget.bookedFirstTime)
  const second = await book(0, 1)
  expect(second.status).toBe(200)
  expect(second.statements).toBeLessThanOrEqual(budget.booked)
})

test('a refused booking asks no more than a won one', async () => {
  const lost = await book(1, 0)
  expect(lost.status).toBe(409)
  expect(lost.statements).toBeLessThanOrEqual(budget.refused)
  expect(budget.refused).toBeLessThan(budget.booked)
})

test('each booking was counted once, with the title of who is to see the patient', async () => {
  const { rows } = await bed.owner.query<{ kind: string; title: string; cause: string; revision: number }>(
    `select kind, practitioner_title as title, cause, revision from indicators.activity
    where patient_id = $1 and subject_kind = 'appointment'`,
    [people[0]?.personId],
  )
  expect(rows).toHaveLength(2)
  for (const row of rows)
    expect(row).toMatchObject({ kind: 'appointment_booked', cause: 'appointmentBooked', revision: 1 })
  expect(rows.every((row) => row.title.length > 0)).toBe(true)
})
