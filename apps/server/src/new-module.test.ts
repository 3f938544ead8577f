import { annex, annexActivities } from '@moinha/contracts/indicators'
import * as records from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp, modules } from './app.ts'
import { facilityIdOf } from './modules/facilities/index.ts'
import { demoPersonId } from './modules/identity/index.ts'
import { fileDocument } from './modules/records/index.ts'
import { systemActor } from './platform/access/actor.ts'
import { localDateOf } from './platform/clock/vietnam-time.ts'
import { activityKinds } from './platform/activities/activities.ts'
import { declare } from './platform/registries/registries.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'
import type { TestClient } from './platform/testing/test-client.ts'
import { changeSlip, readSlip, slipChanged, slips, slipsMigrations, writeSlip } from './test-modules/slips/index.ts'

// A module nobody wrote a line for in records, indicators or the access log, on a database that begins without it.

const poY = facilityIdOf('kt-tyt-po-y')
const lan = demoPersonId('cast/lan')
const sampler = demoPersonId('cast/provincialSpecialist')
const today = localDateOf(new Date())
const quarter = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`
let bed: TestBed
let nurse: TestClient
let specialist: TestClient
let officer: TestClient

beforeAll(async () => {
  bed = await openTestBed({ modules: [...modules, slips], migrations: [slipsMigrations] })
  nurse = await bed.as('nurse')
  specialist = await bed.as('provincialSpecialist')
  officer = await bed.as('officer')
  await bed.owner.query(
    `insert into indicators.form values ('samples', 'Lấy mẫu', 'Samples', 'a test', 'quarter', 7, '[2020-01-01,)')`,
  )
  await bed.owner.query(
    `insert into indicators.form_row (form_key, no, position, label_vi, label_en, unit_text, reporting_unit, formula)
     values ('samples', '1', 0, 'Số mẫu', 'Samples', 'Lượt', 'TYT',
       '{"type": "count", "filter": {"kinds": ["sample_taken"]}}')`,
  )
}, 120_000)
afterAll(() => bed.close())

async function newSlip(): Promise<string> {
  const encounterId = randomUUID()
  await nurse.call(records.openEncounter, {
    body: { id: encounterId, patientId: lan, facilityId: poY, remoteMode: 'IN_PERSON' },
  })
  const id = randomUUID()
  await nurse.call(writeSlip, { body: { id, encounterId, samplerId: sampler, what: 'Máu tĩnh mạch' } })
  return id
}

const seesLan = async () => (await specialist.try(records.readPatient, { params: { patientId: lan } })).status === 200
const counted = async () =>
  (await officer.call(annex, { params: { form: 'samples', unitId: poY }, query: { quarter } })).rows[0]?.value
const listed = async () =>
  (await officer.call(annexActivities, { params: { form: 'samples', unitId: poY, no: '1' }, query: { quarter } })).items

it('its document stands in the record and is read as the module says, by staff and by the patient', async () => {
  const id = await newSlip()
  const page = await nurse.call(records.readPatient, { params: { patientId: lan } })
  const line = {
    id,
    kind: 'slip',
    kindName: { vi: 'Phiếu lấy mẫu', en: 'Sample slip' },
    title: 'Phiếu lấy mẫu: Máu tĩnh mạch',
  }
  expect(page.documents).toContainEqual(expect.objectContaining(line))
  const citizen = await bed.as('lan')
  const own = await citizen.call(records.ownRecord, { params: { patientId: lan } })
  expect(own.documents).toContainEqual(expect.objectContaining(line))
  expect((await nurse.call(records.readDocument, { params: { id }, query: {} })).sheet).toMatchObject([
    {
      type: 'lines',
      lines: [{ label: { en: 'Sample' }, values: ['Máu tĩnh mạch'] }, { values: [{ at: expect.any(String) }] }],
    },
  ])
})

it('its reason opens the record, says why, and ends at once or after its grace', async () => {
  await bed.owner.query('delete from records.care_relationship where person_id = $1', [sampler])
  expect(await seesLan()).toBe(false)
  const id = await newSlip()
  expect(await seesLan()).toBe(true)
  const why = async () =>
    (await nurse.call(records.readPatient, { params: { patientId: lan } })).relationships.filter(
      (one) => one.reason === 'slip',
    )
  expect(await why()).toMatchObject([{ current: true, reasonName: { vi: 'Lấy mẫu', en: 'Takes a sample' } }])
  await specialist.call(changeSlip, { params: { id }, body: { state: 'done' } })
  expect(await seesLan()).toBe(false)
  expect(await why()).toMatchObject([{ current: false, endCause: 'done' }])
  const other = await newSlip()
  await nurse.call(changeSlip, { params: { id: other }, body: { state: 'cancelled' } })
  const { rows } = await bed.owner.query(
    `select round(extract(epoch from upper(valid) - ended_at) / 3600)::int as hours from records.care_relationship
     where subject_id = $1`,
    [other],
  )
  expect(rows).toEqual([{ hours: 2 }])
})

it('the nightly sweep asks it how its slips stand, and ends what nobody stands behind', async () => {
  const [done, open] = [await newSlip(), await newSlip()]
  const orphan = randomUUID()
  await bed.owner.query("update slips.slip set state = 'done' where id = $1", [done])
  await bed.owner.query(
    `insert into records.care_relationship (patient_id, person_id, reason, subject_id) values ($1, $2, 'slip', $3)`,
    [lan, sampler, orphan],
  )
  await bed.owner.query(
    `update records.care_relationship set valid = tstzrange(now() - interval '9 days', null)
      where subject_id = any($1)`,
    [[done, open, orphan]],
  )
  await bed.owner.query("select graphile_worker.add_job('records.sweepCare', '{}')")
  await bed.runJobs()
  const { rows } = await bed.owner.query(
    `select subject_id as id, end_cause as cause from records.care_relationship where subject_id = any($1)`,
    [[done, open, orphan]],
  )
  expect(new Map(rows.map((row) => [row.id, row.cause]))).toEqual(
    new Map([
      [done, 'done'],
      [open, null],
      [orphan, 'missing'],
    ]),
  )
})

it('its activity is counted once, however often it is told, and taken back with its own words', async () => {
  const before = Number(await counted())
  const id = await newSlip()
  expect(await counted()).toBe(before)
  await nurse.call(changeSlip, { params: { id }, body: { state: 'done' } })
  await bed.platform.transact(systemActor, (work) => work.emit(slipChanged, { slipId: id }))
  expect(await counted()).toBe(before + 1)
  expect((await listed())[0]).toMatchObject({ kind: 'sample_taken', kindName: { en: 'Sample taken' }, takenBack: null })
  await nurse.call(changeSlip, { params: { id }, body: { state: 'cancelled' } })
  expect(await counted()).toBe(before)
  expect((await listed())[0]).toMatchObject({
    takenBack: { cause: 'slipChanged', causeName: { en: 'the slip was changed' } },
  })
})

it('a refused look at one of its things is written down with the patient it is about', async () => {
  const id = await newSlip()
  const stranger = await bed.as('foreignNurse')
  expect((await stranger.try(readSlip, { params: { id } })).status).toBe(404)
  const { rows } = await bed.owner.query(
    `select patient_id, facility_id from audit.entry where action = 'slips.read' and outcome = 'refused'
      and subject_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ patient_id: lan, facility_id: poY }])
})

