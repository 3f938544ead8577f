import * as contract from '@moinha/contracts/consults'
import { getVisit } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { finishVisit, openVisit } from '../../calls/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { ensurePatient, openEncounter } from '../../records/index.ts'
import { idOf, poY, request } from './consult-story.ts'

let bed: TestBed
const lan = demoPersonId('cast/lan')
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

/** A remote visit of citizen and nurse with its encounter. */
async function remoteVisit(): Promise<{ visitId: string; encounterId: string }> {
  const [visitId, encounterId] = [randomUUID(), randomUUID()]
  await bed.platform.act(systemActor, async (work) => {
    await ensurePatient(work, lan, { homeFacilityId: poY })
    await openVisit(work, { visitId, kind: 'appointment', members: [{ personId: lan, role: 'patient' }, { personId: idOf('nurse'), role: 'nurse', mayFinish: true }] })
    await openEncounter(work, { id: encounterId, patientId: lan, facilityId: poY, practitionerId: idOf('nurse'), remoteMode: 'DIRECT_TO_PATIENT', visitId })
  })
  return { visitId, encounterId }
}

async function accepted(encounterId: string): Promise<contract.Consult> {
  const id = randomUUID()
  const nurse = await bed.as('nurse')
  await nurse.call(contract.saveDraft, { params: { id }, body: request(encounterId) })
  await nurse.call(contract.submit, { params: { id }, body: {} })
  return (await bed.as('districtSpecialist')).call(contract.accept, { params: { id } })
}

it('citizen, nurse and specialist meet in the visit that is open', async () => {
  const { visitId, encounterId } = await remoteVisit()
  const consult = await accepted(encounterId)
  expect(consult.visitId).toBe(visitId)
  const visit = await (await bed.as('lan')).call(getVisit, { params: { visitId } })
  expect(visit.members.map((member) => member.personId).sort()).toEqual([lan, idOf('nurse'), idOf('districtSpecialist')].sort())
})

it('a finished visit is not opened again: the consult meets in one of its own', async () => {
  const { visitId, encounterId } = await remoteVisit()
  await bed.platform.act(systemActor, (work) => finishVisit(work, visitId))
  const consult = await accepted(encounterId)
  expect(consult.visitId).toBe(consult.id)
  expect((await (await bed.as('nurse')).call(getVisit, { params: { visitId } })).finishedAt).not.toBeNull()
})

it('a request cannot be written for an encounter that is closed, nor for another unit’s', async () => {
  const { encounterId } = await remoteVisit()
  const nurse = await bed.as('nurse')
  const foreign = await (await bed.as('foreignNurse')).try(contract.saveDraft, { params: { id: randomUUID() }, body: request(encounterId) })
  expect(foreign.problem).toMatchObject({ status: 404, code: 'CONSULT_ENCOUNTER_UNKNOWN' })
  await bed.owner.query("update records.encounter set status = 'cancelled' where id = $1", [encounterId])
  const closed = await nurse.try(contract.saveDraft, { params: { id: randomUUID() }, body: request(encounterId) })
  expect(closed.problem?.code).toBe('CONSULT_ENCOUNTER_CLOSED')
})
