import * as contract from '@moinha/contracts/consults'
import { finishEncounter, openEncounter, readEncounter, readPatient, saveEncounter } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor, type Actor } from '../../../platform/access/actor.ts'
import { readMigrations } from '../../../platform/db/migrate.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { grantAccess } from '../../records/index.ts'
import { idOf, ngocHoi, rowsOf, submitted, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let internist: TestClient
let colleague: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  internist = await bed.as('districtSpecialist')
  colleague = await bed.as('dutyLead')
})
afterAll(() => bed.close())

const opens = async (client: TestClient, patientId: string) =>
  (await client.try(readPatient, { params: { patientId } })).status === 200
const mayOpenAt = async (patientId: string) =>
  (await internist.call(readPatient, { params: { patientId } })).may.openAt.map((unit) => unit.facilityId)
const openAtHospital = (patientId: string, id: string = randomUUID()) =>
  internist.try(openEncounter, { body: { id, patientId, facilityId: ngocHoi, remoteMode: 'TELECONSULT' } })
const unitsOf = (patientId: string) =>
  rowsOf(bed, 'select reason from records.care_relationship where patient_id = $1 and facility_id = $2', [
    patientId,
    ngocHoi,
  ])

describe('what a consult lends is not passed on', () => {
  it('who is only rung opens no encounter at their hospital, and is not offered to', async () => {
    const { id, patientId } = await submitted(nurse)
    expect(await mayOpenAt(patientId)).toEqual([])
    expect((await openAtHospital(patientId)).problem).toMatchObject({ status: 403, code: 'CARE_BY_CONSULT_ONLY' })
    await internist.call(contract.decline, { params: { id }, body: { reason: 'Bận' } })
    expect([await opens(internist, patientId), await opens(colleague, patientId)]).toEqual([false, false])
    expect(await unitsOf(patientId)).toEqual([])
  })

  it('who took the case writes an encounter, lets nobody in by it, and loses both when the case is returned', async () => {
    const { id, patientId } = await submitted(nurse, { urgency: 'scheduled' })
    await internist.call(contract.accept, { params: { id } })
    expect(await mayOpenAt(patientId)).toContain(ngocHoi)
    const encounterId = randomUUID()
    expect((await openAtHospital(patientId, encounterId)).status).toBe(200)
    expect([await opens(internist, patientId), await opens(colleague, patientId)]).toEqual([true, false])
    await internist.call(contract.returnConsult, { params: { id }, body: { reason: 'Thiếu điện tim' } })
    expect(await opens(internist, patientId)).toBe(false)
    expect((await internist.try(readEncounter, { params: { id: encounterId } })).status).toBe(404)
    expect(await unitsOf(patientId)).toEqual([])
  })

  it('signed: the encounter can be finished in the week that is left, and no longer', async () => {
    const { id, patientId } = await submitted(nurse)
    const consult = await internist.call(contract.accept, { params: { id } })
    const encounterId = randomUUID()
    await openAtHospital(patientId, encounterId)
    await sign(id, consult)
    expect(await mayOpenAt(patientId)).toEqual([])
    expect((await openAtHospital(patientId)).problem?.code).toBe('CARE_BY_CONSULT_ONLY')
    const params = { id: encounterId }
    await internist.call(saveEncounter, { params, body: { version: 1, changes: { conclusion: 'Đã góp ý' } } })
    await internist.call(finishEncounter, { params, body: { version: 2, disposition: 'advice' } })
    expect([await opens(internist, patientId), await opens(colleague, patientId)]).toEqual([true, false])
    const weekLater =
      "update records.care_relationship set valid = tstzrange(now() - interval '9 days', now()) where subject_id = $1"
    await bed.owner.query(weekLater, [id])
    expect(await opens(internist, patientId)).toBe(false)
  })

  it('nor by an appointment, a registration, or whatever else lets a unit in', async () => {
    const { id, patientId } = await submitted(nurse)
    await internist.call(contract.accept, { params: { id } })
    const personId = idOf('districtSpecialist')
    const actor: Actor = { ...systemActor, kind: 'staff', personId, clinicalFacilityIds: [ngocHoi] }
    const attempt = bed.platform.transact(actor, (work) =>
      grantAccess(work, { patientId, facilityId: ngocHoi, reason: 'appointment', subjectId: randomUUID() }),
    )
    await expect(attempt).rejects.toMatchObject({ code: 'CARE_BY_CONSULT_ONLY' })
  })
})

it('what was passed on before ends with the upgrade; what a unit has by itself stays', async () => {
  const { patientId, encounterId } = await submitted(nurse)
  const leaked = `insert into records.care_relationship (patient_id, facility_id, reason, subject_id, created_by)
      values ($1, $2, 'encounter', $3, $4)`
  await bed.owner.query(leaked, [patientId, ngocHoi, randomUUID(), idOf('districtSpecialist')])
  expect(await opens(colleague, patientId)).toBe(true)
  const upgrade = (await readMigrations()).find((one) => one.name.includes('units_let_in_by_a_consult'))
  await bed.owner.query(upgrade?.sql ?? '')
  expect(await opens(colleague, patientId)).toBe(false)
  expect(
    await rowsOf(bed, 'select upper_inf(valid) as open from records.care_relationship where subject_id = $1', [
      encounterId,
    ]),
  ).toEqual([{ open: true }])
})

async function sign(id: string, consult: contract.Consult): Promise<void> {
  const params = { id, minutesId: randomUUID() }
  await internist.call(contract.saveMinutes, { params, body: wholeMinutes(consult) })
  const contentHash = (await internist.call(contract.proposeMinutes, { params })).minutes?.contentHash ?? ''
  await internist.call(contract.signMinutes, { params, body: { contentHash } })
  await nurse.call(contract.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
}
