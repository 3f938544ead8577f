import { getVisit } from '@moinha/contracts/calls'
import * as consults from '@moinha/contracts/consults'
import * as records from '@moinha/contracts/records'
import * as emergency from '@moinha/contracts/records/emergency'
import { getAppointment } from '@moinha/contracts/scheduling'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyRoute } from '../../../platform/http/serve.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

let bed: TestBed
let nurse: TestClient
let foreignNurse: TestClient
let lan: TestClient
const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const foreignId = demoPersonId(castStaffMember('foreignNurse').key)

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  foreignNurse = await bed.as('foreignNurse')
  lan = await bed.as('lan')
})
afterAll(() => bed.close())

interface Row {
  outcome: string
  patient_id: string | null
  patient_ids: string[] | null
  facility_id: string | null
  actor_facility_id: string | null
}

async function lastOf(action: string): Promise<Row | undefined> {
  const { rows } = await bed.owner.query<Row>(
    `select outcome, patient_id, patient_ids::text[] as patient_ids, facility_id, actor_facility_id from audit.entry
      where action = $1 order by id desc limit 1`,
    [action],
  )
  return rows[0]
}

async function things() {
  const [encounter, document, appointment, consult] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await nurse.call(records.openEncounter, {
    body: { id: encounter, patientId: lanId, facilityId: poY, remoteMode: 'IN_PERSON' },
  })
  await bed.owner.query(
    `insert into records.document (id, version, patient_id, facility_id, kind, title, content)
      values ($1, 1, $2, $3, 'consult_minutes', 'Thử', '{}')`,
    [document, lanId, poY],
  )
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin)
    values ($1, $2, $3, $4, tstzrange(now(), now() + interval '15 minutes'), 'remote_advice', 'confirmed', 'citizen')`,
    [appointment, lanId, poY, demoPersonId(castStaffMember('nurse').key)],
  )
  await nurse.call(consults.saveDraft, {
    params: { id: consult },
    body: {
      encounterId: encounter,
      specialty: 'internal',
      urgency: 'urgent',
      questions: ['Có cần chuyển tuyến không?'],
      history: '',
      treatment: '',
      allergies: '',
      diagnosis: 'Đau ngực',
      icd10: 'R07',
      patientInformed: { at: new Date().toISOString(), how: 'in_person' },
      preferredAt: null,
    },
  })
  return { encounter, document, appointment, consult }
}

describe('a refusal carries the patient and the unit of what was asked for', () => {
  it('by encounter, document, appointment, consult and visit', async () => {
    const made = await things()
    const asked: [AnyRoute, object][] = [
      [records.readEncounter, { params: { id: made.encounter } }],
      [records.cancelEncounter, { params: { id: made.encounter }, body: { version: 1, reason: 'Thử' } }],
      [records.readDocument, { params: { id: made.document } }],
      [getAppointment, { params: { id: made.appointment } }],
      [consults.get, { params: { id: made.consult } }],
      [consults.prefill, { query: { encounterId: made.encounter } }],
      [getVisit, { params: { visitId: made.appointment } }],
      [records.readPatient, { params: { patientId: lanId } }],
    ]
    for (const [route, input] of asked) {
      const { status } = await foreignNurse.try(route, input as never)
      expect([403, 404], route.id).toContain(status)
      const row = await lastOf(route.id)
      expect(row, route.id).toMatchObject({
        outcome: 'refused',
        patient_id: lanId,
        facility_id: poY,
        actor_facility_id: facilityIdOf('bd-tyt-hoai-hai'),
      })
    }
    const { items } = await lan.call(records.ownAccess, { params: { patientId: lanId }, query: { limit: 100 } })
    const refused = items.filter((one) => one.kind === 'refused')
    expect(refused).toHaveLength(asked.length)
    // where the one works who tried, not where the patient is
    expect(
      refused.every(
        (one) => one.personName === castStaffMember('foreignNurse').fullName && one.facilityName?.includes('Hoài Hải'),
      ),
    ).toBe(true)
  })

  it('and stays written where there is no such thing, without a patient', async () => {
    await foreignNurse.try(records.readEncounter, { params: { id: randomUUID() } })
    const { rows } = await bed.owner.query(
      `select patient_id from audit.entry where action = 'records.readEncounter' and outcome = 'refused'
        and actor_id = $1 order by id desc limit 1`,
      [foreignId],
    )
    expect(rows).toEqual([{ patient_id: null }])
  })
})

describe('a registration that tells of somebody out of reach', () => {
  const number = '62196777'
  const probes = async (patientId: string) =>
    (
      await bed.owner.query(
        `select action, facility_id, outcome from audit.entry where patient_id = $1 and actor_id = $2 order by id`,
        [patientId, foreignId],
      )
    ).rows

  it('names them in the log at their home unit, on their own page, and not in the answer', async () => {
    await bed.owner.query(
      `insert into records.patient_identifier (patient_id, system, value, valid)
        values ($1, 'local', $2, daterange('2020-01-01', null))`,
      [lanId, number],
    )
    const before = (await probes(lanId)).length
    const stranger = { facilityId: facilityIdOf('bd-tyt-hoai-hai'), fullName: 'Y Dò', sex: 'female' as const }
    const identifiers = [{ system: 'local' as const, value: number }]
    const answers = [
      await foreignNurse.try(records.registerPatient, { body: { ...stranger, id: randomUUID(), identifiers } }),
      await foreignNurse.try(records.registerPatient, {
        body: { ...stranger, id: randomUUID(), fullName: 'Y Lan', birthDate: '1996-03-08' },
      }),
      await foreignNurse.try(records.registerPatient, {
        body: { ...stranger, id: randomUUID(), identifiers, force: true },
      }),
    ]
    const own = randomUUID()
    await foreignNurse.call(records.registerPatient, { body: { ...stranger, id: own } })
    const added = await foreignNurse.try(records.addIdentifier, {
      params: { patientId: own },
      body: { id: randomUUID(), system: 'local', value: number },
    })
    expect([...answers, added].map(({ problem }) => problem?.code)).toEqual([
      'PATIENT_MAY_EXIST',
      'PATIENT_MAY_EXIST',
      'IDENTIFIER_TAKEN',
      'IDENTIFIER_TAKEN',
    ])
    expect(JSON.stringify([...answers, added])).not.toContain(lanId)
    const refused = (action: string) => ({ action: `records.${action}`, facility_id: poY, outcome: 'refused' })
    expect((await probes(lanId)).slice(before)).toEqual([
      ...Array<object>(3).fill(refused('registerPatient')),
      refused('addIdentifier'),
    ])
    const { items } = await lan.call(records.ownAccess, { params: { patientId: lanId }, query: { limit: 4 } })
    expect(items.map((one) => [one.kind, one.personName])).toEqual(
      Array(4).fill(['refused', castStaffMember('foreignNurse').fullName]),
    )
  })
})

describe('a list names each patient it showed', () => {
  const named = async (action: string): Promise<string[]> => {
    const row = await lastOf(action)
    return row?.patient_ids ?? (row?.patient_id ? [row.patient_id] : [])
  }

  it('searches, open encounters, consults: each patient finds the row on their own page', async () => {
    const { items } = await nurse.call(records.searchPatients, { body: { q: '' } })
    expect(items.length).toBeGreaterThan(1)
    expect((await named('records.searchPatients')).sort()).toEqual(items.map((one) => one.id).sort())
    await nurse.call(records.openEncounters)
    expect(await named('records.openEncounters')).toContain(lanId)
    await nurse.call(consults.list, { query: { box: 'outgoing' } })
    expect(await named('consults.list')).toContain(lanId)
    const { items: log } = await lan.call(records.ownAccess, { params: { patientId: lanId }, query: { limit: 100 } })
    const ofNurse = log.filter((one) => one.personName === castStaffMember('nurse').fullName && one.kind === 'read')
    expect(ofNurse.length).toBeGreaterThanOrEqual(2)
    expect(ofNurse[0]?.facilityName).toContain('Pờ Y')
  })

  it('an emergency search leaves one row: with a hit it names the patient, without one it says that none was found', async () => {
    const find = (fullName: string) =>
      foreignNurse.call(records.breakGlassFind, { body: { fullName, birthDate: '1996-03-08' } })
    const rows = async () =>
      (
        await bed.owner.query<{ patient_id: string | null; detail: object }>(
          `select patient_id, detail from audit.entry where action = 'records.breakGlassFind' and actor_id = $1
            order by id`,
          [foreignId],
        )
      ).rows
    await find('Không Ai Cả')
    await find('Y Lan')
    expect(await rows()).toEqual([
      { patient_id: null, detail: { found: 0 } },
      { patient_id: lanId, detail: { found: 1 } },
    ])
  })

  it('the notice of an emergency that names the patient leaves a row, the one to a head without a name does not', async () => {
    const patientId = randomUUID()
    const body = { id: patientId, facilityId: poY, fullName: 'Y Báo Tin', birthDate: '1980-01-02', force: true }
    await nurse.call(records.registerPatient, { body })
    const { items } = await foreignNurse.call(records.breakGlassFind, {
      body: { fullName: 'Y Lan', birthDate: '1996-03-08' },
    })
    await foreignNurse.call(records.breakGlass, {
      body: { handle: items[0]?.handle ?? '', reason: 'Bất tỉnh', confirm: true },
    })
    await (await bed.as('stationDoctor')).call(emergency.myEmergencyNotices)
    expect(await lastOf('records.myEmergencyNotices')).toBeUndefined()
    expect((await lan.call(emergency.myEmergencyNotices)).items).toHaveLength(1)
    expect(await named('records.myEmergencyNotices')).toEqual([lanId])
  })

  it('an empty search leaves a row that names nobody', async () => {
    await nurse.call(records.searchPatients, { body: { q: 'không ai tên như thế' } })
    expect(await lastOf('records.searchPatients')).toMatchObject({
      outcome: 'done',
      patient_id: null,
      patient_ids: null,
      facility_id: poY,
    })
  })

  it('a patient finds no row of a list without them', async () => {
    const duc = await bed.as('duc')
    const ducId = demoPersonId(castCitizens.duc.key)
    const { items } = await duc.call(records.ownAccess, { params: { patientId: ducId }, query: { limit: 100 } })
    expect(items.map((one) => one.personName)).not.toContain(castStaffMember('nurse').fullName)
  })
})
