import * as contract from '@moinha/contracts/consults'
import {
  breakGlass,
  cancelEncounter,
  finishEncounter,
  openEncounter,
  ownRecord,
  readEncounter,
  readPatient,
  registerPatient,
  saveEncounter,
} from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeHandle } from '../../../platform/testing/make-handle.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castCitizens, demoPersonId } from '../../identity/index.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { idOf, openCase, poY, rowsOf, submitted, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let cardiologist: TestClient
let internist: TestClient
const lan = demoPersonId(castCitizens.lan.key)
/** Longer than an urgent ring, shorter than two. */
const oneRing = 45

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  cardiologist = await bed.as('provincialSpecialist')
  internist = await bed.as('districtSpecialist')
})
afterAll(() => bed.close())

interface CareLine {
  reason: string
  personId: string | null
  cause: string | null
  hours: number | null
}

/** Hours left of every relationship one subject gave; null: without end. */
const careOf = (subjectId: string): Promise<CareLine[]> =>
  rowsOf(
    bed,
    `select reason, person_id as "personId", end_cause as cause,
  round(extract(epoch from upper(valid) - now()) / 3600)::float as hours
  from records.care_relationship where subject_id = $1 and not isempty(valid) order by lower(valid)`,
    [subjectId],
  )
const opens = async (client: TestClient, patientId: string) =>
  (await client.try(readPatient, { params: { patientId } })).status === 200
const sweep = () => bed.platform.jobs.unbound.get('records.sweepCare')?.({})

/** A consult in session with the specialist who was rung. */
async function inSession() {
  const story = await submitted(nurse)
  const doctor = story.consult.ring?.personId === idOf('districtSpecialist') ? internist : undefined
  if (!doctor) throw new Error('the internist on duty is expected to be rung first')
  return { ...story, doctor, consult: await doctor.call(contract.accept, { params: { id: story.id } }) }
}

describe('consults end the ways into the record', () => {
  it('who stayed silent loses the record when their ring ends, everybody when the rings run out', async () => {
    const { id, patientId, consult } = await submitted(nurse, { specialty: 'cardiology' })
    await bed.runJobs(oneRing)
    expect((await careOf(id))[0]).toMatchObject({ personId: consult.ring?.personId, cause: 'not_answered', hours: 0 })
    expect(await opens(cardiologist, patientId)).toBe(true)
    for (let step = 0; step < 12; step += 1) await bed.runJobs(oneRing)
    expect((await nurse.call(contract.get, { params: { id } })).status).toBe('unanswered')
    expect(await opens(cardiologist, patientId)).toBe(false)
    expect((await careOf(id)).every((line) => line.cause === 'not_answered' && line.hours === 0)).toBe(true)
    // the request itself may still be read and taken late; the record opens again with it
    expect((await cardiologist.call(contract.get, { params: { id } })).vitals).toEqual([])
    await cardiologist.call(contract.accept, { params: { id } })
    expect(await opens(cardiologist, patientId)).toBe(true)
  })

  it('who declined loses it at once, who returned the case too, and a withdrawn session leaves a day', async () => {
    const declined = await submitted(nurse)
    await internist.call(contract.decline, { params: { id: declined.id }, body: { reason: 'Đang mổ' } })
    expect(await opens(internist, declined.patientId)).toBe(false)
    expect((await careOf(declined.id))[0]).toMatchObject({ cause: 'declined' })
    const returned = await submitted(nurse, { urgency: 'scheduled' })
    await internist.call(contract.accept, { params: { id: returned.id } })
    await internist.call(contract.returnConsult, { params: { id: returned.id }, body: { reason: 'Thiếu điện tim' } })
    expect(await opens(internist, returned.patientId)).toBe(false)
    const { id, patientId, doctor } = await inSession()
    await nurse.call(contract.cancel, { params: { id }, body: { reason: 'Đã chuyển tuyến' } })
    expect(await careOf(id)).toMatchObject([{ cause: 'session_cancelled', hours: 24 }])
    expect(await opens(doctor, patientId)).toBe(true)
  })

  it('signed minutes that nobody closes leave a week; the consultant goes on reading the minutes they signed', async () => {
    const { id, patientId, doctor, consult } = await inSession()
    const minutesId = randomUUID()
    await doctor.call(contract.saveMinutes, { params: { id, minutesId }, body: wholeMinutes(consult) })
    const proposed = await doctor.call(contract.proposeMinutes, { params: { id, minutesId } })
    const contentHash = proposed.minutes?.contentHash ?? ''
    await doctor.call(contract.signMinutes, { params: { id, minutesId }, body: { contentHash } })
    await nurse.call(contract.signMinutes, { params: { id, minutesId }, body: { contentHash, decision: 'accepts' } })
    expect(await careOf(id)).toMatchObject([{ cause: 'signed', hours: 168 }])
    expect(await opens(doctor, patientId)).toBe(true)
    await bed.owner.query(
      `update records.care_relationship set valid = tstzrange(now() - interval '9 days', now() - interval '1 day')
        where subject_id = $1`,
      [id],
    )
    expect(await opens(doctor, patientId)).toBe(false)
    expect((await doctor.call(contract.get, { params: { id } })).minutes).toMatchObject({
      state: 'locked',
      id: minutesId,
    })
  })
})

