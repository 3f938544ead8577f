import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'
import { encounterFinished, fileDocument, noteUpperLevel, openEncounter, grantAccess } from '../index.ts'

const minutes = {
  consultId: randomUUID(),
  number: '1/2026',
  patient: { fullName: 'Lan', sex: 'female', birthDate: null },
  contentHash: 'abc',
  signatures: [{ name: 'Bác sĩ', role: 'chair', signedAt: '2026-11-22T08:00:00.000Z' }],
}
let bed: TestBed
let nurse: TestClient
let doctor: TestClient
let foreignNurse: TestClient
const poY = facilityIdOf('kt-tyt-po-y')
const provincial = facilityIdOf('kt-bvdk-tinh')
const lan = demoPersonId('cast/lan')
const child = demoPersonId('cast/lan-child')
const hypertension = { code: 'I10', display: 'Tăng huyết áp' }
const finished: { encounterId: string; referredUp: boolean }[] = []

beforeAll(async () => {
  bed = await openTestBed()
  bed.platform.events.on(encounterFinished, async (_, payload) => void finished.push(payload))
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
  foreignNurse = await bed.as('foreignNurse')
})
afterAll(() => bed.close())

async function begin(
  remoteMode: 'IN_PERSON' | 'DIRECT_TO_PATIENT' | 'HEALTH_ADVICE' = 'IN_PERSON',
  patientId = lan,
): Promise<string> {
  const id = randomUUID()
  await nurse.call(contract.openEncounter, { body: { id, patientId, facilityId: poY, remoteMode, reason: 'Đau đầu' } })
  return id
}
const read = (client: TestClient, id: string) => client.call(contract.readEncounter, { params: { id } })
const save = (client: TestClient, id: string, version: number, changes: object) =>
  client.try(contract.saveEncounter, { params: { id }, body: { version, changes } })
const finish = (
  client: TestClient,
  id: string,
  version: number,
  disposition: 'treatment' | 'examination' | 'advice' | 'referral',
) => client.try(contract.finishEncounter, { params: { id }, body: { version, disposition } })

async function audited(action: string, subjectId: string, outcome = 'done'): Promise<number> {
  const { rows } = await bed.owner.query<{ n: string }>(
    'select count(*) as n from audit.entry where action = $1 and subject_id = $2 and outcome = $3',
    [action, subjectId, outcome],
  )
  return Number(rows[0]?.n)
}

it('begins once, with name and licence of the practitioner copied', async () => {
  const id = await begin()
  await nurse.call(contract.openEncounter, {
    body: { id, patientId: lan, facilityId: poY, remoteMode: 'IN_PERSON', reason: 'Đau đầu' },
  })
  const { encounter, may } = await read(nurse, id)
  const cast = castStaffMember('nurse')
  expect(encounter).toMatchObject({
    practitionerName: cast.fullName,
    licenceNo: cast.licence?.number,
    complaint: 'Đau đầu',
    status: 'in_progress',
    version: 1,
    channel: 'in_person',
  })
  expect(may.write).toBe(true)
  expect(
    (
      await nurse.try(contract.openEncounter, {
        body: { id, patientId: child, facilityId: poY, remoteMode: 'IN_PERSON' },
      })
    ).problem?.code,
  ).toBe('ID_TAKEN')
  expect((await nurse.call(contract.openEncounters)).items.map((one) => one.id)).toContain(id)
})

it('two people at one encounter: the second save is told what is newer and loses nothing', async () => {
  const id = await begin()
  expect((await save(nurse, id, 1, { findings: 'Phổi trong' })).body).toMatchObject({ version: 2 })
  const late = await save(doctor, id, 1, { conclusion: 'Theo dõi' })
  expect(late.problem).toMatchObject({
    status: 409,
    code: 'CHANGED_MEANWHILE',
    params: { current: { version: 2, findings: 'Phổi trong', conclusion: '' } },
  })
  expect((await save(doctor, id, 2, { conclusion: 'Theo dõi' })).status).toBe(200)
  expect((await read(nurse, id)).encounter).toMatchObject({
    version: 3,
    findings: 'Phổi trong',
    conclusion: 'Theo dõi',
    updatedByName: castStaffMember('stationDoctor').fullName,
  })
  expect(await audited('records.saveEncounter', id)).toBe(2)
})

