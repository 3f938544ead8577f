import * as contract from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'
import { openEncounter, grantAccess } from '../index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const lan = demoPersonId('cast/lan')
const nurseId = demoPersonId(castStaffMember('nurse').key)
const listed = { code: 'I10', display: 'Tăng huyết áp' }
const unlisted = { code: 'I21.9', display: 'Nhồi máu cơ tim cấp' }
let bed: TestBed
let nurse: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
})
afterAll(() => bed.close())

async function begin(remoteMode: contract.RemoteMode): Promise<string> {
  const id = randomUUID()
  await nurse.call(contract.openEncounter, { body: { id, patientId: lan, facilityId: poY, remoteMode } })
  return id
}
const read = async (id: string) => (await nurse.call(contract.readEncounter, { params: { id } })).encounter
async function save(id: string, changes: contract.EncounterChanges) {
  return nurse.try(contract.saveEncounter, { params: { id }, body: { version: (await read(id)).version, changes } })
}
async function finish(id: string, disposition: contract.Disposition) {
  return nurse.try(contract.finishEncounter, {
    params: { id },
    body: { version: (await read(id)).version, disposition },
  })
}
async function correct(id: string, changes: Omit<contract.EncounterChanges, 'disposition'>) {
  return nurse.try(contract.correctEncounter, {
    params: { id },
    body: { version: (await read(id)).version, reason: 'Ghi nhầm', changes },
  })
}
async function treated(remoteMode: contract.RemoteMode): Promise<string> {
  const id = await begin(remoteMode)
  await save(id, { conclusion: 'Tăng huyết áp', diagnoses: [listed] })
  expect((await finish(id, 'treatment')).status).toBe(200)
  return id
}

describe('corrections pass the gate of the finish', () => {
  it('an encounter treated remotely for a listed disease cannot be corrected to an unlisted one', async () => {
    const id = await treated('DIRECT_TO_PATIENT')
    const refused = await correct(id, { diagnoses: [unlisted] })
    expect(refused.problem).toMatchObject({
      status: 409,
      code: 'REMOTE_TREATMENT_NOT_LISTED',
      params: { reason: 'not_listed' },
    })
    expect(await read(id)).toMatchObject({ corrections: 0, diagnoses: [listed] })
    expect((await correct(id, { diagnoses: [listed, unlisted] })).status).toBe(200)
  })

  it('nor emptied of what it could not be finished without', async () => {
    const id = await treated('IN_PERSON')
    expect((await correct(id, { diagnoses: [] })).problem).toMatchObject({
      code: 'ENCOUNTER_INCOMPLETE',
      params: { missing: ['diagnosis'] },
    })
    expect((await correct(id, { conclusion: '  ' })).problem).toMatchObject({
      code: 'ENCOUNTER_INCOMPLETE',
      params: { missing: ['conclusion'] },
    })
  })

  it('a correction of words alone keeps its judgement, even when the row was taken off the list since', async () => {
    const id = await begin('DIRECT_TO_PATIENT')
    await save(id, { conclusion: 'Hen', diagnoses: [{ code: 'J45.0', display: 'Hen' }] })
    await bed.owner.query(
      "update records.tele_allowed_icd set enabled_by = $1, enabled_at = now() where 'J45' = any (patterns)",
      [nurseId],
    )
    expect((await finish(id, 'treatment')).status).toBe(200)
    await bed.owner.query(
      "update records.tele_allowed_icd set enabled_by = null, enabled_at = null where 'J45' = any (patterns)",
    )
    expect((await correct(id, { advice: 'Tái khám sau 1 tuần' })).status).toBe(200)
    expect((await correct(id, { diagnoses: [unlisted] })).problem?.code).toBe('REMOTE_TREATMENT_NOT_LISTED')
  })
})

