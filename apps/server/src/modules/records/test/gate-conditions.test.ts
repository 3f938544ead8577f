import * as contract from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hospital = facilityIdOf('kt-bvdk-tinh')
const lan = demoPersonId('cast/lan')
const nurseId = demoPersonId(castStaffMember('nurse').key)
const listed = { code: 'I10', display: 'Tăng huyết áp' }
let bed: TestBed
let nurse: TestClient
let system: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  system = await bed.as('systemAdmin')
})
afterAll(() => bed.close())
beforeAll(async () => {
  // the demo's own contracts are over for this file
  await bed.owner.query("update facilities.tele_contract set valid_until = '2025-01-01'")
})

const conditions = ['announcement', 'registration', 'contract'] as const
const bind = (condition: (typeof conditions)[number], binding: contract.GateBinding) =>
  system.call(contract.setGateBinding, { params: { condition }, body: { binding } })
beforeEach(async () => {
  for (const condition of conditions) await bind(condition, 'off')
})

const page = (id: string) => nurse.call(contract.readEncounter, { params: { id } })
const version = async (id: string) => (await page(id)).encounter.version

async function written(remoteMode: contract.RemoteMode, diagnosis = listed): Promise<string> {
  const id = randomUUID()
  await nurse.call(contract.openEncounter, { body: { id, patientId: lan, facilityId: poY, remoteMode } })
  const changes = { conclusion: 'Tăng huyết áp', diagnoses: [diagnosis] }
  await nurse.call(contract.saveEncounter, { params: { id }, body: { version: await version(id), changes } })
  return id
}
const finish = async (id: string, disposition: contract.Disposition = 'treatment') =>
  nurse.try(contract.finishEncounter, { params: { id }, body: { version: await version(id), disposition } })
const correct = async (id: string, diagnosis: { code: string; display: string }) =>
  nurse.try(contract.correctEncounter, {
    params: { id },
    body: { version: await version(id), reason: 'Ghi nhầm', changes: { diagnoses: [diagnosis] } },
  })

/** Registered at Pờ Y every day around the clock, so that the test does not ask what time it is. */
async function registerNurse(minutes = '[0,1440)'): Promise<string> {
  const id = randomUUID()
  await bed.owner.query('delete from identity.registered_hours where person_id = $1', [nurseId])
  await bed.owner.query('delete from identity.practitioner_registration where person_id = $1', [nurseId])
  await bed.owner.query(
    `insert into identity.practitioner_registration (id, person_id, facility_id, licence_no, scope, valid_from)
      values ($1, $2, $3, '1/KT', 'Y sĩ', '2026-01-01')`,
    [id, nurseId, poY],
  )
  await bed.owner.query(
    `insert into identity.registered_hours (registration_id, person_id, weekday, minutes, valid_from)
      select $1, $2, weekday, $3::int4range, '2026-01-01' from generate_series(1, 7) weekday`,
    [id, nurseId, minutes],
  )
  return id
}