it('the same writing sent again is answered with what it made; once another wrote, the writer is told', async () => {
  const id = await begin()
  const changes = { findings: 'Phổi trong', diagnoses: [hypertension], conclusion: 'Tăng huyết áp' }
  const [one, two] = await Promise.all([save(nurse, id, 1, changes), save(nurse, id, 1, changes)])
  expect([one.body.version, two.body.version]).toEqual([2, 2])
  expect(await audited('records.saveEncounter', id)).toBe(1)
  expect((await save(doctor, id, 1, changes)).problem?.code).toBe('CHANGED_MEANWHILE')
  await save(doctor, id, 2, { advice: 'Uống nước ấm' })
  expect((await save(nurse, id, 1, changes)).problem).toMatchObject({
    code: 'CHANGED_MEANWHILE',
    params: { current: { version: 3, advice: 'Uống nước ấm' } },
  })
  await finish(nurse, id, 3, 'treatment')
  const correct = (reason: string, advice: string) =>
    nurse.try(contract.correctEncounter, { params: { id }, body: { version: 4, reason, changes: { advice } } })
  const sent = [await correct('Ghi thiếu', 'Nghỉ ngơi'), await correct('Ghi thiếu', 'Nghỉ ngơi')]
  expect(sent.map(({ body }) => body.version)).toEqual([5, 5])
  expect((await nurse.call(contract.encounterVersions, { params: { id } })).items).toHaveLength(2)
  expect((await correct('Ghi thiếu', 'Khác')).problem?.code).toBe('CHANGED_MEANWHILE')
})

it('keeps measurements one row each, warns of the improbable, takes them back, and refuses a foreign id', async () => {
  const id = await begin()
  const at = new Date().toISOString()
  const [systolic, pulse] = [randomUUID(), randomUUID()]
  type Typed = { id: string; code: '8480-6' | '8867-4'; value: number | null; basedOn?: string | undefined }
  const put = (items: Typed[], encounterId = id) =>
    nurse.try(contract.saveObservations, {
      params: { id: encounterId },
      body: { items: items.map((item) => ({ ...item, takenAt: at, device: 'Omron HEM-7120' })) },
    })
  const first = await put([
    { id: systolic, code: '8480-6', value: 310 },
    { id: pulse, code: '8867-4', value: 80 },
  ])
  expect(first.body.warnings).toEqual(['8480-6'])
  expect(first.body.items[0]).toMatchObject({
    system: 'http://loinc.org',
    code: '8480-6',
    value: 310,
    unit: 'mm[Hg]',
    device: 'Omron HEM-7120',
    implausible: true,
  })
  const basedOn = first.body.items[0]?.recordedAt
  await put([
    { id: systolic, code: '8480-6', value: 131, basedOn },
    { id: pulse, code: '8867-4', value: null, basedOn },
  ])
  expect((await read(nurse, id)).observations.map(({ code, value }) => ({ code, value }))).toEqual([
    { code: '8480-6', value: 131 },
  ])
  expect((await put([{ id: systolic, code: '8480-6', value: 99 }], await begin())).problem?.code).toBe('ID_TAKEN')
})

it('a measurement sent again never undoes what a colleague wrote or took back; who comes second is told', async () => {
  const id = await begin()
  const item = {
    id: randomUUID(),
    code: '8310-5' as const,
    value: 36.6 as number | null,
    takenAt: '2026-11-24T08:00:00Z',
  }
  const put = (client: TestClient, more: { value?: number | null; basedOn?: string | undefined } = {}) =>
    client.try(contract.saveObservations, { params: { id }, body: { items: [{ ...item, ...more }] } })
  const values = async () =>
    (await read(nurse, id)).observations.map(({ value, authorName }) => ({ value, authorName }))
  const ofDoctor = { value: 39.2, authorName: castStaffMember('stationDoctor').fullName }
  const [one, other] = await Promise.all([put(nurse), put(nurse)])
  expect([one?.status, other?.status]).toEqual([200, 200])
  const corrected = await put(doctor, { value: 39.2, basedOn: one?.body.items[0]?.recordedAt })
  expect(corrected.status).toBe(200)
  const refused = { code: 'CHANGED_MEANWHILE', params: { current: [{ id: item.id, ...ofDoctor }] } }
  expect((await put(nurse)).problem).toMatchObject(refused)
  expect((await put(nurse, { value: null, basedOn: one?.body.items[0]?.recordedAt })).problem).toMatchObject(refused)
  // the doctor's own, sent again, stands
  expect((await put(doctor, { value: 39.2, basedOn: one?.body.items[0]?.recordedAt })).body).toEqual(corrected.body)
  expect(await values()).toEqual([ofDoctor])
  const takenBack = { value: null, basedOn: corrected.body.items[0]?.recordedAt }
  expect((await put(doctor, takenBack)).body).toMatchObject({ items: [] })
  expect((await put(nurse)).problem).toMatchObject({ code: 'CHANGED_MEANWHILE', params: { current: [] } })
  expect((await put(doctor, takenBack)).status).toBe(200)
  expect(await values()).toEqual([])
  expect(await audited('records.saveObservations', id)).toBe(3)
})

