import { randomUUID } from 'node:crypto'
import type { Matrix, MatrixCase } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

const clinicians: readonly CastKey[] = [
  'nurse',
  'stationDoctor',
  'districtSpecialist',
  'provincialSpecialist',
  'dutyLead',
  'foreignNurse',
]
const station: readonly CastKey[] = ['nurse', 'stationDoctor']
const hospital: readonly CastKey[] = ['districtSpecialist', 'dutyLead']

interface World {
  stationId: string
  nurseId: string
  toId: string
}
const own: World = {
  stationId: facilityIdOf('kt-tyt-po-y'),
  nurseId: demoPersonId(castStaffMember('nurse').key),
  toId: facilityIdOf('kt-bvdkkv-ngoc-hoi'),
}
/** A station of another province sends to a unit where nobody of the cast works. */
const foreign: World = {
  stationId: facilityIdOf('bd-tyt-hoai-hai'),
  nurseId: demoPersonId(castStaffMember('foreignNurse').key),
  toId: facilityIdOf('kt-tyt-dak-mon'),
}

/** A patient nobody of the story is, with a finished encounter at the station. */
async function caseIn(
  bed: TestBed,
  { stationId, nurseId }: World,
): Promise<{ patientId: string; encounterId: string }> {
  const [patientId, encounterId] = [randomUUID(), randomUUID()]
  await bed.owner.query(
    "insert into records.patient (id, full_name, sex, home_facility_id) values ($1, 'Y Thử', 'female', $2)",
    [patientId, stationId],
  )
  await bed.owner.query(
    "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'registered')",
    [patientId, stationId],
  )
  await bed.owner.query(
    `insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode,
      channel, started_at, status, finished_at, conclusion, disposition, judged_as)
    values ($1, $2, $3, $4, 'Thử', 'IN_PERSON', 'in_person', now(), 'finished', now(), 'Thử', 'referral', 'in_person')`,
    [encounterId, patientId, stationId, nurseId],
  )
  await bed.owner.query(
    `insert into records.encounter_diagnosis (encounter_id, patient_id, position, system, code, display)
    values ($1, $2, 0, 'ICD-10', 'I10', 'Tăng huyết áp')`,
    [encounterId, patientId],
  )
  return { patientId, encounterId }
}

let number = 0

/** A transfer on its way, or arrived; the receiving unit sees the patient. */
async function slipIn(bed: TestBed, world: World, arrived: boolean): Promise<string> {
  const id = randomUUID()
  const { patientId, encounterId } = await caseIn(bed, world)
  await bed.owner.query(
    `insert into referrals.slip (id, kind, number, number_year, patient_id, encounter_id, facility_id, to_facility_id,
      diagnosis, issued_at, issued_by, issuer_name, valid_until, state, arrived_at, changed_at, changed_by)
    values ($1, 'transfer', $2, 2000, $3, $4, $5, $6, 'I10', now(), $7, 'Thử', '2199-01-01', $8, $9, now(), $7)`,
    [
      id,
      (number += 1),
      patientId,
      encounterId,
      world.stationId,
      world.toId,
      world.nurseId,
      arrived ? 'arrived' : 'issued',
      arrived ? new Date() : null,
    ],
  )
  await bed.owner.query(
    `insert into records.care_relationship (patient_id, facility_id, reason, subject_id)
    values ($1, $2, 'referral', $3)`,
    [patientId, world.toId, id],
  )
  return id
}

interface OnSlip {
  ownFor: readonly CastKey[]
  foreignFor?: readonly CastKey[]
  arrived?: boolean
  body?: () => object
}

const onSlip = ({ ownFor, foreignFor = [], arrived = false, body }: OnSlip): MatrixCase => ({
  own: async (bed) => ({ params: { id: await slipIn(bed, own, arrived) }, ...(body && { body: body() }) }),
  ownFor,
  foreign: async (bed) => ({ params: { id: await slipIn(bed, foreign, arrived) }, ...(body && { body: body() }) }),
  foreignFor,
})
const issuing = (body: object): MatrixCase => {
  const make = (world: World) => async (bed: TestBed) => ({
    body: { id: randomUUID(), encounterId: (await caseIn(bed, world)).encounterId, ...body },
  })
  return { own: make(own), ownFor: station, foreign: make(foreign), foreignFor: ['foreignNurse'] }
}
const tomorrow = new Date(Date.now() + 86_400_000 * 2).toISOString().slice(0, 10)

export const matrix: Matrix = {
  'referrals.issueTransfer': issuing({
    toFacilityId: facilityIdOf('kt-bvdk-tinh'),
    signs: 'Đau đầu',
    reason: 'medical',
    transport: 'own',
  }),
  'referrals.issueRevisit': issuing({ revisitOn: tomorrow }),
  'referrals.list': { own: () => ({ query: { box: 'incoming' } }), ownFor: clinicians },
  'referrals.read': onSlip({ ownFor: [...station, ...hospital], foreignFor: ['foreignNurse'] }),
  'referrals.confirmArrival': onSlip({ ownFor: hospital, body: () => ({ arrivalId: randomUUID() }) }),
  'referrals.noteNotArrived': onSlip({ ownFor: hospital, body: () => ({}) }),
  'referrals.tellOutcome': onSlip({
    ownFor: hospital,
    arrived: true,
    body: () => ({ outcome: 'admitted', note: 'Thử' }),
  }),
  'referrals.cancel': onSlip({ ownFor: station, foreignFor: ['foreignNurse'], body: () => ({ reason: 'Thử' }) }),
  'referrals.listHolidays': { own: () => ({ query: { year: 2026 } }), ownFor: ['systemAdmin'] },
  'referrals.setHoliday': {
    own: () => ({ params: { day: '2026-12-24' }, body: { off: true, name: 'Thử', source: 'thử' } }),
    ownFor: ['systemAdmin'],
  },
}
