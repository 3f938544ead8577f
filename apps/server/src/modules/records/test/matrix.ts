import { randomUUID } from 'node:crypto'
import { makeHandle } from '../../../platform/testing/make-handle.ts'
import { everyone, type Matrix, type MatrixCase } from '../../../platform/testing/permission-matrix.ts'
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
const judges: readonly CastKey[] = ['stationDoctor', 'dutyLead', 'unitAdmin', 'systemAdmin']
const staff = everyone.filter((key) => key !== 'lan' && key !== 'duc')
/**
 * Who cares for the patients of Pờ Y. No grant above, however high, opens a record: not the hospital's, not the
 * department's, not the system's.
 */
const station: readonly CastKey[] = ['nurse', 'stationDoctor']

interface World {
  facilityId: string
  patientId: string
  practitionerId: string
}
const own: World = {
  facilityId: facilityIdOf('kt-tyt-po-y'),
  patientId: demoPersonId(castCitizens.lan.key),
  practitionerId: demoPersonId(castStaffMember('nurse').key),
}
const foreign: World = {
  facilityId: facilityIdOf('bd-tyt-hoai-hai'),
  patientId: demoPersonId(castCitizens.duc.key),
  practitionerId: demoPersonId(castStaffMember('foreignNurse').key),
}

async function encounterOf(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode,
      channel, started_at)
    values ($1, $2, $3, $4, 'Thử', 'IN_PERSON', 'in_person', now())`,
    [id, world.patientId, world.facilityId, world.practitionerId],
  )
  return id
}

/** A medicine the patient took. */
async function factOf(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.patient_fact (id, patient_id, kind, status, system, code, display)
      values ($1, $2, 'medicine', 'resolved', 'urn:moinha:name', $3, 'Thử')`,
    [id, world.patientId, id],
  )
  return id
}

async function documentOf(bed: TestBed, world: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.document (id, version, patient_id, facility_id, kind, title, content)
      values ($1, 1, $2, $3, 'consult_minutes', 'Thử', '{}')`,
    [id, world.patientId, world.facilityId],
  )
  return id
}

/**
 * A patient nobody of the story is: opening their record in an emergency changes nothing for the rest of the matrix.
 */
async function strangerOf(bed: TestBed, { facilityId }: World): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.patient (id, full_name, sex, birth_date, home_facility_id)
      values ($1, 'A Lạ', 'male', '1990-01-01', $2)`,
    [id, facilityId],
  )
  await bed.owner.query(
    "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'registered')",
    [id, facilityId],
  )
  return id
}

/** What an emergency search of this person answered for a stranger. */
async function handleFor(bed: TestBed, world: World): Promise<string> {
  return makeHandle(bed.owner, world.practitionerId, await strangerOf(bed, world))
}

/** Somebody acts for a stranger of this unit. */
async function linkOf(bed: TestBed, world: World): Promise<{ patientId: string; id: string }> {
  const [patientId, id] = [await strangerOf(bed, world), randomUUID()]
  await bed.owner.query(
    `insert into identity.family_member (id, guardian_id, dependant_id, relation, consent_version)
    values ($1, $2, $3, 'child', 'v1')`,
    [id, own.patientId, patientId],
  )
  return { patientId, id }
}

const newPilot = (facilityId: string) => ({
  params: { id: randomUUID() },
  body: {
    facilityId,
    documentNo: '1/QĐ-BYT',
    title: 'Thử',
    icd10: ['Z99'],
    from: '2026-01-01',
    until: '2027-01-01',
    quota: 5,
  },
})

async function pilotAt(bed: TestBed, facilityId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.pilot_approval (id, facility_id, document_no, title, patterns, valid_from, valid_until, quota)
      values ($1, $2, '1/QĐ-BYT', 'Thử', '{Z99}', '2026-01-01', '2027-01-01', 5)`,
    [id, facilityId],
  )
  return id
}

/** A pilot approval of a unit, for who manages it. */
function onPilot(body?: object): MatrixCase {
  const at = async (bed: TestBed, { facilityId }: World) => ({
    params: { id: await pilotAt(bed, facilityId) },
    ...(body && { body }),
  })
  return {
    own: (bed) => at(bed, own),
    ownFor: ['unitAdmin', 'systemAdmin'],
    foreign: (bed) => at(bed, foreign),
    foreignFor: ['systemAdmin'],
  }
}

/** A claim of somebody, on nobody. */
async function claimOf(bed: TestBed, guardianId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into records.proxy_claim (id, guardian_id, relation, consent_version, expires_at)
    values ($1, $2, 'child', 'v1', now() + interval '10 minutes')`,
    [id, guardianId],
  )
  return id
}