it('finishes only with a conclusion, then is locked; a correction is a new version with its reason', async () => {
  const id = await begin()
  expect((await finish(nurse, id, 1, 'treatment')).problem).toMatchObject({
    code: 'ENCOUNTER_INCOMPLETE',
    params: { missing: ['conclusion', 'diagnosis'] },
  })
  await save(nurse, id, 1, {
    conclusion: 'Tăng huyết áp',
    diagnoses: [hypertension, { code: 'E11.9', display: 'Đái tháo đường' }],
  })
  expect((await finish(nurse, id, 2, 'treatment')).status).toBe(200)
  expect(finished.filter((one) => one.encounterId === id)).toEqual([
    expect.objectContaining({ referredUp: false, facilityId: poY, remoteMode: 'IN_PERSON' }),
  ])
  expect((await save(nurse, id, 3, { conclusion: 'Khác' })).problem?.code).toBe('ENCOUNTER_FINISHED')
  expect((await finish(nurse, id, 3, 'treatment')).problem?.code).toBe('ENCOUNTER_FINISHED')
  expect(
    (
      await nurse.try(contract.saveObservations, {
        params: { id },
        body: { items: [{ id: randomUUID(), code: '8867-4', value: 70, takenAt: new Date().toISOString() }] },
      })
    ).problem?.code,
  ).toBe('ENCOUNTER_FINISHED')
  await expect(bed.owner.query("update records.encounter set conclusion = 'x' where id = $1", [id])).rejects.toThrow(
    /is finished/,
  )
  await nurse.call(contract.correctEncounter, {
    params: { id },
    body: { version: 3, reason: 'Ghi nhầm', changes: { conclusion: 'Tăng huyết áp độ 1' } },
  })
  const { items } = await nurse.call(contract.encounterVersions, { params: { id } })
  expect(items.map(({ no, reason, content }) => [no, reason, content.conclusion])).toEqual([
    [2, 'Ghi nhầm', 'Tăng huyết áp độ 1'],
    [1, null, 'Tăng huyết áp'],
  ])
  expect((await read(nurse, id)).encounter).toMatchObject({
    corrections: 1,
    diagnoses: [hypertension, { code: 'E11.9' }],
  })
})

it('a version that was locked under an older word for its disposition is read, and stays as written', async () => {
  const id = await begin()
  await save(nurse, id, 1, { conclusion: 'Tăng huyết áp', diagnoses: [hypertension] })
  await finish(nurse, id, 2, 'treatment')
  await bed.owner.query(
    `insert into records.encounter_version (encounter_id, no, patient_id, content, reason, author_name)
      select encounter_id, 2, patient_id, content - 'disposition' || '{"outcome": "referral"}', 'Ghi nhầm', author_name
        from records.encounter_version where encounter_id = $1`,
    [id],
  )
  const { items } = await nurse.call(contract.encounterVersions, { params: { id } })
  expect(items.map(({ content }) => content.disposition)).toEqual(['referral', 'treatment'])
})