describe('encounters end the ways into the record', () => {
  const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')

  it('a cancelled one at once, a finished one after a year, and what an emergency gave is not prolonged', async () => {
    const cancelled = await openCase(nurse)
    await nurse.call(cancelEncounter, {
      params: { id: cancelled.encounterId },
      body: { version: 1, reason: 'Mở nhầm' },
    })
    expect(await careOf(cancelled.encounterId)).toMatchObject([{ cause: 'cancelled', hours: 0 }])
    const finished = await openCase(nurse)
    await finish(nurse, finished.encounterId)
    expect(await careOf(finished.encounterId)).toMatchObject([{ cause: 'finished', hours: 8760 }])
    expect((await nurse.try(readEncounter, { params: { id: finished.encounterId } })).status).toBe(200)

    const foreignNurse = await bed.as('foreignNurse')
    const emergency = randomUUID()
    const handle = await makeHandle(bed.owner, idOf('foreignNurse'), finished.patientId)
    await foreignNurse.call(breakGlass, { body: { handle, reason: 'Tai nạn', confirm: true } })
    await foreignNurse.call(openEncounter, {
      body: { id: emergency, patientId: finished.patientId, facilityId: hoaiHai, remoteMode: 'IN_PERSON' },
    })
    await finish(foreignNurse, emergency)
    expect(await careOf(emergency)).toMatchObject([{ hours: 24 }])
  })

  it('a unit that may still look after its encounter was finished opens the next one without the limits of an emergency', async () => {
    const { patientId, encounterId } = await openCase(nurse)
    await finish(nurse, encounterId)
    await bed.owner.query(
      `update records.care_relationship set valid = tstzrange(lower(valid), now()) where patient_id = $1
        and reason = 'registered'`,
      [patientId],
    )
    const next = randomUUID()
    await nurse.call(openEncounter, { body: { id: next, patientId, facilityId: poY, remoteMode: 'IN_PERSON' } })
    expect(await careOf(next)).toMatchObject([{ hours: null }])
  })
})

async function finish(client: TestClient, id: string): Promise<void> {
  await client.call(saveEncounter, { params: { id }, body: { version: 1, changes: { conclusion: 'Đã tư vấn' } } })
  await client.call(finishEncounter, { params: { id }, body: { version: 2, disposition: 'advice' } })
}

