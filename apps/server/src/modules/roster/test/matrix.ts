import { randomUUID } from 'node:crypto'
import { everyone, type Matrix, type MatrixCase } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

const staff = everyone.filter((key) => key !== 'lan' && key !== 'duc')
const clinicians: readonly CastKey[] = [
  'nurse',
  'stationDoctor',
  'districtSpecialist',
  'provincialSpecialist',
  'dutyLead',
  'foreignNurse',
]

interface World {
  facilityId: string
  doctorId: string
}
/**
 * The hospital that backs Pờ Y, and the provincial one: a roster is the business of its own house and of those set
 * above it.
 */
const own: World = {
  facilityId: facilityIdOf('kt-bvdkkv-ngoc-hoi'),
  doctorId: demoPersonId(castStaffMember('districtSpecialist').key),
}
const foreign: World = {
  facilityId: facilityIdOf('kt-bvdk-tinh'),
  doctorId: demoPersonId(castStaffMember('provincialSpecialist').key),
}

let count = 0
/** Every shift of the matrix has an hour of its own, far from the demo's. */
const nextHour = () => Date.UTC(2050, 0, 1) + (count += 2) * 3_600_000
const hour = (start: number) => ({
  startsAt: new Date(start).toISOString(),
  endsAt: new Date(start + 3_600_000).toISOString(),
})

async function shiftOf(bed: TestBed, { facilityId, doctorId }: World): Promise<string> {
  const id = randomUUID()
  const { startsAt, endsAt } = hour(nextHour())
  await bed.owner.query(
    `insert into roster.shift (id, facility_id, specialty, person_id, role, during)
      values ($1, $2, 'internal', $3, 'on_duty', tstzrange($4, $5))`,
    [id, facilityId, doctorId, startsAt, endsAt],
  )
  return id
}

async function noteOf(bed: TestBed, { facilityId, doctorId }: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    "insert into roster.handover (id, facility_id, note, written_by, written_at) values ($1, $2, 'Thử', $3, now())",
    [id, facilityId, doctorId],
  )
  return id
}

type Make = (bed: TestBed, world: World) => Promise<object> | object
const both = (make: Make, ownFor: readonly CastKey[], foreignFor: readonly CastKey[]): MatrixCase => ({
  own: (bed) => make(bed, own),
  ownFor,
  foreign: (bed) => make(bed, foreign),
  foreignFor,
})
const read = (make: Make) =>
  both(
    make,
    ['districtSpecialist', 'dutyLead', 'unitAdmin', 'officer', 'systemAdmin'],
    ['provincialSpecialist', 'officer', 'systemAdmin'],
  )
const plan = (make: Make) => both(make, ['dutyLead', 'unitAdmin', 'systemAdmin'], ['systemAdmin'])
/** Notes may speak of patients: only those who work there. */
const handOver = (make: Make) => both(make, ['districtSpecialist', 'dutyLead'], ['provincialSpecialist'])

export const matrix: Matrix = {
  'roster.week': read((_bed, { facilityId }) => ({ query: { facilityId, from: '2050-01-03' } })),
  'roster.now': read((_bed, { facilityId }) => ({ query: { facilityId } })),
  'roster.mine': { own: () => ({}), ownFor: staff },
  'roster.saveShift': plan((_bed, { facilityId, doctorId }) => ({
    params: { id: randomUUID() },
    body: { facilityId, personId: doctorId, specialty: 'internal', role: 'on_duty', ...hour(nextHour()) },
  })),
  'roster.removeShift': plan(async (bed, world) => ({ params: { id: await shiftOf(bed, world) } })),
  'roster.swapShifts': plan(async (bed, world) => ({
    body: { id: randomUUID(), shiftId: await shiftOf(bed, world), withShiftId: await shiftOf(bed, world) },
  })),
  'roster.copyWeek': plan((_bed, { facilityId }) => ({ body: { facilityId, from: '2049-01-04', to: '2049-01-11' } })),
  'roster.handovers': handOver((_bed, { facilityId }) => ({ query: { facilityId } })),
  'roster.writeHandover': handOver((_bed, { facilityId }) => ({
    body: { id: randomUUID(), facilityId, specialty: null, note: 'Thử' },
  })),
  'roster.readHandover': handOver(async (bed, world) => ({ params: { id: await noteOf(bed, world) } })),
  'roster.myPresence': { own: () => ({}), ownFor: clinicians },
  'roster.setPaused': { own: () => ({ body: { paused: false } }), ownFor: clinicians },
}