it('a remote visit ends as treatment only within the verified list; a pending row needs an administrator', async () => {
  const id = await begin('DIRECT_TO_PATIENT')
  await save(nurse, id, 1, { conclusion: 'Hen', diagnoses: [{ code: 'J45.0', display: 'Hen' }] })
  expect((await read(nurse, id)).gate).toMatchObject({ applies: true, reason: 'pending' })
  expect((await finish(nurse, id, 2, 'treatment')).problem).toMatchObject({
    code: 'REMOTE_TREATMENT_NOT_LISTED',
    params: { reason: 'pending', allows: ['examination', 'advice', 'referral'] },
  })
  const admin = await bed.as('systemAdmin')
  const row = (await admin.call(contract.teleList)).items.find((one) => one.icd10 === 'J45')
  expect(
    (await nurse.try(contract.enableTeleRow, { params: { id: row?.id ?? '' }, body: { enabled: true } })).status,
  ).toBe(403)
  await admin.call(contract.enableTeleRow, { params: { id: row?.id ?? '' }, body: { enabled: true } })
  expect((await finish(nurse, id, 2, 'treatment')).status).toBe(200)
  const advice = await begin('HEALTH_ADVICE')
  await save(nurse, advice, 1, { conclusion: 'Tư vấn', diagnoses: [hypertension] })
  expect((await finish(nurse, advice, 2, 'treatment')).problem?.params).toMatchObject({ reason: 'advice_only' })
  expect((await finish(nurse, advice, 2, 'advice')).status).toBe(200)
})

it('is closed to a nurse of another unit, and the attempt is written down; a consultant reads but does not write', async () => {
  const id = await begin()
  expect((await foreignNurse.try(contract.readEncounter, { params: { id } })).status).toBe(404)
  expect((await save(foreignNurse, id, 1, { conclusion: 'x' })).status).toBe(404)
  expect(await audited('records.readEncounter', id, 'refused')).toBe(1)
  expect(await audited('records.saveEncounter', id, 'refused')).toBe(1)
  await bed.platform.transact(systemActor, (work) =>
    grantAccess(work, { patientId: lan, facilityId: provincial, reason: 'consult', subjectId: id }),
  )
  const consultant = await bed.as('provincialSpecialist')
  expect((await read(consultant, id)).may.write).toBe(false)
  expect((await save(consultant, id, 1, { conclusion: 'x' })).status).toBe(403)
})

it('an id that stands for another paper is refused, and the paper stays as it was', async () => {
  const id = randomUUID()
  const paper = { id, patientId: lan, encounterId: null, facilityId: poY, kind: 'consult_minutes', title: 'Biên bản' }
  const file = (changes: object) =>
    bed.platform.transact(systemActor, (work) =>
      fileDocument(work, { ...paper, version: 1, content: minutes, ...changes }),
    )
  await file({})
  await file({})
  await expect(file({ version: 2, patientId: child })).rejects.toMatchObject({ code: 'ID_TAKEN' })
  const summary = { kind: 'record_summary', content: minutes }
  await expect(file(summary)).rejects.toThrow()
  const { rows } = await bed.owner.query('select kind, version from records.document where id = $1', [id])
  expect(rows).toEqual([{ kind: 'consult_minutes', version: 1 }])
})

