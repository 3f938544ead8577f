import * as contract from '@moinha/contracts/consults'
import { getVisit, issueTicket } from '@moinha/contracts/calls'
import { readDocument, readPatient } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { idOf, request, rowsOf, submitted, wholeMinutes, openCase } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let specialist: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  specialist = await bed.as('districtSpecialist')
})
afterAll(() => bed.close())

describe('the main thread: request, ring, accept, opinion, minutes, sign-off, filed, outcome', () => {
  let id: string
  let patientId: string
  let minutesId: string

  it('rings the duty doctor of the specialty at once', async () => {
    const sent = await submitted(nurse)
    ;({ id, patientId } = sent)
    expect(sent.consult).toMatchObject({
      status: 'submitted',
      number: expect.stringMatching(/^\d+\/20\d\d$/),
      ring: { step: 1, personId: idOf('districtSpecialist'), reason: 'ON_DUTY_OFFLINE' },
    })
    expect((await specialist.call(contract.ringing)).items.map((line) => line.id)).toContain(id)
    const rows = await rowsOf(
      bed,
      "select patient_id, subject_id, detail from audit.entry where action = 'consults.listRinging' and actor_id = $1",
      [idOf('districtSpecialist')],
    )
    expect(rows).toEqual([{ patient_id: patientId, subject_id: id, detail: { count: 1 } }])
  })

  it('opens the record to the doctor while it rings, and starts the session when an urgent case is taken', async () => {
    expect((await specialist.try(readPatient, { params: { patientId } })).status).toBe(200)
    const taken = await specialist.call(contract.accept, { params: { id } })
    expect(taken).toMatchObject({
      status: 'in_session',
      side: 'supporting',
      consultant: { id: idOf('districtSpecialist') },
      ring: null,
      may: { join: true, minutes: true },
    })
    expect(taken.rings).toMatchObject([{ ringResult: 'answered' }])
    expect((await specialist.call(contract.accept, { params: { id } })).status).toBe('in_session')
  })

  it('brings both into one visit', async () => {
    const { visitId } = await nurse.call(contract.get, { params: { id } })
    const visit = await specialist.call(getVisit, { params: { visitId: visitId ?? '' } })
    expect(visit.members.map((member) => member.personId).sort()).toEqual(
      [idOf('nurse'), idOf('districtSpecialist')].sort(),
    )
  })

  it('takes opinions, once each', async () => {
    const opinion = { opinionId: randomUUID(), text: 'Nghĩ nhiều đến cơn đau thắt ngực ổn định' }
    await specialist.call(contract.addOpinion, { params: { id }, body: opinion })
    await specialist.call(contract.addOpinion, { params: { id }, body: opinion })
    expect((await nurse.call(contract.get, { params: { id } })).opinions).toMatchObject([
      { end: 'supporting', text: opinion.text },
    ])
  })

  it('keeps a draft of the minutes on its author’s side', async () => {
    minutesId = randomUUID()
    const consult = await specialist.call(contract.get, { params: { id } })
    await specialist.call(contract.saveMinutes, {
      params: { id, minutesId },
      body: wholeMinutes(consult, {
        answers: [
          { no: 1, text: 'Có' },
          { no: 2, text: '' },
        ],
      }),
    })
    expect((await specialist.call(contract.get, { params: { id } })).minutes?.state).toBe('draft')
    expect((await nurse.call(contract.get, { params: { id } })).minutes).toBeNull()
  })

  it('refuses minutes with a question that has no answer', async () => {
    const refused = await specialist.try(contract.proposeMinutes, { params: { id, minutesId } })
    expect(refused.problem).toMatchObject({ code: 'MINUTES_INCOMPLETE', params: { missing: ['ANSWER_2'] } })
  })

  it('lays whole minutes before both ends', async () => {
    const consult = await specialist.call(contract.get, { params: { id } })
    const basedOn = consult.minutes?.contentHash ?? null
    await specialist.call(contract.saveMinutes, {
      params: { id, minutesId },
      body: { ...wholeMinutes(consult), basedOn },
    })
    const proposed = await specialist.call(contract.proposeMinutes, { params: { id, minutesId } })
    expect(proposed).toMatchObject({ status: 'minutes', minutes: { state: 'proposed', signAs: ['chair'] } })
    const changed = await specialist.try(contract.saveMinutes, {
      params: { id, minutesId },
      body: wholeMinutes(consult, { plan: 'khác' }),
    })
    expect(changed.problem?.code).toBe('MINUTES_CHANGED')
  })

  it('takes signatures of the text that was read, with the local clinician’s decision', async () => {
    const { minutes } = await nurse.call(contract.get, { params: { id } })
    const contentHash = minutes?.contentHash ?? ''
    await specialist.call(contract.signMinutes, { params: { id, minutesId }, body: { contentHash } })
    expect(
      (await nurse.try(contract.signMinutes, { params: { id, minutesId }, body: { contentHash } })).problem?.code,
    ).toBe('MINUTES_DECISION_MISSING')
    const other = await nurse.try(contract.signMinutes, {
      params: { id, minutesId },
      body: { contentHash: 'a'.repeat(64), decision: 'accepts' },
    })
    expect(other.problem?.code).toBe('MINUTES_CHANGED')
    const signed = await nurse.call(contract.signMinutes, {
      params: { id, minutesId },
      body: { contentHash, decision: 'accepts' },
    })
    expect(signed).toMatchObject({ status: 'signed', minutes: { state: 'locked', decision: 'accepts' } })
    expect(signed.minutes?.signatures.map((line) => line.role).sort()).toEqual(['chair', 'requester', 'secretary'])
    const visit = await specialist.call(getVisit, { params: { visitId: signed.visitId ?? '' } })
    expect(visit.finishedAt).not.toBeNull()
    expect((await specialist.try(issueTicket, { params: { visitId: visit.visitId } })).problem?.code).toBe(
      'VISIT_FINISHED',
    )
  })

  it('files the minutes in the asking unit’s record', async () => {
    const record = await nurse.call(readPatient, { params: { patientId } })
    expect(record.documents).toMatchObject([{ id, kind: 'consult_minutes' }])
    const document = await nurse.call(readDocument, { params: { id }, query: {} })
    expect(document.sheet).toContainEqual({
      type: 'lines',
      lines: expect.arrayContaining([
        expect.objectContaining({ values: [expect.any(String), 'Cơn đau thắt ngực ổn định'] }),
      ]),
    })
    expect(document.sheet.at(-1)).toMatchObject({
      type: 'signatures',
      signatures: expect.arrayContaining([expect.objectContaining({ as: { vi: 'Chủ tọa', en: 'Chair' } })]),
    })
    expect(
      await rowsOf(
        bed,
        `select upper_level_took_part from records.encounter e join consults.consult c on c.encounter_id = e.id
          where c.id = $1`,
        [id],
      ),
    ).toEqual([{ upper_level_took_part: true }])
  })

  it('locks what was signed, in the code and in the database', async () => {
    const consult = await nurse.call(contract.get, { params: { id } })
    expect(
      (
        await nurse.try(contract.saveMinutes, {
          params: { id, minutesId },
          body: wholeMinutes(consult, { plan: 'khác' }),
        })
      ).problem?.code,
    ).toBe('MINUTES_LOCKED')
    await expect(
      bed.owner.query("update consults.minutes set decision_reason = 'x' where id = $1", [minutesId]),
    ).rejects.toThrow('locked')
    await expect(bed.owner.query('delete from consults.signature where minutes_id = $1', [minutesId])).rejects.toThrow(
      'stays',
    )
    await expect(bed.owner.query('delete from consults.minutes where id = $1', [minutesId])).rejects.toThrow('kept')
  })

  it('takes a correction as a new version that both sign again', async () => {
    const consult = await specialist.call(contract.get, { params: { id } })
    const second = randomUUID()
    await specialist.call(contract.saveMinutes, {
      params: { id, minutesId: second },
      body: wholeMinutes(consult, { plan: 'Hẹn sau 5 ngày' }),
    })
    const { minutes } = await specialist.call(contract.proposeMinutes, { params: { id, minutesId: second } })
    await specialist.call(contract.signMinutes, {
      params: { id, minutesId: second },
      body: { contentHash: minutes?.contentHash ?? '' },
    })
    const signed = await nurse.call(contract.signMinutes, {
      params: { id, minutesId: second },
      body: { contentHash: minutes?.contentHash ?? '', decision: 'partly', decisionReason: 'Nhà xa' },
    })
    expect(signed).toMatchObject({ status: 'signed', minutes: { version: 2, state: 'locked' } })
    expect(await rowsOf(bed, 'select version from records.document where id = $1 order by version', [id])).toEqual([
      { version: 1 },
      { version: 2 },
    ])
  })

  it('feeds the outcome back and closes; the doctor’s way into the record ends', async () => {
    await nurse.call(contract.reportPatientOutcome, {
      params: { id },
      body: { code: 'improved', text: 'Hết đau ngực' },
    })
    expect((await specialist.call(contract.get, { params: { id } })).patientOutcome).toMatchObject({ code: 'improved' })
    expect((await nurse.call(contract.close, { params: { id } })).status).toBe('closed')
    expect((await specialist.try(readPatient, { params: { patientId } })).status).toBe(404)
    expect((await specialist.call(contract.get, { params: { id } })).status).toBe('closed')
    expect((await specialist.call(contract.get, { params: { id } })).events.map((event) => event.name)).toEqual([
      'submitted',
      'rung',
      'accepted',
      'opinion',
      'minutes_proposed',
      'signed_by',
      'signed_by',
      'signed',
      'minutes_proposed',
      'signed_by',
      'signed_by',
      'signed',
      'outcome',
      'closed',
    ])
  })
})