/** Somebody opened the record of a patient whose home unit this is; the station's doctor of Pờ Y was told of theirs. */
async function openingOf(bed: TestBed, facilityId: string): Promise<string> {
  const [id, patientId] = [randomUUID(), await strangerOf(bed, { ...own, facilityId })]
  await bed.owner.query(
    `insert into records.glass_break (id, patient_id, person_id, facility_ids, home_facility_id, reason, at, until)
    values ($1, $2, $3, $4, $5, 'Thử', now(), now() + interval '1 day')`,
    [id, patientId, foreign.practitionerId, [foreign.facilityId], facilityId],
  )
  if (facilityId === own.facilityId) {
    await bed.owner.query("insert into records.glass_notice (glass_id, person_id, told_as) values ($1, $2, 'head')", [
      id,
      demoPersonId(castStaffMember('stationDoctor').key),
    ])
  }
  return id
}

/** Lan for her station; Đức for his, in another province. */
const ofStation = (make: (bed: TestBed, world: World) => Promise<object> | object): MatrixCase => ({
  own: (bed) => make(bed, own),
  ownFor: station,
  foreign: (bed) => make(bed, foreign),
  foreignFor: ['foreignNurse'],
})
const onPatient = (rest: object = {}) =>
  ofStation((_bed, world) => ({ params: { patientId: world.patientId }, ...rest }))
const onEncounter = (body?: object) =>
  ofStation(async (bed, world) => ({ params: { id: await encounterOf(bed, world) }, ...(body && { body }) }))
const onOwnRecord = (make: (bed: TestBed, world: World) => Promise<object> | object): MatrixCase => ({
  own: (bed) => make(bed, own),
  ownFor: ['lan'],
  foreign: (bed) => make(bed, foreign),
  foreignFor: ['duc'],
})

let count = 0
const claim = () => ({
  id: randomUUID(),
  relation: 'parent',
  consentVersion: 'v1',
  who: { identifier: { system: 'local', value: randomUUID().slice(0, 8) } },
})

/** A version nobody holds: who may write is told CHANGED_MEANWHILE, and nothing is spent. */
const version = 2_147_483_647

const list = { from: '2026-07-01', edition: 'TT 06/2026' }