it('a correction is judged by the setting of the day it was finished, whatever was set since', async () => {
  const set = (gate: contract.TeleGate) =>
    bed.owner.query("update records.setting set value = $1 where key = 'tele_gate'", [gate])
  await set('examination')
  const id = await treated('DIRECT_TO_PATIENT')
  await set('off')
  expect((await correct(id, { diagnoses: [unlisted] })).problem?.code).toBe('REMOTE_TREATMENT_NOT_LISTED')
  const free = await begin('DIRECT_TO_PATIENT')
  await save(free, { conclusion: 'Nhồi máu', diagnoses: [unlisted] })
  expect((await finish(free, 'treatment')).status).toBe(200)
  await set('treatment')
  expect((await correct(free, { diagnoses: [{ code: 'S72', display: 'Gãy xương đùi' }] })).status).toBe(200)
})

describe('mode and channel agree', () => {
  it('in person with a video channel is refused, when saved and when corrected; remote care face to face as well', async () => {
    const id = await begin('IN_PERSON')
    expect((await save(id, { channel: 'video' })).problem).toMatchObject({
      code: 'ENCOUNTER_CHANNEL_WRONG',
      params: { allows: ['in_person'] },
    })
    const done = await treated('IN_PERSON')
    expect((await correct(done, { channel: 'voice' })).problem?.code).toBe('ENCOUNTER_CHANNEL_WRONG')
    const remote = await begin('DIRECT_TO_PATIENT')
    expect((await save(remote, { channel: 'in_person' })).problem?.code).toBe('ENCOUNTER_CHANNEL_WRONG')
    expect((await save(remote, { channel: 'voice' })).status).toBe(200)
  })

  it('an encounter of a remote visit calls itself in person only with the patient recorded as present, and why', async () => {
    const start = { patientId: lan, facilityId: poY, practitionerId: nurseId, visitId: randomUUID() }
    const open = (remoteMode: contract.RemoteMode, presentReason?: string) =>
      bed.platform.transact(systemActor, (work) =>
        openEncounter(work, { ...start, id: randomUUID(), remoteMode, presentReason }),
      )
    await expect(open('IN_PERSON')).rejects.toMatchObject({ code: 'ENCOUNTER_PATIENT_NOT_PRESENT' })
    await expect(open('TELECONSULT')).rejects.toMatchObject({ code: 'ENCOUNTER_PATIENT_NOT_PRESENT' })
    const { id } = await open('IN_PERSON', 'Máy hỏng, người bệnh đến trạm')
    expect((await read(id)).channel).toBe('in_person')
  })
})

describe('support between facilities', () => {
  it('who has the patient before them treats; who came by the consult advises', async () => {
    const own = await begin('TELECONSULT')
    await save(own, { conclusion: 'Nhồi máu', diagnoses: [unlisted] })
    expect((await finish(own, 'treatment')).status).toBe(200)
    await bed.platform.transact(systemActor, (work) =>
      grantAccess(work, { patientId: lan, personId: nurseId, reason: 'consult', subjectId: randomUUID() }),
    )
    const supporting = await begin('INTER_FACILITY_SUPPORT')
    await save(supporting, { conclusion: 'Góp ý', diagnoses: [listed] })
    expect((await finish(supporting, 'treatment')).problem).toMatchObject({
      code: 'REMOTE_TREATMENT_NOT_LISTED',
      params: { reason: 'support_only' },
    })
    expect((await finish(supporting, 'advice')).status).toBe(200)
  })
})

describe('there is no second way in', () => {
  it('the table refuses a finished encounter nobody judged, and what the mode excludes', async () => {
    const id = await begin('DIRECT_TO_PATIENT')
    const end = `update records.encounter set status = 'finished', finished_at = now(), conclusion = 'x',
        disposition = 'treatment'`
    await expect(bed.owner.query(`${end} where id = $1`, [id])).rejects.toThrow(/encounter_judged/)
    await expect(
      bed.owner.query(`${end}, judged_as = 'listed', channel = 'in_person' where id = $1`, [id]),
    ).rejects.toThrow(/encounter_met/)
    const advice = await begin('HEALTH_ADVICE')
    await expect(bed.owner.query(`${end}, judged_as = 'advice_only' where id = $1`, [advice])).rejects.toThrow(
      /encounter_advice/,
    )
  })
})