describe('a request that is not urgent', () => {
  it('is accepted, given a time, begun, and may be returned before that', async () => {
    const { id } = await submitted(nurse, { urgency: 'scheduled' })
    expect((await specialist.call(contract.accept, { params: { id } })).status).toBe('accepted')
    expect(
      (await specialist.try(contract.schedule, { params: { id }, body: { at: '2020-01-01T00:00:00Z' } })).problem?.code,
    ).toBe('CONSULT_TIME_PAST')
    expect(
      (
        await specialist.call(contract.schedule, {
          params: { id },
          body: { at: new Date(Date.now() + 3_600_000).toISOString() },
        })
      ).status,
    ).toBe('scheduled')
    expect((await nurse.call(contract.start, { params: { id } })).status).toBe('in_session')
    expect(
      (await specialist.try(contract.returnConsult, { params: { id }, body: { reason: 'muộn' } })).problem,
    ).toMatchObject({ code: 'CONSULT_WRONG_STATE', params: { status: 'in_session' } })
  })

  it('goes back with a reason, is corrected, and is sent again with its number', async () => {
    const { id, encounterId, consult } = await submitted(nurse, { urgency: 'scheduled' })
    await specialist.call(contract.returnConsult, { params: { id }, body: { reason: 'Cần điện tâm đồ' } })
    expect(await nurse.call(contract.get, { params: { id } })).toMatchObject({
      status: 'returned',
      returnReason: 'Cần điện tâm đồ',
      may: { edit: true, submit: true },
    })
    expect((await specialist.try(contract.get, { params: { id } })).status).toBe(404)
    const { version } = await nurse.call(contract.get, { params: { id } })
    await nurse.call(contract.saveDraft, {
      params: { id },
      body: {
        ...request(encounterId, { questions: ['Điện tâm đồ kèm theo, có cần chuyển không?'] }),
        basedOn: version,
      },
    })
    const again = await nurse.call(contract.submit, { params: { id }, body: {} })
    expect(again).toMatchObject({
      status: 'submitted',
      number: consult.number,
      ring: { step: 2, personId: idOf('districtSpecialist') },
    })
  })
})