export const matrix: Matrix = {
  'records.searchPatients': ofStation((_bed, { facilityId }) => ({ body: { q: '', facilityId } })),
  'records.registerPatient': ofStation((_bed, { facilityId }) => ({
    body: { id: randomUUID(), facilityId, fullName: 'A Thử', force: true },
  })),
  'records.editPatient': onPatient({ body: { version, fullName: 'Thử' } }),
  'records.addIdentifier': ofStation((_bed, { patientId }) => ({
    params: { patientId },
    body: { id: randomUUID(), system: 'local', value: randomUUID().slice(0, 8) },
  })),
  'records.readPatient': onPatient(),
  'records.patientTimeline': onPatient(),
  'records.patientReadings': onPatient(),
  'records.listFacts': onPatient(),
  // a name of its own each time: what is known already is refused
  'records.recordFact': ofStation((_bed, { patientId }) => ({
    params: { patientId },
    body: { id: randomUUID(), fact: { kind: 'medicine', display: `Thuốc ${randomUUID().slice(0, 8)}` } },
  })),
  'records.changeFact': ofStation(async (bed, world) => ({
    params: { id: await factOf(bed, world) },
    body: { version, status: 'resolved', reason: 'Thử', fact: { kind: 'medicine', display: 'Thử' } },
  })),
  'records.factVersions': ofStation(async (bed, world) => ({ params: { id: await factOf(bed, world) } })),
  // an emergency is not asked where it happens; each look is written down and told to the home unit
  'records.breakGlassFind': {
    own: () => ({ body: { identifier: { system: 'local', value: randomUUID().slice(0, 8) } } }),
    ownFor: clinicians,
  },
  'records.breakGlass': {
    // the handle of one's own search; the nurse's is nobody else's, not even the doctor's of the same station
    own: async (bed) => ({ body: { handle: await handleFor(bed, own), reason: 'Thử', confirm: true } }),
    ownFor: ['nurse'],
    foreign: async (bed) => ({ body: { handle: await handleFor(bed, foreign), reason: 'Thử', confirm: true } }),
    foreignFor: ['foreignNurse'],
  },
  'records.linkGuardian': ofStation(async (bed, world) => ({
    params: { patientId: await strangerOf(bed, world) },
    body: {
      id: randomUUID(),
      phone: `09124${String((count += 1)).padStart(5, '0')}`,
      code: '000000',
      relation: 'child',
      paper: 'birth_certificate',
    },
  })),
  'records.endProxy': ofStation(async (bed, world) => ({ params: await linkOf(bed, world), body: { reason: 'Thử' } })),
  // answers the same whether or not anybody fits
  'records.claimProxy': { own: () => ({ body: claim() }), ownFor: ['lan', 'duc'] },
  'records.confirmProxyClaim': {
    own: async (bed) => ({ params: { id: await claimOf(bed, own.patientId) }, body: { code: '000000' } }),
    ownFor: ['lan'],
    foreign: async (bed) => ({ params: { id: await claimOf(bed, foreign.patientId) }, body: { code: '000000' } }),
    foreignFor: ['duc'],
  },
  'records.listEmergencyOpenings': { own: () => ({ query: { state: 'all' } }), ownFor: judges },
  // only who answers for the home unit or the opener's unit, or above them; the opener's unit here is Hoài Hải
  'records.reviewEmergencyOpening': {
    own: async (bed) => ({ params: { id: await openingOf(bed, own.facilityId) }, body: { verdict: 'justified' } }),
    ownFor: judges,
    foreign: async (bed) => ({
      params: { id: await openingOf(bed, foreign.facilityId) },
      body: { verdict: 'justified' },
    }),
    foreignFor: ['systemAdmin'],
  },
  'records.myEmergencyNotices': { own: () => ({}), ownFor: everyone },
  'records.readEmergencyNotice': {
    own: async (bed) => ({ params: { id: await openingOf(bed, own.facilityId) } }),
    ownFor: ['stationDoctor'],
    foreign: async (bed) => ({ params: { id: await openingOf(bed, foreign.facilityId) } }),
    foreignFor: [],
  },
  'records.openEncounter': {
    own: () => ({
      body: { id: randomUUID(), patientId: own.patientId, facilityId: own.facilityId, remoteMode: 'IN_PERSON' },
    }),
    ownFor: station,
    // the own unit does not help with another's patient
    foreign: () => ({
      body: { id: randomUUID(), patientId: foreign.patientId, facilityId: own.facilityId, remoteMode: 'IN_PERSON' },
    }),
  },
  'records.openEncounters': { own: () => ({}), ownFor: clinicians },
  'records.readEncounter': onEncounter(),
  'records.saveEncounter': onEncounter({ version, changes: { complaint: 'Thử' } }),
  'records.saveObservations': ofStation(async (bed, world) => ({
    params: { id: await encounterOf(bed, world) },
    body: { items: [{ id: randomUUID(), code: '8867-4', value: 80, takenAt: new Date().toISOString() }] },
  })),
  'records.finishEncounter': onEncounter({ version, disposition: 'advice' }),
  'records.cancelEncounter': onEncounter({ version, reason: 'Thử' }),
  'records.correctEncounter': onEncounter({ version, reason: 'Thử', changes: { advice: 'Thử' } }),
  'records.encounterVersions': onEncounter(),
  'records.summariseEncounter': onEncounter(),
  'records.readDocument': ofStation(async (bed, world) => ({ params: { id: await documentOf(bed, world) } })),
  'records.documentPdf': ofStation(async (bed, world) => ({ params: { id: await documentOf(bed, world) } })),
  'records.searchDiagnoses': { own: () => ({ query: { q: 'R07' } }), ownFor: clinicians },
  'records.diagnosisEditions': { own: () => ({}), ownFor: ['systemAdmin'] },
  'records.checkDiagnosisList': { own: () => ({ query: list }), ownFor: ['systemAdmin'] },
  'records.applyDiagnosisList': { own: () => ({ query: { ...list, digest: 'x' } }), ownFor: ['systemAdmin'] },
  'records.teleList': { own: () => ({}), ownFor: staff },
  'records.enableTeleRow': {
    own: async (bed) => ({ params: { id: await firstTeleRow(bed) }, body: { enabled: false } }),
    ownFor: ['systemAdmin'],
  },
  'records.setTeleGate': { own: () => ({ body: { gate: 'treatment' } }), ownFor: ['systemAdmin'] },
  'records.checkTeleImport': { own: () => ({}), ownFor: ['systemAdmin'] },
  'records.applyTeleImport': { own: () => ({ query: { from: '2027-01-01' } }), ownFor: ['systemAdmin'] },
  'records.setGateBinding': {
    own: () => ({ params: { condition: 'announcement' }, body: { binding: 'warn' } }),
    ownFor: ['systemAdmin'],
  },
  'records.listPilots': { own: () => ({ query: { facilityId: own.facilityId } }), ownFor: staff },
  'records.pilotUses': onPilot(),
  'records.addPilot': {
    own: () => newPilot(own.facilityId),
    ownFor: ['unitAdmin', 'systemAdmin'],
    foreign: () => newPilot(foreign.facilityId),
    foreignFor: ['systemAdmin'],
  },
  'records.endPilot': onPilot({ on: '2026-02-01' }),
  'records.ownRecord': onOwnRecord((_bed, { patientId }) => ({ params: { patientId } })),
  'records.ownDocument': onOwnRecord(async (bed, world) => ({
    params: { patientId: world.patientId, id: await documentOf(bed, world) },
  })),
  'records.ownDocumentPdf': onOwnRecord(async (bed, world) => ({
    params: { patientId: world.patientId, id: await documentOf(bed, world) },
  })),
  // a mother reads for her child; nobody else does
  'records.ownAccess': {
    own: () => ({ params: { patientId: demoPersonId('cast/lan-child') } }),
    ownFor: ['lan'],
    foreign: () => ({ params: { patientId: foreign.patientId } }),
    foreignFor: ['duc'],
  },
}

async function firstTeleRow(bed: TestBed): Promise<string> {
  const { rows } = await bed.owner.query<{ id: string }>(
    'select id from records.tele_allowed_icd where enabled_at is null order by position limit 1',
  )
  return rows[0]?.id ?? ''
}
