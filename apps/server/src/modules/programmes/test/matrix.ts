import { randomUUID } from 'node:crypto'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Matrix, MatrixCase, MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'
import { shippedProgrammes } from '../data/programmes.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId(castCitizens.lan.key)
const duc = demoPersonId(castCitizens.duc.key)
const station: readonly CastKey[] = ['nurse', 'stationDoctor']
const staff: readonly CastKey[] = [
  ...station,
  ...(['districtSpecialist', 'provincialSpecialist', 'dutyLead', 'unitAdmin'] as const),
  ...(['officer', 'foreignNurse', 'systemAdmin'] as const),
]
const [anyProgramme] = shippedProgrammes

interface World {
  patientId: string
  facilityId: string
  enrolledBy: string
}
const own: World = { patientId: lan, facilityId: poY, enrolledBy: demoPersonId(castStaffMember('nurse').key) }
const foreign: World = {
  patientId: duc,
  facilityId: hoaiHai,
  enrolledBy: demoPersonId(castStaffMember('foreignNurse').key),
}

/** Ended ones first make room: a patient is in a programme once at a time. */
async function enrolmentIn(bed: TestBed, { patientId, facilityId, enrolledBy }: World): Promise<string> {
  const id = randomUUID()
  const now = bed.platform.clock.now()
  await bed.owner.query(
    `update programmes.enrolment set status = 'ended', end_reason = 'mistake', ended_at = $3, next_on = null
      where patient_id = $1 and programme_code = $2 and status = 'active'`,
    [patientId, 'hypertension', now],
  )
  await bed.owner.query(
    `insert into programmes.enrolment (id, patient_id, facility_id, programme_code, programme_version, enrolled_by,
        enrolled_at) values ($1, $2, $3, 'hypertension', 1, $4, $5)`,
    [id, patientId, facilityId, enrolledBy, now],
  )
  return id
}

async function free(bed: TestBed, patientId: string): Promise<void> {
  await bed.owner.query(
    `update programmes.enrolment set status = 'ended', end_reason = 'mistake', ended_at = now(), next_on = null
      where patient_id = $1 and status = 'active'`,
    [patientId],
  )
}

const onEnrolment = (rest: (bed: TestBed) => NonNullable<MatrixInput> = () => ({})): MatrixCase => {
  const at =
    (world: World): MatrixCase['own'] =>
    async (bed) => {
      const id = await enrolmentIn(bed, world)
      const { params, ...more } = rest(bed)
      return { params: { id, ...params }, ...more }
    }
  return { own: at(own), ownFor: station, foreign: at(foreign), foreignFor: ['foreignNurse'] }
}

const joining =
  ({ patientId, facilityId }: World): MatrixCase['own'] =>
  async (bed) => {
    await free(bed, patientId)
    return { body: { id: randomUUID(), patientId, facilityId, programme: 'hypertension', anchorOn: null } }
  }

const today = (bed: TestBed): string => localDateOf(bed.platform.clock.now())

export const matrix: Matrix = {
  'programmes.list': { own: () => ({}), ownFor: staff },
  'programmes.save': {
    own: () => ({
      body: { code: 'child_growth', version: 1, validFrom: '2026-01-01', definition: anyProgramme?.definition },
    }),
    ownFor: ['officer', 'systemAdmin'],
  },
  'programmes.enrol': { own: joining(own), ownFor: station, foreign: joining(foreign), foreignFor: ['foreignNurse'] },
  'programmes.correctAnchor': onEnrolment((bed) => ({ body: { version: 1, anchorOn: addDays(today(bed), -70) } })),
  'programmes.end': onEnrolment(() => ({ body: { reason: 'declined' } })),
  'programmes.keepOutside': onEnrolment((bed) => ({
    body: { id: randomUUID(), on: today(bed), where: 'Bệnh viện huyện' },
  })),
  'programmes.takeOutsideBack': onEnrolment(() => ({ params: { visitId: randomUUID() } })),
  'programmes.noteCall': onEnrolment(() => ({ body: { id: randomUUID(), result: 'no_answer' } })),
  'programmes.ofPatient': {
    own: () => ({ params: { patientId: lan } }),
    ownFor: station,
    foreign: () => ({ params: { patientId: duc } }),
    foreignFor: ['foreignNurse'],
  },
  'programmes.due': {
    own: () => ({ params: { facilityId: poY } }),
    ownFor: station,
    foreign: () => ({ params: { facilityId: hoaiHai } }),
    foreignFor: ['foreignNurse'],
  },
  'programmes.own': { own: () => ({}), ownFor: ['lan', 'duc'] },
}