it('a request sent again never undoes what a colleague wrote after it', async () => {
  const { encounterId } = await openCase(nurse)
  const id = randomUUID()
  const doctor = await bed.as('stationDoctor')
  const body = { ...request(encounterId), history: 'Lần một' }
  const put = (client: TestClient, more: object = {}) =>
    client.try(contract.saveDraft, { params: { id }, body: { ...body, ...more } })
  const twice = await Promise.all([put(nurse), put(nurse)])
  expect(twice.map((answer) => answer.body.version)).toEqual([1, 1])
  expect((await put(doctor, { history: 'Lần hai', basedOn: 1 })).body).toMatchObject({ version: 2, history: 'Lần hai' })
  expect((await put(nurse)).problem).toMatchObject({
    status: 409,
    code: 'CHANGED_MEANWHILE',
    params: { current: { version: 2, history: 'Lần hai' } },
  })
  expect((await put(doctor, { history: 'Lần hai', basedOn: 1 })).body).toMatchObject({ version: 2 })
  expect((await put(nurse, { history: 'Lần ba', basedOn: 2 })).body).toMatchObject({ version: 3, history: 'Lần ba' })
  // on its way since: what stands is answered, anything else is refused
  await nurse.call(contract.submit, { params: { id }, body: {} })
  expect((await put(nurse, { history: 'Lần ba', basedOn: 2 })).body).toMatchObject({ status: 'submitted' })
  expect((await put(nurse)).problem?.code).toBe('CONSULT_WRONG_STATE')
})

