import * as contract from '@moinha/contracts/consults'
import { setPaused } from '@moinha/contracts/roster'
import { readPatient } from '@moinha/contracts/records'
import { runOnce } from 'graphile-worker'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../app.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { systemClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember } from '../../identity/index.ts'
import { onRingDue } from '../actions/ring-next.ts'
import { idOf, ngocHoi, openCase, poY, request, rowsOf, submitted, tinh } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let cardiologist: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  cardiologist = await bed.as('provincialSpecialist')
})
afterAll(() => bed.close())

const read = (id: string) => nurse.call(contract.get, { params: { id } })
const cardiology = (urgency: 'urgent' | 'scheduled' = 'urgent') =>
  submitted(nurse, { specialty: 'cardiology', urgency })
/** Longer than an urgent ring, shorter than two. */
const oneRing = 45

describe('the escalation clock', () => {
  it('goes on to the next doctor when the first is silent, and says so', async () => {
    const { id, patientId, consult } = await cardiology()
    expect(consult.ring).toMatchObject({
      step: 1,
      facilityName: expect.stringContaining('tỉnh'),
      reason: 'ON_DUTY_OFFLINE',
    })
    expect(consult.ring?.personId).not.toBe(idOf('provincialSpecialist'))
    await bed.runJobs(oneRing)
    const second = await read(id)
    expect(second.rings).toMatchObject([
      { step: 1, ringResult: 'silent' },
      { step: 2, personId: idOf('provincialSpecialist'), ringResult: 'ringing' },
    ])
    expect(second.rings[0]?.endedAt).not.toBeNull()
    expect((await cardiologist.try(readPatient, { params: { patientId } })).status).toBe(200)
    expect((await cardiologist.call(contract.accept, { params: { id } })).status).toBe('in_session')
    await bed.runJobs(600)
    expect((await read(id)).rings).toHaveLength(2)
  })

  it('walks the whole route to the duty lead, tells that nobody answered, and a late answer still counts', async () => {
    const { id } = await cardiology()
    for (let step = 0; step < 12; step += 1) await bed.runJobs(oneRing)
    const over = await read(id)
    expect(over).toMatchObject({ status: 'unanswered', ring: null, may: { submit: true, cancel: true } })
    expect(over.rings.map((ring) => ring.reason)).toEqual([
      'ON_DUTY_OFFLINE',
      'ON_DUTY_OFFLINE',
      'BACKUP',
      'DUTY_LEAD',
      'DUTY_LEAD',
    ])
    expect(over.rings.map((ring) => ring.personId)).toContain(idOf('dutyLead'))
    expect(over.rings.every((ring) => ring.ringResult === 'silent')).toBe(true)
    expect((await cardiologist.call(contract.accept, { params: { id } })).status).toBe('in_session')
  })

  it('rings everybody anew when the request is sent again', async () => {
    const { id } = await cardiology()
    for (let step = 0; step < 12; step += 1) await bed.runJobs(oneRing)
    const again = await nurse.call(contract.submit, { params: { id }, body: {} })
    expect(again).toMatchObject({ status: 'submitted', ring: { step: 6, reason: 'ON_DUTY_OFFLINE' } })
    await nurse.call(contract.cancel, { params: { id }, body: { reason: 'Đã chuyển tuyến' } })
  })

  it('goes on at once when the doctor declines', async () => {
    const { id } = await cardiology()
    await bed.runJobs(oneRing)
    await cardiologist.call(contract.decline, { params: { id }, body: { reason: 'Đang mổ' } })
    await cardiologist.call(contract.decline, { params: { id }, body: { reason: 'Đang mổ' } })
    expect((await read(id)).rings).toMatchObject([
      { ringResult: 'silent' },
      { ringResult: 'declined' },
      { step: 3, reason: 'BACKUP', ringResult: 'ringing' },
    ])
  })

  it('does one step for one job, however often the job runs', async () => {
    const { id } = await cardiology()
    for (let time = 0; time < 3; time += 1)
      await bed.platform.transact(systemActor, (work) => onRingDue(work, { consultId: id, step: 1 }))
    expect((await read(id)).rings).toMatchObject([
      { step: 1, ringResult: 'silent' },
      { step: 2, ringResult: 'ringing' },
    ])
  })

  it('does one step when the same job runs twice at the same time', async () => {
    const { id } = await cardiology()
    await Promise.all(
      [1, 2, 3].map(() => bed.platform.transact(systemActor, (work) => onRingDue(work, { consultId: id, step: 1 }))),
    )
    expect((await read(id)).rings).toHaveLength(2)
  })

  it('goes on after the server was started anew between two steps', async () => {
    const { id } = await cardiology()
    const { config, log } = bed.platform
    const second = await createApp({ config, clock: systemClock, log, ...bed.urls })
    await second.app.ready()
    await bed.owner.query('update graphile_worker._private_jobs set run_at = now() where key = $1', [
      `consult-ring:${id}`,
    ])
    const taskList = Object.fromEntries(
      [...second.platform.jobs.tasks].map(([name, handler]) => [
        name,
        (payload: unknown) => second.platform.transact(systemActor, (work) => handler(work, payload)),
      ]),
    )
    await runOnce({ pgPool: bed.owner, taskList, noHandleSignals: true, concurrency: 1 })
    await second.close()
    expect((await read(id)).rings).toMatchObject([{ ringResult: 'silent' }, { step: 2, ringResult: 'ringing' }])
  })

  it('waits as long as the hospital set', async () => {
    const lead = await bed.as('dutyLead')
    await lead.call(contract.setEscalation, { body: { facilityId: ngocHoi, urgency: 'urgent', waitSeconds: 90 } })
    expect(
      (await lead.try(contract.setEscalation, { body: { facilityId: tinh, urgency: 'urgent', waitSeconds: 90 } }))
        .status,
    ).toBe(403)
    const { consult } = await submitted(nurse)
    const ring = consult.rings[0]
    expect(Date.parse(ring?.deadlineAt ?? '') - Date.parse(ring?.rungAt ?? '')).toBe(90_000)
    const routine = await submitted(nurse, { urgency: 'scheduled' })
    expect(
      Date.parse(routine.consult.rings[0]?.deadlineAt ?? '') - Date.parse(routine.consult.rings[0]?.rungAt ?? ''),
    ).toBe(120_000)
    await lead.call(contract.setEscalation, { body: { facilityId: ngocHoi, urgency: 'urgent', waitSeconds: 30 } })
  })

  it('rings whoever is online before whoever is not, and leaves out nobody who paused', async () => {
    // the cases above still go on
    await bed.owner.query("update consults.consult set status = 'minutes' where status = 'in_session'")
    await bed.owner.query(
      `insert into roster.open_page (socket_id, person_id, seen_at)
        values ('test-page', $1, now() + interval '1 minute')`,
      [idOf('provincialSpecialist')],
    )
    const { consult } = await cardiology()
    expect(consult.ring).toMatchObject({ personId: idOf('provincialSpecialist'), reason: 'ON_DUTY_ONLINE' })
    await cardiologist.call(setPaused, { body: { paused: true } })
    expect((await cardiology()).consult.ring).toMatchObject({ reason: 'ON_DUTY_BUSY' })
    await cardiologist.call(setPaused, { body: { paused: false } })
    await bed.owner.query("delete from roster.open_page where socket_id = 'test-page'")
  })
})

