import * as contract from '@moinha/contracts/consults'
import { getVisit, issueTicket } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { finishVisit, openVisit } from '../../calls/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { ensurePatient, openEncounter } from '../../records/index.ts'
import { idOf, poY, request, wholeMinutes } from './consult-story.ts'

let bed: TestBed
const lan = demoPersonId('cast/lan')
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

/** A remote visit of citizen and nurse with its encounter. */
async function remoteVisit(): Promise<{ visitId: string; encounterId: string }> {
  const [visitId, encounterId] = [randomUUID(), randomUUID()]
  await bed.platform.transact(systemActor, async (work) => {
    await ensurePatient(work, lan, { homeFacilityId: poY })
    await openVisit(work, {
      visitId,
      kind: 'appointment',
      members: [
        { personId: lan, role: 'patient' },
        { personId: idOf('nurse'), role: 'nurse', mayFinish: true },
      ],
    })
    await openEncounter(work, {
      id: encounterId,
      patientId: lan,
      facilityId: poY,
      practitionerId: idOf('nurse'),
      remoteMode: 'DIRECT_TO_PATIENT',
      visitId,
    })
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
  expect(visit.members.map((member) => member.personId).sort()).toEqual(
    [lan, idOf('nurse'), idOf('districtSpecialist')].sort(),
  )
})

it('a finished visit is not opened again: the consult meets in one of its own', async () => {
  const { visitId, encounterId } = await remoteVisit()
  await bed.platform.transact(systemActor, (work) => finishVisit(work, visitId))
  const consult = await accepted(encounterId)
  expect(consult.visitId).toBe(consult.id)
  expect((await (await bed.as('nurse')).call(getVisit, { params: { visitId } })).finishedAt).not.toBeNull()
})

/** What the consultant still gets of the room. */
async function doorsOf(visitId: string) {
  const doctor = await bed.as('districtSpecialist')
  const params = { visitId }
  return [await doctor.try(getVisit, { params }), await doctor.try(issueTicket, { params })].map(
    (answer) => answer.status,
  )
}

async function signed(consult: contract.Consult): Promise<void> {
  const [doctor, nurse] = [await bed.as('districtSpecialist'), await bed.as('nurse')]
  const params = { id: consult.id, minutesId: randomUUID() }
  await doctor.call(contract.saveMinutes, { params, body: wholeMinutes(consult) })
  const contentHash = (await doctor.call(contract.proposeMinutes, { params })).minutes?.contentHash ?? ''
  await doctor.call(contract.signMinutes, { params, body: { contentHash } })
  await nurse.call(contract.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
}

it('a consult withdrawn in its session takes the consultant out of the citizen’s room; what was, stays written down', async () => {
  const { visitId, encounterId } = await remoteVisit()
  const consult = await accepted(encounterId)
  await bed.owner.query(
    `insert into calls.participation (visit_id, person_id, peer, device, transport, joined_at)
      values ($1, $2, $3, $4, 'mesh', now())`,
    [visitId, idOf('districtSpecialist'), randomUUID(), randomUUID()],
  )
  expect(await doorsOf(visitId)).toEqual([200, 200])
  const nurse = await bed.as('nurse')
  await nurse.call(contract.cancel, { params: { id: consult.id }, body: { reason: 'Bệnh nhân đổi ý' } })
  expect(await doorsOf(visitId)).toEqual([404, 404])
  const visit = await nurse.call(getVisit, { params: { visitId } })
  expect(visit).toMatchObject({ finishedAt: null })
  expect(visit.members.map((member) => member.personId)).not.toContain(idOf('districtSpecialist'))
  const history = await bed.owner.query('select from calls.participation where visit_id = $1 and person_id = $2', [
    visitId,
    idOf('districtSpecialist'),
  ])
  expect(history.rowCount).toBe(1)
  await accepted(encounterId)
  expect(await doorsOf(visitId)).toEqual([200, 200])
})

it('the last signature takes the consultant out of the room, which goes on', async () => {
  const { visitId, encounterId } = await remoteVisit()
  await signed(await accepted(encounterId))
  expect(await doorsOf(visitId)).toEqual([404, 404])
  expect((await (await bed.as('nurse')).call(getVisit, { params: { visitId } })).finishedAt).toBeNull()
})

it('a room of the consult’s own ends with its withdrawal', async () => {
  const { visitId, encounterId } = await remoteVisit()
  await bed.platform.transact(systemActor, (work) => finishVisit(work, visitId))
  const consult = await accepted(encounterId)
  const nurse = await bed.as('nurse')
  await nurse.call(contract.cancel, { params: { id: consult.id }, body: { reason: 'Nhầm người bệnh' } })
  expect((await nurse.call(getVisit, { params: { visitId: consult.id } })).finishedAt).not.toBeNull()
})

it('the consultant of two cases in one room stays until the second ends', async () => {
  const { visitId, encounterId } = await remoteVisit()
  const [first, second] = [await accepted(encounterId), await accepted(encounterId)]
  const nurse = await bed.as('nurse')
  await nurse.call(contract.cancel, { params: { id: first.id }, body: { reason: 'Gửi hai lần' } })
  expect(await doorsOf(visitId)).toEqual([200, 200])
  await nurse.call(contract.cancel, { params: { id: second.id }, body: { reason: 'Bệnh nhân đổi ý' } })
  expect(await doorsOf(visitId)).toEqual([404, 404])
})

it('a request cannot be written for an encounter that is closed, nor for another unit’s', async () => {
  const { encounterId } = await remoteVisit()
  const nurse = await bed.as('nurse')
  const foreign = await (
    await bed.as('foreignNurse')
  ).try(contract.saveDraft, { params: { id: randomUUID() }, body: request(encounterId) })
  expect(foreign.problem).toMatchObject({ status: 404, code: 'CONSULT_ENCOUNTER_UNKNOWN' })
  await bed.owner.query("update records.encounter set status = 'cancelled' where id = $1", [encounterId])
  const closed = await nurse.try(contract.saveDraft, { params: { id: randomUUID() }, body: request(encounterId) })
  expect(closed.problem?.code).toBe('CONSULT_ENCOUNTER_CLOSED')
})
