import { getVisit } from '@moinha/contracts/calls'
import * as contract from '@moinha/contracts/consults'
import { cancelEncounter, finishEncounter, readEncounter, readPatient, saveEncounter } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { request, rowsOf, submitted, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let internist: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  internist = await bed.as('districtSpecialist')
})
afterAll(() => bed.close())

const get = (id: string) => nurse.call(contract.get, { params: { id } })
const opens = async (patientId: string) => (await internist.try(readPatient, { params: { patientId } })).status === 200
const encounterOf = async (id: string) => (await nurse.call(readEncounter, { params: { id } })).encounter
const takeBack = async (id: string) =>
  nurse.try(cancelEncounter, { params: { id }, body: { version: (await encounterOf(id)).version, reason: 'Mở nhầm' } })
const withdraw = (id: string) => nurse.try(contract.cancel, { params: { id }, body: { reason: 'Bác sĩ đã nghỉ' } })

async function laidOut() {
  const story = await submitted(nurse)
  const consult = await internist.call(contract.accept, { params: { id: story.id } })
  const params = { id: story.id, minutesId: randomUUID() }
  await internist.call(contract.saveMinutes, { params, body: wholeMinutes(consult) })
  const proposed = await internist.call(contract.proposeMinutes, { params })
  return { ...story, params, contentHash: proposed.minutes?.contentHash ?? '' }
}

async function finish(id: string): Promise<void> {
  const { version } = await encounterOf(id)
  await nurse.call(saveEncounter, { params: { id }, body: { version, changes: { conclusion: 'Đã tư vấn' } } })
  await nurse.call(finishEncounter, { params: { id }, body: { version: version + 1, disposition: 'advice' } })
}

describe('an encounter taken back', () => {
  it('silences what rings for it, and says why', async () => {
    const { id, encounterId, patientId } = await submitted(nurse)
    expect((await takeBack(encounterId)).status).toBe(200)
    expect(await get(id)).toMatchObject({ status: 'cancelled', ring: null, cancelReason: 'Đã hủy lượt khám: Mở nhầm' })
    expect(await opens(patientId)).toBe(false)
    expect((await internist.try(contract.accept, { params: { id } })).status).toBeGreaterThanOrEqual(400)
    expect(await rowsOf(bed, 'select from graphile_worker.jobs where key = $1', [`consult-ring:${id}`])).toEqual([])
  })

  it('ends the session and its room, and the encounter does not count as sent up', async () => {
    const { id, encounterId } = await submitted(nurse)
    const { visitId } = await internist.call(contract.accept, { params: { id } })
    expect((await encounterOf(encounterId)).upperLevelTookPart).toBe(true)
    expect((await takeBack(encounterId)).status).toBe(200)
    expect(await get(id)).toMatchObject({ status: 'cancelled' })
    expect((await encounterOf(encounterId)).upperLevelTookPart).toBe(false)
    const visit = await nurse.call(getVisit, { params: { visitId: visitId ?? '' } })
    expect(visit.finishedAt).not.toBeNull()
  })

  it('is refused where minutes lie before both ends or are signed', async () => {
    const { id, encounterId, params, contentHash } = await laidOut()
    const refused = { status: 409, code: 'CONSULT_HAS_MINUTES', params: { consultId: id } }
    expect((await takeBack(encounterId)).problem).toMatchObject(refused)
    await internist.call(contract.signMinutes, { params, body: { contentHash } })
    await nurse.call(contract.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
    expect((await takeBack(encounterId)).problem).toMatchObject(refused)
    expect((await encounterOf(encounterId)).status).toBe('in_progress')
  })

  it('in the very moment a request is sent leaves no request without its encounter', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { encounterId, id: first } = await submitted(nurse)
      await withdraw(first)
      const id = randomUUID()
      await nurse.call(contract.saveDraft, { params: { id }, body: request(encounterId) })
      await Promise.all([nurse.try(contract.submit, { params: { id }, body: {} }), takeBack(encounterId)])
      const { status } = await encounterOf(encounterId)
      if (status === 'cancelled') expect((await get(id)).status).toBe('cancelled')
    }
  })

  it('before this was known ends the ways in at night', async () => {
    const { id, encounterId } = await submitted(nurse)
    await bed.owner.query("update records.encounter set status = 'cancelled' where id = $1", [encounterId])
    await bed.owner.query(
      "update records.care_relationship set valid = tstzrange(now() - interval '3 days', null) where subject_id = $1",
      [id],
    )
    await bed.platform.jobs.unbound.get('records.sweepCare')?.({})
    expect(await rowsOf(bed, 'select end_cause from records.care_relationship where subject_id = $1', [id])).toEqual([
      { end_cause: 'cancelled' },
    ])
  })
})