describe('two doctors at one request', () => {
  it('lets one win and tells the other who has it', async () => {
    for (let race = 0; race < 5; race += 1) {
      const { id, consult } = await cardiology()
      const first = await asPerson(consult.ring?.personId ?? '')
      await bed.runJobs(oneRing)
      const answers = await Promise.all(
        [first, cardiologist].map((doctor) => doctor.try(contract.accept, { params: { id } })),
      )
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
      const lost = answers.find((answer) => answer.status === 409)
      expect(lost?.problem).toMatchObject({
        code: 'CONSULT_ALREADY_ACCEPTED',
        params: { by: expect.any(String), facilityName: expect.stringContaining('tỉnh'), at: expect.any(String) },
      })
      expect(
        await rowsOf(
          bed,
          "select ring_result from consults.ring where consult_id = $1 and ring_result in ('ringing')",
          [id],
        ),
      ).toEqual([])
    }
  })

  it('ends the way into the record for those who did not take it', async () => {
    const { id, patientId, consult } = await cardiology()
    const first = await asPerson(consult.ring?.personId ?? '')
    await bed.runJobs(oneRing)
    await cardiologist.call(contract.accept, { params: { id } })
    expect((await first.try(readPatient, { params: { patientId } })).status).toBe(404)
    expect((await first.try(contract.get, { params: { id } })).status).toBe(404)
    expect((await cardiologist.try(readPatient, { params: { patientId } })).status).toBe(200)
  })
})

/** A generated doctor, signed in by user name and the demo's password. */
async function asPerson(personId: string): Promise<TestClient> {
  const [account] = await rowsOf<{ username: string }>(
    bed,
    'select username from identity.account_user where id = $1',
    [personId],
  )
  const client = bed.anonymous()
  const answer = await client.send({
    method: 'POST',
    url: '/api/identity/sign-in',
    payload: { username: account?.username, password: 'moinha-demo-2026' },
  })
  if (answer.problem) throw new Error(JSON.stringify(answer.problem))
  return client
}

describe('a request without a route', () => {
  it('says which link is missing and offers the duty lead, who can be rung instead', async () => {
    const { encounterId } = await openCase(nurse)
    const id = randomUUID()
    await nurse.call(contract.saveDraft, { params: { id }, body: request(encounterId, { specialty: 'nutrition' }) })
    const refused = await nurse.try(contract.submit, { params: { id }, body: {} })
    expect(refused.status).toBe(409)
    expect(refused.problem).toMatchObject({
      code: 'CONSULT_NO_ROUTE',
      params: {
        missing: 'ROSTER',
        facilityName: 'Trạm Y tế xã Pờ Y',
        specialtyName: 'Dinh dưỡng',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        offer: { personId: idOf('dutyLead'), fullName: castStaffMember('dutyLead').fullName },
      },
    })
    expect((await read(id)).status).toBe('draft')
    expect((await nurse.call(contract.submit, { params: { id }, body: { askLead: true } })).ring).toMatchObject({
      personId: idOf('dutyLead'),
      reason: 'DUTY_LEAD',
    })
    expect((await (await bed.as('dutyLead')).call(contract.accept, { params: { id } })).status).toBe('in_session')
  })

  it('names the missing support link, and turns to the management parent', async () => {
    await bed.owner.query(
      `update facilities.support_link set valid = daterange(lower(valid), current_date - 1) where from_id = $1
        and (upper(valid) is null or upper(valid) > current_date)`,
      [poY],
    )
    const preview = await nurse.call(contract.previewRoute, { query: { specialty: 'internal' } })
    expect(preview).toMatchObject({
      candidates: [],
      missing: { missing: 'SUPPORT_LINK', offer: { personId: idOf('dutyLead') } },
    })
  })
})