describe('what is refused', () => {
  it('a request the patient was not told of', async () => {
    const { encounterId } = await openCase(nurse)
    const id = randomUUID()
    await nurse.call(contract.saveDraft, { params: { id }, body: request(encounterId, { patientInformed: null }) })
    expect((await nurse.try(contract.submit, { params: { id }, body: {} })).problem?.code).toBe(
      'CONSULT_PATIENT_NOT_INFORMED',
    )
  })

  it('a doctor or a nurse who has no part in the case', async () => {
    const { id } = await submitted(nurse)
    for (const stranger of [await bed.as('foreignNurse'), await bed.as('provincialSpecialist')]) {
      expect((await stranger.try(contract.get, { params: { id } })).status).toBe(404)
    }
    expect((await (await bed.as('provincialSpecialist')).try(contract.accept, { params: { id } })).status).toBe(404)
    expect((await (await bed.as('foreignNurse')).call(contract.list, { query: { box: 'outgoing' } })).items).toEqual([])
    expect((await (await bed.as('lan')).try(contract.get, { params: { id } })).status).toBe(403)
  })

  it('a draft that somebody else’s screen asks for', async () => {
    const { encounterId } = await openCase(nurse)
    const id = randomUUID()
    await nurse.call(contract.saveDraft, { params: { id }, body: request(encounterId) })
    expect((await specialist.try(contract.get, { params: { id } })).status).toBe(404)
    expect((await (await bed.as('dutyLead')).try(contract.get, { params: { id } })).status).toBe(404)
  })
})

describe('lists', () => {
  it('page without loss and show each side its own', async () => {
    const first = await nurse.call(contract.list, { query: { box: 'outgoing', state: 'all', limit: 3 } })
    const all = await nurse.call(contract.list, { query: { box: 'outgoing', state: 'all', limit: 100 } })
    const rest = await nurse.call(contract.list, {
      query: { box: 'outgoing', state: 'all', limit: 100, after: first.next ?? '' },
    })
    expect([...first.items, ...rest.items].map((line) => line.id)).toEqual(all.items.map((line) => line.id))
    const done = await specialist.call(contract.list, { query: { box: 'incoming', state: 'done' } })
    expect(done.items.map((line) => line.status)).toEqual(['closed'])
    const [row] = await rowsOf(
      bed,
      "select detail from audit.entry where action = 'consults.list' and actor_id = $1 order by id desc limit 1",
      [idOf('districtSpecialist')],
    )
    expect(row).toEqual({ detail: { box: 'incoming', count: done.items.length } })
    const lead = await (await bed.as('dutyLead')).call(contract.list, { query: { box: 'unit', state: 'all' } })
    expect(lead.items.length).toBeGreaterThan(2)
    expect(lead.items.every((line) => line.status !== 'draft')).toBe(true)
  })
})