describe('conditions beside the disease', () => {
  it('every one that binds and is missing is said at the encounter and in the refusal; advice stays open', async () => {
    await bed.owner.query('delete from identity.registered_hours where person_id = $1', [nurseId])
    await bed.owner.query('delete from identity.practitioner_registration where person_id = $1', [nurseId])
    await bind('registration', 'bind')
    await bind('contract', 'bind')
    await bind('announcement', 'bind')
    const id = await written('VIA_RECEIVING_FACILITY')
    const { gate } = await page(id)
    expect(gate).toMatchObject({ allows: ['advice', 'referral'], reason: 'not_registered' })
    expect(gate.conditions).toEqual([
      { condition: 'disease', binding: 'bind', met: true, reason: 'listed' },
      { condition: 'announcement', binding: 'bind', met: true, reason: null },
      { condition: 'registration', binding: 'bind', met: false, reason: 'not_registered' },
      { condition: 'contract', binding: 'bind', met: false, reason: 'no_contract' },
    ])
    expect((await finish(id)).problem).toMatchObject({
      status: 409,
      code: 'REMOTE_TREATMENT_CLOSED',
      params: { failed: ['not_registered', 'no_contract'], allows: ['advice', 'referral'] },
    })
    expect((await finish(id, 'advice')).status).toBe(200)
  })

  it('a warning is told and closes nothing; a contract and a registration open what was closed', async () => {
    await bind('registration', 'bind')
    await bind('contract', 'warn')
    await registerNurse()
    const id = await written('VIA_RECEIVING_FACILITY')
    expect((await page(id)).gate.conditions.at(-1)).toMatchObject({ binding: 'warn', reason: 'no_contract' })
    expect((await finish(id)).status).toBe(200)
    await bind('contract', 'bind')
    const bound = await written('VIA_RECEIVING_FACILITY')
    expect((await finish(bound)).problem?.code).toBe('REMOTE_TREATMENT_CLOSED')
    await bed.owner.query(
      `insert into facilities.tele_contract (id, kind, facility_id, partner_id, number, terms, valid_from)
        values ($1, 'VIA_RECEIVING_FACILITY', $2, $3, '1/HĐ',
          '{responsibilities,infrastructure,storage,service_cost,cost_sharing}', '2026-01-01')`,
      [randomUUID(), hospital, poY],
    )
    expect((await finish(bound)).status).toBe(200)
  })

  it('outside the registered hours is said so', async () => {
    await bind('registration', 'bind')
    const minute = new Date(Date.now() + 7 * 3_600_000).getUTCHours() * 60
    await registerNurse(minute < 720 ? '[780,1440)' : '[0,660)')
    const id = await written('DIRECT_TO_PATIENT')
    expect((await finish(id)).problem?.params).toMatchObject({ failed: ['outside_hours'] })
  })

  it('a missing announcement closes remote care and nothing in person', async () => {
    await bind('announcement', 'bind')
    await bed.owner.query("update facilities.tele_service set ended_on = '2026-01-01' where facility_id = $1", [poY])
    const remote = await written('DIRECT_TO_PATIENT')
    expect((await finish(remote)).problem?.params).toMatchObject({ failed: ['not_announced'] })
    expect((await finish(await written('TELECONSULT'))).status).toBe(200)
    await bed.owner.query('update facilities.tele_service set ended_on = null where facility_id = $1', [poY])
  })

  it('a correction is judged by what was found when it was finished, whatever ended since', async () => {
    await bind('registration', 'bind')
    const registration = await registerNurse()
    const id = await written('DIRECT_TO_PATIENT')
    expect((await finish(id)).status).toBe(200)
    await bed.owner.query("update identity.practitioner_registration set valid_until = '2026-02-01' where id = $1", [
      registration,
    ])
    expect((await correct(id, { code: 'E66', display: 'Béo phì' })).status).toBe(200)
    expect((await page(id)).gate.conditions).toContainEqual(
      expect.objectContaining({ condition: 'registration', met: true }),
    )
    expect((await correct(id, { code: 'I21.9', display: 'Nhồi máu cơ tim' })).problem).toMatchObject({
      code: 'REMOTE_TREATMENT_NOT_LISTED',
      params: { failed: ['not_listed'] },
    })
  })
})

