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
const upper: readonly CastKey[] = ['districtSpecialist', 'provincialSpecialist', 'dutyLead']

interface World {
  stationId: string
  hospitalId: string
  nurseId: string
  /** Rung, or the one who took the case. */
  doctorId: string
}
export const own: World = {
  stationId: facilityIdOf('kt-tyt-po-y'),
  hospitalId: facilityIdOf('kt-bvdkkv-ngoc-hoi'),
  nurseId: demoPersonId(castStaffMember('nurse').key),
  doctorId: demoPersonId(castStaffMember('districtSpecialist').key),
}
/** A station of another province asks the provincial hospital of this one; nobody of the cast answers there. */
const foreign: World = {
  stationId: facilityIdOf('bd-tyt-hoai-hai'),
  hospitalId: facilityIdOf('kt-bvdk-tinh'),
  nurseId: demoPersonId(castStaffMember('foreignNurse').key),
  doctorId: demoPersonId('nobody of the cast'),
}

/** A patient of the station with an open encounter; never one of the story, whose records other routes try. */
async function encounterIn(
  bed: TestBed,
  { stationId, nurseId }: World,
): Promise<{ encounterId: string; patientId: string }> {
  const [encounterId, patientId] = [randomUUID(), randomUUID()]
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
      channel, started_at)
    values ($1, $2, $3, $4, 'Thử', 'IN_PERSON', 'in_person', now())`,
    [encounterId, patientId, stationId, nurseId],
  )
  return { encounterId, patientId }
}

let number = 0

/** A case that stands in a state: rung for the doctor while it is on its way, theirs from then on. */
export async function caseIn(bed: TestBed, world: World, status: string): Promise<string> {
  const id = randomUUID()
  const { encounterId, patientId } = await encounterIn(bed, world)
  await bed.owner.query('insert into identity.person (id) values ($1) on conflict do nothing', [world.doctorId])
  const sent = status !== 'draft'
  const taken = sent && status !== 'submitted'
  await bed.owner.query(
    `insert into consults.consult (id, number, number_year, status, urgency, specialty, encounter_id, patient_id,
      patient_name, patient_sex,
      requesting_facility_id, requester_id, supporting_facility_id, consultant_id, informed_at, informed_how, step,
      round, created_at)
    values ($1, $2, $11, $3, 'scheduled', 'internal', $4, $5, 'Y Thử', 'female', $6, $7, $8, $9, now(), 'in_person',
      $10, $10, now())`,
    [
      id,
      sent ? (number += 1) : null,
      status,
      encounterId,
      patientId,
      world.stationId,
      world.nurseId,
      sent ? world.hospitalId : null,
      taken ? world.doctorId : null,
      sent ? 1 : 0,
      sent ? 2000 : null,
    ],
  )
  if (!sent) return id
  await bed.owner.query(
    `insert into consults.ring (consult_id, step, person_id, facility_id, reason, round, rung_at, deadline_at,
      ring_result)
    values ($1, 1, $2, $3, 'ON_DUTY_ONLINE', 1, now(), now() + interval '1 minute', $4)`,
    [id, world.doctorId, world.hospitalId, taken ? 'answered' : 'ringing'],
  )
  await bed.owner.query(
    "insert into records.care_relationship (patient_id, person_id, reason, subject_id) values ($1, $2, 'consult', $3)",
    [patientId, world.doctorId, id],
  )
  return id
}

export const content = ({ nurseId, doctorId }: World) => {
  const member = (personId: string, role: string, end: string) => ({
    personId,
    name: 'Thử',
    title: '',
    specialty: '',
    unit: '',
    licenceNo: '',
    end,
    role,
    invited: false,
    present: true,
    opinion: '',
  })
  return {
    treatedFrom: '2026-11-20',
    treatedTo: null,
    startedAt: '2026-11-22T08:00:00.000Z',
    endedAt: null,
    place: '',
    members: [member(doctorId, 'chair', 'supporting'), member(nurseId, 'secretary', 'requesting')],
    course: '',
    answers: [],
    diagnosis: '',
    icd10: '',
    treatment: '',
    plan: '',
    transferTo: '',
    followUpOn: null,
    informedAt: null,
    informedBy: '',
  }
}

/** Minutes the doctor wrote. */
export async function minutesIn(
  bed: TestBed,
  world: World,
  consultId: string,
  state: 'draft' | 'proposed',
): Promise<{ id: string; minutesId: string }> {
  const minutesId = randomUUID()
  await bed.owner.query(
    `insert into consults.minutes (id, consult_id, version, state, side_facility_id, drafted_by, content, content_hash,
      created_at)
    values ($1, $2, 1, $3, $4, $5, $6, $7, now())`,
    [minutesId, consultId, state, world.hospitalId, world.doctorId, JSON.stringify(content(world)), 'a'.repeat(64)],
  )
  return { id: consultId, minutesId }
}

/** As after the first digital signature of its doctor. */
async function signDigitally(bed: TestBed, world: World, minutesId: string): Promise<void> {
  await bed.owner.query(
    `with document as (insert into signatures.document (id, subject_kind, subject_id, document_digest, made_at)
        values (gen_random_uuid(), 'minutes', $1, $2, now()) returning id),
      request as (insert into signatures.request (id, subject_kind, subject_id, signer_id, role, document_digest,
          digest, title, state, prepared_at, method, proof, signed_at, completed_at)
        values (gen_random_uuid(), 'minutes', $1, $3, 'chair', $2, $2, 'Thử', 'completed', now(), 'pades', '{}', now(),
          now()) returning id)
    insert into signatures.revision (document_id, number, bytes, request_id, made_at)
      select document.id, number, '%PDF', case number when 1 then request.id end, now()
      from document, request, generate_series(0, 1) number`,
    [minutesId, 'a'.repeat(64), world.doctorId],
  )
}

type Make = (bed: TestBed, world: World) => Promise<object> | object
const both = (make: Make, ownFor: readonly CastKey[], foreignFor: readonly CastKey[]): MatrixCase => ({
  own: (bed) => make(bed, own),
  ownFor,
  foreign: (bed) => make(bed, foreign),
  foreignFor,
})
const onCase =
  (status: string, rest: object = {}): Make =>
  async (bed, world) => ({ params: { id: await caseIn(bed, world, status) }, ...rest })

/**
 * The asking unit; whoever meets; whoever was rung or leads the hospital asked. Never those above, never the citizen's
 * neighbours.
 */
const asking = (make: Make) => both(make, ['nurse', 'stationDoctor'], ['foreignNurse'])
const meeting = (make: Make) => both(make, ['nurse', 'stationDoctor', 'districtSpecialist'], ['foreignNurse'])
const answering = (make: Make) => both(make, ['districtSpecialist', 'dutyLead'], [])

const request = {
  specialty: 'internal',
  urgency: 'urgent',
  questions: ['Thử?'],
  history: '',
  treatment: '',
  allergies: '',
  diagnosis: '',
  patientInformed: null,
}
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString()

export const matrix: Matrix = {
  'consults.prefill': asking(async (bed, world) => ({
    query: { encounterId: (await encounterIn(bed, world)).encounterId },
  })),
  'consults.previewRoute': { own: () => ({ query: { specialty: 'internal' } }), ownFor: clinicians },
  'consults.saveDraft': asking(async (bed, world) => ({
    params: { id: randomUUID() },
    body: { ...request, encounterId: (await encounterIn(bed, world)).encounterId },
  })),
  'consults.submit': asking(onCase('draft', { body: {} })),
  'consults.list': { own: () => ({ query: { box: 'unit' } }), ownFor: clinicians },
  'consults.ringing': { own: () => ({}), ownFor: upper },
  'consults.get': both(
    onCase('submitted'),
    ['nurse', 'stationDoctor', 'districtSpecialist', 'dutyLead'],
    ['foreignNurse'],
  ),
  'consults.accept': answering(onCase('submitted')),
  // only the one it rings for can say no; the lead takes or returns
  'consults.decline': both(onCase('submitted', { body: {} }), ['districtSpecialist'], []),
  'consults.return': answering(onCase('submitted', { body: { reason: 'Thử' } })),
  'consults.schedule': answering(async (bed, world) => ({
    params: { id: await caseIn(bed, world, 'accepted') },
    body: { at: tomorrow() },
  })),
  'consults.start': meeting(onCase('accepted')),
  'consults.cancel': asking(onCase('submitted', { body: { reason: 'Thử' } })),
  'consults.addOpinion': meeting(async (bed, world) => ({
    params: { id: await caseIn(bed, world, 'in_session') },
    body: { opinionId: randomUUID(), text: 'Thử' },
  })),
  'consults.saveMinutes': meeting(async (bed, world) => ({
    params: { id: await caseIn(bed, world, 'in_session'), minutesId: randomUUID() },
    body: content(world),
  })),
  // a draft is its author's: the other end does not know of it before it is proposed
  'consults.proposeMinutes': both(
    async (bed, world) => ({ params: await minutesIn(bed, world, await caseIn(bed, world, 'in_session'), 'draft') }),
    ['districtSpecialist'],
    [],
  ),
  'consults.signMinutes': both(
    async (bed, world) => ({
      params: await minutesIn(bed, world, await caseIn(bed, world, 'minutes'), 'proposed'),
      body: { contentHash: 'b'.repeat(64), decision: 'accepts' },
    }),
    ['nurse', 'districtSpecialist'],
    ['foreignNurse'],
  ),
  'consults.signedMinutesPdf': both(
    async (bed, world) => {
      const params = await minutesIn(bed, world, await caseIn(bed, world, 'minutes'), 'proposed')
      await signDigitally(bed, world, params.minutesId)
      return { params }
    },
    ['nurse', 'stationDoctor', 'districtSpecialist', 'dutyLead'],
    ['foreignNurse'],
  ),
  'consults.reportPatientOutcome': asking(onCase('signed', { body: { code: 'improved', text: '' } })),
  'consults.close': meeting(onCase('outcome')),
  // how long it rings is no secret between clinicians
  'consults.escalation': { own: () => ({ query: { facilityId: own.hospitalId } }), ownFor: clinicians },
  'consults.setEscalation': both(
    (_bed, { hospitalId }) => ({ body: { facilityId: hospitalId, urgency: 'urgent', waitSeconds: 30 } }),
    ['dutyLead'],
    [],
  ),
}
