import { annex } from '@moinha/contracts/indicators'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { consultSigned } from '../../consults/index.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { appointmentBooked } from '../../scheduling/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hospital = facilityIdOf('kt-bvdk-tinh')
let bed: TestBed

beforeAll(async () => {
  bed = await openTestBed()
}, 120_000)
afterAll(() => bed.close())

const rowsOf = async (unitId: string) => {
  const reply = await (await bed.as('officer')).call(annex, { params: { form: 'kon-tum-annex-2024', unitId }, query: { quarter: '2026-Q4' } })
  return new Map(reply.rows.map((row) => [row.no, row.value]))
}
const count = async (kind: string, subjectId: string) => {
  const { rows } = await bed.owner.query('select facility_id from indicators.act where kind = $1 and subject_id = $2', [kind, subjectId])
  return rows.length
}

test('a signed consult raises row 10 of the station and row 11 of the hospital by exactly one', async () => {
  const [station, upper] = [await rowsOf(poY), await rowsOf(hospital)]
  const consult = {
    consultId: randomUUID(), encounterId: randomUUID(), patientId: demoPersonId('cast/lan'), requestingFacilityId: poY, supportingFacilityId: hospital,
    requesterId: demoPersonId('cast/nurse'), consultantId: demoPersonId('cast/provincialSpecialist'), specialty: 'cardiology', at: new Date('2026-11-12T03:00:00Z'),
  }
  for (let told = 0; told < 2; told += 1) await bed.platform.act(systemActor, (work) => work.emit(consultSigned, consult))
  const [after, upperAfter] = [await rowsOf(poY), await rowsOf(hospital)]
  const rise = (before: Map<string, number | null>, now: Map<string, number | null>, no: string) => (now.get(no) ?? 0) - (before.get(no) ?? 0)
  expect([rise(station, after, '10'), rise(station, after, '11'), rise(upper, upperAfter, '10'), rise(upper, upperAfter, '11')]).toEqual([1, 0, 0, 1])
})

test('a booking counts when it is made', async () => {
  const appointmentId = randomUUID()
  await bed.platform.act(systemActor, (work) => work.emit(appointmentBooked, {
    appointmentId, patientId: demoPersonId('cast/lan'), facilityId: poY, practitionerId: demoPersonId('cast/nurse'), kind: 'remote_advice', programme: null, at: new Date('2027-02-01T01:00:00Z'),
  }))
  expect(await count('appointment_booked', appointmentId)).toBe(1)
})