describe('the nightly sweep', () => {
  /** A relationship nobody ended, some days old. */
  async function forgotten(patientId: string, reason: string, subjectId: string | null, days = 3): Promise<string> {
    const id = randomUUID()
    await bed.owner.query(
      `insert into records.care_relationship (id, patient_id, person_id, reason, subject_id, valid)
      values ($1, $2, $3, $4, $5, tstzrange(now() - make_interval(days => $6), null))`,
      [id, patientId, randomUUID(), reason, subjectId, days],
    )
    return id
  }
  const causeOf = async (id: string) =>
    (
      await rowsOf<{ cause: string | null }>(
        bed,
        `select case when upper(valid) <= now() then end_cause end as cause
    from records.care_relationship where id = $1`,
        [id],
      )
    )[0]?.cause

  it('ends what is forgotten and writes each down, leaves what is needed and what is young', async () => {
    const cancelled = await openCase(nurse)
    await nurse.call(cancelEncounter, {
      params: { id: cancelled.encounterId },
      body: { version: 1, reason: 'Mở nhầm' },
    })
    const open = await openCase(nurse)
    const unanswered = await submitted(nurse)
    await bed.owner.query("update consults.consult set status = 'unanswered' where id = $1", [unanswered.id])
    const left = await openCase(nurse)
    await bed.owner.query("update records.encounter set updated_at = now() - interval '200 days' where id = $1", [
      left.encounterId,
    ])
    const { patientId } = open
    const lines = {
      cancelled: await forgotten(cancelled.patientId, 'encounter', cancelled.encounterId),
      not_answered: await forgotten(unanswered.patientId, 'consult', unanswered.id),
      lapsed: await forgotten(left.patientId, 'encounter', left.encounterId),
      missing: await forgotten(patientId, 'appointment', randomUUID()),
    }
    const noSubject = await forgotten(patientId, 'consult', null)
    const kept = [
      await forgotten(patientId, 'encounter', open.encounterId),
      await forgotten(patientId, 'appointment', randomUUID(), 1),
    ]
    await sweep()
    for (const [cause, id] of Object.entries(lines)) expect(await causeOf(id), cause).toBe(cause)
    expect(await causeOf(noSubject)).toBe('missing')
    for (const id of kept) expect(await causeOf(id)).toBeNull()
    expect(
      await rowsOf(bed, "select patient_id from audit.entry where action = 'records.sweepCare' and subject_id = $1", [
        lines.missing,
      ]),
    ).toEqual([{ patient_id: patientId }])
    await sweep()
    expect(
      await rowsOf(bed, "select from audit.entry where action = 'records.sweepCare' and subject_id = $1", [
        lines.missing,
      ]),
    ).toHaveLength(1)
  })

  it('a registration lasts until the home unit is another', async () => {
    const id = randomUUID()
    await nurse.call(registerPatient, {
      body: { id, facilityId: poY, fullName: 'Y Chuyển Nhà', sex: 'female', force: true },
    })
    await sweep()
    expect(await opens(nurse, id)).toBe(true)
    await bed.owner.query('update records.patient set home_facility_id = $2 where id = $1', [
      id,
      facilityIdOf('bd-tyt-hoai-hai'),
    ])
    await sweep()
    expect(await opens(nurse, id)).toBe(false)
  })
})

it('the patient reads when each way in began and ended, and why', async () => {
  const encounterId = randomUUID()
  await nurse.call(openEncounter, {
    body: { id: encounterId, patientId: lan, facilityId: poY, remoteMode: 'IN_PERSON' },
  })
  await nurse.call(cancelEncounter, { params: { id: encounterId }, body: { version: 1, reason: 'Mở nhầm' } })
  const citizen = await bed.as('lan')
  const { relationships } = await citizen.call(ownRecord, { params: { patientId: lan } })
  expect(relationships[0]).toMatchObject({ current: true, until: null, endCause: null })
  const past = relationships.filter((one) => !one.current)
  expect(past).toContainEqual(
    expect.objectContaining({
      reason: 'encounter',
      endCause: 'cancelled',
      from: expect.any(String),
      until: expect.any(String),
    }),
  )
})
