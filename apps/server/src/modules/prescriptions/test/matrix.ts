import { randomBytes, randomUUID } from 'node:crypto'
import { everyone, type Matrix } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const clinicians: readonly CastKey[] = [
  'nurse',
  'stationDoctor',
  'districtSpecialist',
  'provincialSpecialist',
  'dutyLead',
  'foreignNurse',
]
const station: readonly CastKey[] = ['nurse', 'stationDoctor']
const anyone = ['anonymous', ...everyone] as const

interface World {
  facilityId: string
  patientId: string
  practitionerId: string
}
const own: World = {
  facilityId: facilityIdOf('kt-tyt-po-y'),
  patientId: demoPersonId(castCitizens.lan.key),
  practitionerId: demoPersonId(castStaffMember('stationDoctor').key),
}
const foreign: World = {
  facilityId: facilityIdOf('bd-tyt-hoai-hai'),
  patientId: demoPersonId(castCitizens.duc.key),
  practitionerId: demoPersonId(castStaffMember('foreignNurse').key),
}

async function encounterOf(bed: TestBed, { facilityId, patientId, practitionerId }: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode,
      channel, started_at) values ($1, $2, $3, $4, 'Thử', 'IN_PERSON', 'in_person', now())`,
    [id, patientId, facilityId, practitionerId],
  )
  return id
}

/** Each time another: tries are counted by code. */
const unknownCode = (): string => `dm999${randomBytes(4).toString('hex').slice(0, 7)}-c`

const contentOf = (code: string) => ({
  code,
  kind: 'c',
  situation: 'usual',
  facility: { name: 'Thử', code: 'dm000', address: '', phone: '' },
  prescriber: { name: 'Thử', licenceNo: '' },
  patient: {
    fullName: 'Thử',
    sex: 'female',
    birthDate: '1996-03-08',
    months: null,
    address: '',
    phone: '',
    citizenId: '',
    insuranceCard: '',
    weightKg: null,
    broughtBy: null,
  },
  diagnoses: [],
  lines: [],
  advice: '',
  followUpDays: null,
  writtenAt: '2026-11-26T01:00:00.000Z',
  collectUntil: '2099-01-01',
  replaces: null,
  overruled: [],
})

/** A prescription of one line of two tablets, issued. */
async function prescriptionOf(bed: TestBed, world: World): Promise<{ id: string; code: string }> {
  const [id, code] = [randomUUID(), `dm000${randomBytes(4).toString('hex').slice(0, 7)}-c`]
  await bed.owner.query(
    `insert into prescriptions.prescription (id, code, kind, encounter_id, patient_id, facility_id, prescriber_id,
      content, state, written_at, collect_until, issued_at, reply)
    values ($1, $2, 'c', $3, $4, $5, $6, $7, 'issued', now(), '2099-01-01', now(), '{"errors": []}')`,
    [
      id,
      code,
      await encounterOf(bed, world),
      world.patientId,
      world.facilityId,
      world.practitionerId,
      JSON.stringify(contentOf(code)),
    ],
  )
  await bed.owner.query(
    `insert into prescriptions.line (prescription_id, no, patient_id, medicine_id, quantity)
    select $1, 1, $2, id, 2 from prescriptions.medicine order by code limit 1`,
    [id, world.patientId],
  )
  return { id, code }
}

async function medicineId(bed: TestBed): Promise<string> {
  const { rows } = await bed.owner.query<{ id: string }>(
    "select id from prescriptions.medicine where code = 'folic-acid-5-mg-vien-nen'",
  )
  return rows[0]?.id ?? ''
}

/** An encounter whose doctor knows what it is. */
async function diagnosedOf(bed: TestBed, world: World): Promise<string> {
  const id = await encounterOf(bed, world)
  await bed.owner.query(
    `insert into records.encounter_diagnosis (encounter_id, position, patient_id, system, code, display)
    values ($1, 0, $2, 'http://hl7.org/fhir/sid/icd-10', 'I10', 'Thử')`,
    [id, world.patientId],
  )
  return id
}

const typedFor = (world: World) => async (bed: TestBed) => ({
  body: {
    id: randomUUID(),
    encounterId: await diagnosedOf(bed, world),
    lines: [{ medicineId: await medicineId(bed), dose: '1', moments: ['morning'], days: 5 }],
  },
})
const handedOut = () => ({ id: randomUUID(), items: [{ no: 1, quantity: '1' }] })

const template = async (bed: TestBed) => ({
  params: { id: randomUUID() },
  body: {
    name: 'Thử',
    icd10: null,
    lines: [{ medicineId: await medicineId(bed), dose: '1', moments: ['morning'], days: 5 }],
  },
})

export const matrix: Matrix = {
  'prescriptions.searchMedicines': { own: () => ({ query: { q: 'para' } }), ownFor: clinicians },
  'prescriptions.ofEncounter': {
    own: async (bed) => ({ params: { id: await encounterOf(bed, own) } }),
    ownFor: station,
    foreign: async (bed) => ({ params: { id: await encounterOf(bed, foreign) } }),
    foreignFor: ['foreignNurse'],
  },
  'prescriptions.check': { own: typedFor(own), ownFor: ['stationDoctor'], foreign: typedFor(foreign) },
  'prescriptions.issue': { own: typedFor(own), ownFor: ['stationDoctor'], foreign: typedFor(foreign) },
  'prescriptions.read': {
    own: async (bed) => ({ params: { id: (await prescriptionOf(bed, own)).id } }),
    ownFor: station,
    foreign: async (bed) => ({ params: { id: (await prescriptionOf(bed, foreign)).id } }),
    foreignFor: ['foreignNurse'],
  },
  'prescriptions.withdraw': {
    own: async (bed) => ({ params: { id: (await prescriptionOf(bed, own)).id }, body: { reason: 'Thử' } }),
    ownFor: ['stationDoctor'],
    foreign: async (bed) => ({ params: { id: (await prescriptionOf(bed, foreign)).id }, body: { reason: 'Thử' } }),
  },
  'prescriptions.saveTemplate': { own: template, ownFor: clinicians },
  'prescriptions.dropTemplate': { own: () => ({ params: { id: randomUUID() } }), ownFor: clinicians },
  'prescriptions.dispense': {
    own: async (bed) => ({ params: { id: (await prescriptionOf(bed, own)).id }, body: handedOut() }),
    ownFor: station,
    foreign: async (bed) => ({ params: { id: (await prescriptionOf(bed, foreign)).id }, body: handedOut() }),
    foreignFor: ['foreignNurse'],
  },
  'prescriptions.listUnsent': { own: () => ({}), ownFor: clinicians },
  'prescriptions.sendAgain': {
    own: async (bed) => ({ params: { id: (await prescriptionOf(bed, own)).id } }),
    ownFor: station,
    foreign: async (bed) => ({ params: { id: (await prescriptionOf(bed, foreign)).id } }),
    foreignFor: ['foreignNurse'],
  },
  'prescriptions.own': {
    own: () => ({ params: { patientId: own.patientId } }),
    ownFor: ['lan'],
    foreign: () => ({ params: { patientId: foreign.patientId } }),
    foreignFor: ['duc'],
  },
  'prescriptions.openAtPharmacy': {
    own: async (bed) => ({ body: { code: (await prescriptionOf(bed, own)).code, birthYear: 1996 } }),
    ownFor: anyone,
    foreign: () => ({ body: { code: unknownCode(), birthYear: 1996 } }),
  },
  'prescriptions.dispenseAtPharmacy': {
    own: async (bed) => ({
      body: { code: (await prescriptionOf(bed, own)).code, birthYear: 1996, pharmacy: 'Thử', ...handedOut() },
    }),
    ownFor: anyone,
    foreign: () => ({ body: { code: unknownCode(), birthYear: 1996, pharmacy: 'Thử', ...handedOut() } }),
  },
}
