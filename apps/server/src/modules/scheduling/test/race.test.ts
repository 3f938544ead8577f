import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { crowdSecret, makeCrowd } from '../../../platform/testing/make-crowd.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const nurseId = demoPersonId(castStaffMember('nurse').key)
let bed: TestBed

beforeAll(async () => {
  bed = await openTestBed({ clock: new FixedClock('2037-11-24T06:00:00+07:00'), config: { AUTH_SECRET: crowdSecret } })
})
afterAll(() => bed.close())

test('200 people grab 20 slots: exactly 20 win, each other is told the nearest free times', async () => {
  const citizens = await makeCrowd(bed.owner, 200)
  const items = contract.freeTimesOf(
    await bed
      .anonymous()
      .call(contract.freeSlots, {
        params: { facilityId: poY },
        query: { practitionerId: nurseId, kind: 'remote_advice', days: '1' },
      }),
  )
  const slots = items.slice(0, 20)
  expect(slots).toHaveLength(20)
  const answers = await Promise.all(
    citizens.map(async ({ personId, cookie }, index) => {
      const client = new TestClient(bed.app)
      client.cookies.set(cookie.name, cookie.value)
      const body = {
        id: randomUUID(),
        facilityId: poY,
        patientId: personId,
        practitionerId: nurseId,
        start: slots[index % 20]?.start ?? '',
        kind: 'remote_advice' as const,
        reason: '',
      }
      let answer = await client.try(contract.bookAppointment, { body })
      // a crowd on a slow machine: who waited too long for a connection is told to try again, and does, with the same
      // id
      for (let again = 0; answer.status === 503 && again < 5; again++)
        answer = await client.try(contract.bookAppointment, { body })
      return answer
    }),
  )
  const won = answers.filter((answer) => answer.status === 200)
  const lost = answers.filter((answer) => answer.problem?.code === 'SLOT_TAKEN')
  expect([won.length, lost.length]).toEqual([20, 180])
  expect(new Set(won.map((answer) => answer.body.start)).size).toBe(20)
  for (const answer of lost) expect((answer.problem?.params?.['nearest'] as unknown[]).length).toBeGreaterThanOrEqual(3)
  const { rows } = await bed.owner.query<{ total: number; slots: number }>(
    `select count(*)::int as total, count(distinct starts_at)::int as slots from scheduling.appointment
      where practitioner_id = $1`,
    [nurseId],
  )
  expect(rows).toEqual([{ total: 20, slots: 20 }])
  // nothing of the losers is left: no patient's care opened, no history
  const { rows: left } = await bed.owner.query<{ count: number }>(
    "select count(*)::int as count from records.care_relationship where reason = 'appointment' and facility_id = $1",
    [poY],
  )
  expect(left).toEqual([{ count: 20 }])
}, 60_000)