it('row-level security alone hides and protects every table', async () => {
  const id = await begin()
  await nurse.call(contract.saveObservations, {
    params: { id },
    body: { items: [{ id: randomUUID(), code: '8867-4', value: 70, takenAt: new Date().toISOString() }] },
  })
  await save(nurse, id, 1, { conclusion: 'Ổn', diagnoses: [hypertension] })
  await finish(nurse, id, 2, 'treatment')
  await bed.platform.transact(systemActor, (work) =>
    fileDocument(work, {
      id: randomUUID(),
      patientId: lan,
      encounterId: id,
      facilityId: poY,
      kind: 'consult_minutes',
      title: 'Biên bản',
      version: 1,
      content: minutes,
    }),
  )
  const tables = ['encounter', 'encounter_diagnosis', 'observation', 'encounter_version', 'document']
  const asRole = async (facility: string, statement: string): Promise<number> => {
    const client = await bed.owner.connect()
    try {
      await client.query('begin')
      await client.query('set local role moinha_app')
      await client.query(
        `select set_config('app.actor_kind', 'staff', true), set_config('app.person_id', $1, true),
          set_config('app.facility_ids', $2, true), set_config('app.people', '{}', true)`,
        [randomUUID(), `{${facility}}`],
      )
      return (await client.query(statement)).rowCount ?? 0
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  for (const table of tables) {
    expect(await asRole(facilityIdOf('bd-tyt-hoai-hai'), `select from records.${table}`), table).toBe(0)
    expect(await asRole(poY, `select from records.${table}`), table).toBeGreaterThan(0)
  }
  expect(await asRole(facilityIdOf('bd-tyt-hoai-hai'), `update records.encounter set conclusion = 'x'`)).toBe(0)
  await expect(
    asRole(
      facilityIdOf('bd-tyt-hoai-hai'),
      `insert into records.encounter_diagnosis values ('${id}', 9, '${lan}', 's', 'I10', 'x')`,
    ),
  ).rejects.toThrow(/row-level security/)
})

it('cancels with a reason, and the front door answers the same appointment once', async () => {
  const id = await begin()
  await nurse.call(contract.cancelEncounter, { params: { id }, body: { version: 1, reason: 'Mở nhầm' } })
  expect((await save(nurse, id, 2, { conclusion: 'x' })).problem?.code).toBe('ENCOUNTER_CANCELLED')
  const start = {
    patientId: lan,
    facilityId: poY,
    practitionerId: demoPersonId(castStaffMember('nurse').key),
    remoteMode: 'DIRECT_TO_PATIENT' as const,
    appointmentId: randomUUID(),
  }
  const [one, two] = await bed.platform.transact(systemActor, async (work) => [
    await openEncounter(work, { ...start, id: randomUUID() }),
    await openEncounter(work, { ...start, id: randomUUID() }),
  ])
  expect(two?.id).toBe(one?.id)
  await bed.platform.transact(systemActor, (work) => noteUpperLevel(work, one?.id ?? '', true))
  expect((await read(nurse, one?.id ?? '')).encounter).toMatchObject({ upperLevelTookPart: true, referredUp: false })
})

it('finds diagnosis codes by code and by words without diacritics', async () => {
  const find = async (q: string) => (await nurse.call(contract.searchDiagnoses, { query: { q } })).items
  expect((await find('tang huyet ap'))[0]).toMatchObject({ code: 'I10', remote: 'listed' })
  expect((await find('i10'))[0]?.code).toBe('I10')
  expect((await find('huyet tang ap')).map((row) => row.code)).toContain('I10')
  expect(await find('%')).toEqual([])
})

it('gives citizens their own and their family’s finished visits, documents, and who looked; nothing of others', async () => {
  const citizen = await bed.as('lan')
  const id = await begin('IN_PERSON', child)
  const open = await begin('IN_PERSON', child)
  await save(nurse, id, 1, {
    conclusion: 'Viêm họng',
    advice: 'Uống nước ấm',
    diagnoses: [{ code: 'J00', display: 'Viêm mũi họng cấp' }],
  })
  await finish(nurse, id, 2, 'treatment')
  const document = randomUUID()
  const file = (version: number) =>
    bed.platform.transact(systemActor, (work) =>
      fileDocument(work, {
        id: document,
        patientId: child,
        encounterId: id,
        facilityId: poY,
        kind: 'consult_minutes',
        title: 'Biên bản hội chẩn',
        version,
        content: { ...minutes, place: `Bản ${version}` },
      }),
    )
  for (const version of [1, 1, 2]) await file(version)
  const record = await citizen.call(contract.ownRecord, { params: { patientId: child } })
  expect(record.visits.map((visit) => visit.id)).toEqual([id])
  expect(record.visits.map((visit) => visit.id)).not.toContain(open)
  expect(record.documents).toEqual([expect.objectContaining({ id: document, version: 2 })])
  expect(await citizen.call(contract.ownDocument, { params: { patientId: child, id: document } })).toMatchObject({
    sheet: expect.arrayContaining([
      { type: 'lines', lines: expect.arrayContaining([expect.objectContaining({ values: ['Bản 2'] })]) },
    ]),
    versions: [2, 1],
  })
  const { items } = await citizen.call(contract.ownAccess, { params: { patientId: child }, query: { limit: 50 } })
  expect(items).toContainEqual(
    expect.objectContaining({
      kind: 'write',
      personName: castStaffMember('nurse').fullName,
      facilityName: expect.any(String),
    }),
  )
  const stranger = await bed.as('duc')
  expect((await stranger.try(contract.ownRecord, { params: { patientId: child } })).status).toBe(404)
  expect((await stranger.try(contract.ownDocument, { params: { patientId: child, id: document } })).status).toBe(404)
  expect(await audited('records.ownRecord', child, 'refused')).toBe(1)
})