describe('a pilot approval', () => {
  /** An approval of Pờ Y; each test has a disease of its own. */
  async function approve(code: string, quota: number): Promise<string> {
    const id = randomUUID()
    const [from, until] = ['2026-01-01', '2099-01-01']
    await system.call(contract.addPilot, {
      params: { id },
      body: { facilityId: poY, documentNo: '5/QĐ-BYT', title: 'Thí điểm', icd10: [code], from, until, quota },
    })
    return id
  }
  const used = async (id: string) => {
    const { items } = await system.call(contract.listPilots, { query: { facilityId: poY } })
    return items.find((one) => one.id === id)?.used
  }
  const disease = (code: string) => ({ code, display: 'Bệnh thí điểm' })

  it('opens treatment outside the list and counts down; of two who finish at once for the last place one wins', async () => {
    const id = await approve('S52', 2)
    const [first, second, third] = [
      await written('DIRECT_TO_PATIENT', disease('S52')),
      await written('DIRECT_TO_PATIENT', disease('S52.0')),
      await written('DIRECT_TO_PATIENT', disease('S52.1')),
    ]
    expect((await page(first)).gate).toMatchObject({ reason: 'pilot', allows: contract.Disposition.options })
    expect((await finish(first)).status).toBe(200)
    expect(await used(id)).toBe(1)
    const both = await Promise.all([finish(second), finish(third)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await used(id)).toBe(2)
    const late = await written('DIRECT_TO_PATIENT', disease('S52'))
    expect((await finish(late)).problem).toMatchObject({
      code: 'REMOTE_TREATMENT_NOT_LISTED',
      params: { failed: ['pilot_full'] },
    })
    expect((await finish(late, 'referral')).status).toBe(200)
    expect(await used(id)).toBe(2)
  })

  it('a correction to a listed disease gives the place back, one to a covered disease takes it, sent twice counts once', async () => {
    const id = await approve('S62', 1)
    const encounter = await written('DIRECT_TO_PATIENT', disease('S62.3'))
    expect((await finish(encounter)).status).toBe(200)
    expect((await correct(encounter, listed)).status).toBe(200)
    expect(await used(id)).toBe(0)
    expect((await correct(encounter, disease('S62.1'))).status).toBe(200)
    expect((await correct(encounter, disease('S62.2'))).status).toBe(200)
    expect(await used(id)).toBe(1)
    const { items } = await system.call(contract.pilotUses, { params: { id } })
    expect(items.map(({ givenBackAt }) => givenBackAt === null)).toEqual([true, false])
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(['givenBackAt', 'id', 'practitionerName', 'takenAt'])
  })

  it('advice takes no place, and an ended approval opens nothing', async () => {
    const id = await approve('S72', 1)
    expect((await finish(await written('DIRECT_TO_PATIENT', disease('S72')), 'advice')).status).toBe(200)
    expect(await used(id)).toBe(0)
    const end = (on: string) => system.try(contract.endPilot, { params: { id }, body: { on } })
    expect((await end('2025-01-01')).problem?.code).toBe('PILOT_NOT_THEN')
    expect((await end('2026-01-01')).status).toBe(200)
    expect((await end('2026-01-01')).status).toBe(200)
    expect((await page(await written('DIRECT_TO_PATIENT', disease('S72')))).gate.reason).toBe('not_listed')
  })

  it('refuses what cannot be: no days, no cases, a range that runs backwards, an approval that never holds', async () => {
    const add = (change: object) =>
      system.try(contract.addPilot, {
        params: { id: randomUUID() },
        body: {
          facilityId: poY,
          documentNo: '1',
          title: 'x',
          icd10: ['E10'],
          from: '2026-01-01',
          until: '2027-01-01',
          quota: 1,
          ...change,
        },
      })
    expect((await add({ quota: 0 })).status).toBe(400)
    expect((await add({ icd10: ['E07-E00'] })).status).toBe(400)
    expect((await add({ icd10: ['tiểu đường'] })).status).toBe(400)
    expect((await add({ until: '2025-01-01' })).problem?.code).toBe('PILOT_DATES_BACKWARDS')
    expect((await add({ icd10: ['e00 - e07'] })).status).toBe(200)
  })

  it('what was counted is behind the second wall: a foreign unit sees none of it', async () => {
    const stranger = await bed.as('foreignNurse')
    const { items } = await stranger.call(contract.listPilots, { query: { facilityId: poY } })
    expect(items.length).toBeGreaterThan(0)
    expect((await stranger.try(contract.pilotUses, { params: { id: items[0]?.id ?? '' } })).status).toBe(403)
  })
})