const another = (present = modules) =>
  createApp({
    config: bed.platform.config,
    clock: bed.platform.clock,
    log: bed.platform.log,
    ...bed.urls,
    modules: present,
  })

it('after it is gone its documents keep their names and their contents, and nothing new is filed under its kind', async () => {
  const id = await newSlip()
  const without = await another()
  await without.app.ready()
  try {
    const reply = await without.app.inject({
      method: 'GET',
      url: `/api/documents/${id}`,
      headers: { 'x-moinha': '1', cookie: nurse.cookie },
    })
    expect(reply.json()).toMatchObject({
      kindName: { vi: 'Phiếu lấy mẫu' },
      sheet: [{ type: 'lines', lines: [{ label: { vi: 'what' }, values: ['Máu tĩnh mạch'] }, {}] }],
    })
    const filing = without.platform.transact(systemActor, (work) =>
      fileDocument(work, {
        id: randomUUID(),
        patientId: lan,
        encounterId: null,
        facilityId: poY,
        kind: 'slip',
        title: 'x',
        version: 1,
        content: { what: 'x', writtenAt: new Date().toISOString() },
      }),
    )
    await expect(filing).rejects.toThrow('kind of document "slip" is declared by no module')
  } finally {
    await without.close()
  }
})

it('processes that start at once keep the same rows', async () => {
  await bed.owner.query("update records.care_reason set name_vi = 'cũ' where code = 'slip'")
  const started = await Promise.all(Array.from({ length: 4 }, () => another([...modules, slips])))
  await Promise.all(started.map((one) => one.close()))
  const { rows } = await bed.owner.query("select name_vi, owner from records.care_reason where code = 'slip'")
  expect(rows).toEqual([{ name_vi: 'Lấy mẫu', owner: 'slips' }])
})

it('a wrong declaration stops the boot with one line', async () => {
  const bad = (code: string, vi = 'x') => ({
    name: 'bad',
    declares: declare(activityKinds, { code, names: { vi, en: 'x' } }),
  })
  await expect(another([...modules, bad('remote_exam')])).rejects.toThrow(
    'kind of activity "remote_exam" of module bad is declared already, by records',
  )
  await expect(another([...modules, bad('x', ' ')])).rejects.toThrow(
    'kind of activity "x" of module bad has no name in Vietnamese and English',
  )
  await expect(another([...modules, bad('Not a code')])).rejects.toThrow('must be a code of a-z, 0-9 and _')
  await bed.owner.query(
    `update indicators.form_row set formula = '{"type": "count", "filter": {"kinds": ["tele_dance"]}}'
      where form_key = 'samples'`,
  )
  await expect(another()).rejects.toThrow('row 1 of report form samples counts "tele_dance", which no module declares')
})