describe('a consult whose minutes nobody signed', () => {
  it('is withdrawn, its text stays to read, and the encounter is the unit’s own again', async () => {
    const { id, encounterId, params, contentHash } = await laidOut()
    expect((await get(id)).may.cancel).toBe(true)
    expect((await withdraw(id)).body).toMatchObject({
      status: 'cancelled',
      minutes: { id: params.minutesId, waitingFor: [] },
    })
    expect((await encounterOf(encounterId)).upperLevelTookPart).toBe(false)
    const late = await internist.try(contract.signMinutes, { params, body: { contentHash } })
    expect(late.status).toBeGreaterThanOrEqual(400)
  })

  it('is not, once somebody signed', async () => {
    const { id, params, contentHash } = await laidOut()
    await internist.call(contract.signMinutes, { params, body: { contentHash } })
    expect((await get(id)).may.cancel).toBe(false)
    expect((await withdraw(id)).problem).toMatchObject({ status: 409, code: 'CONSULT_MINUTES_SIGNED' })
  })
})

describe('a request whose encounter was finished meanwhile', () => {
  it('returned: is neither corrected nor sent again, and says that the encounter is over', async () => {
    const { id, encounterId } = await submitted(nurse, { urgency: 'scheduled' })
    await internist.call(contract.accept, { params: { id } })
    await internist.call(contract.returnConsult, { params: { id }, body: { reason: 'Thiếu điện tim' } })
    expect(await get(id)).toMatchObject({ encounterOpen: true, may: { edit: true, submit: true, cancel: true } })
    await finish(encounterId)
    expect(await get(id)).toMatchObject({ encounterOpen: false, may: { edit: false, submit: false, cancel: true } })
    const again = await nurse.try(contract.submit, { params: { id }, body: {} })
    expect(again.problem?.code).toBe('CONSULT_ENCOUNTER_CLOSED')
  })

  it('unanswered: is not rung again', async () => {
    const { id, encounterId } = await submitted(nurse)
    await finish(encounterId)
    for (let step = 0; step < 12; step += 1) await bed.runJobs(45)
    expect(await get(id)).toMatchObject({ status: 'unanswered', may: { submit: false, cancel: true } })
  })
})

it('what the clinician said of the upper level stays theirs beside what the system knows', async () => {
  const { id, encounterId } = await submitted(nurse, { urgency: 'scheduled' })
  const save = async (referredUp: boolean) =>
    nurse.call(saveEncounter, {
      params: { id: encounterId },
      body: { version: (await encounterOf(encounterId)).version, changes: { referredUp } },
    })
  await internist.call(contract.accept, { params: { id } })
  expect(await encounterOf(encounterId)).toMatchObject({ referredUp: false, upperLevelTookPart: true })
  await save(false)
  expect(await encounterOf(encounterId)).toMatchObject({ referredUp: false, upperLevelTookPart: true })
  await internist.call(contract.returnConsult, { params: { id }, body: { reason: 'Nhầm' } })
  expect(await encounterOf(encounterId)).toMatchObject({ referredUp: false, upperLevelTookPart: false })
  await save(true)
  expect(await encounterOf(encounterId)).toMatchObject({ referredUp: true, upperLevelTookPart: false })
})
