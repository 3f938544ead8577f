import { randomUUID } from 'node:crypto'
import { readEncounter } from '@moinha/contracts/records'
import * as contract from '@moinha/contracts/scheduling'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const lanId = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)

let bed: TestBed
let nurse: TestClient
beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
}, 120_000)
afterAll(() => bed.close())

let minutes = 0
async function confirmed(kind: contract.AppointmentKind): Promise<string> {
  const id = randomUUID()
  minutes += 2
  await bed.owner.query(
    `insert into scheduling.appointment (id, patient_id, facility_id, practitioner_id, during, kind, state, origin)
     values ($1, $2, $3, $4, tstzrange($5, $5::timestamptz + interval '1 minute'), $6, 'confirmed', 'desk')`,
    [id, lanId, poY, nurseId, new Date(bed.platform.clock.now().getTime() - minutes * 60_000), kind],
  )
  return id
}
const start = (id: string, body: { encounterId: string; presentReason?: string }) =>
  nurse.try(contract.startAppointment, { params: { id }, body })
const encounter = async (id: string) => (await nurse.call(readEncounter, { params: { id } })).encounter

describe('the patient of a remote appointment', () => {
  test.each([
    ['remote_examination', 'DIRECT_TO_PATIENT'],
    ['remote_advice', 'HEALTH_ADVICE'],
  ] as const)('%s begun as agreed is a visit at a distance: %s by video', async (kind, remoteMode) => {
    const encounterId = randomUUID()
    expect((await start(await confirmed(kind), { encounterId })).status).toBe(200)
    expect(await encounter(encounterId)).toMatchObject({ remoteMode, channel: 'video', presentReason: null })
  })

  test.each(['remote_examination', 'remote_advice'] as const)(
    '%s with the patient at the station is in person, with the reason kept; sent twice it is one',
    async (kind) => {
      const body = { encounterId: randomUUID(), presentReason: 'Điện thoại của người bệnh hỏng' }
      const id = await confirmed(kind)
      expect((await start(id, body)).status).toBe(200)
      expect((await start(id, { ...body, encounterId: randomUUID() })).status).toBe(200)
      const { presentReason } = body
      const inPerson = { remoteMode: 'IN_PERSON', channel: 'in_person', presentReason }
      expect(await encounter(body.encounterId)).toMatchObject(inPerson)
    },
  )

  test('begun at a distance by a colleague meanwhile: the one with the reason is told, nothing changes', async () => {
    const [id, encounterId] = [await confirmed('remote_examination'), randomUUID()]
    expect((await start(id, { encounterId })).status).toBe(200)
    const late = await start(id, { encounterId: randomUUID(), presentReason: 'Đã đến trạm' })
    expect([late.status, late.problem?.code]).toEqual([409, 'APPOINTMENT_STATE'])
    expect(await encounter(encounterId)).toMatchObject({ remoteMode: 'DIRECT_TO_PATIENT', channel: 'video' })
  })
})
