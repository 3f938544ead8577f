import * as contract from '@moinha/contracts/referrals'
import * as records from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
let bed: TestBed
let nurse: TestClient
let hospital: TestClient
let elsewhere: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  hospital = await bed.as('districtSpecialist')
  elsewhere = await bed.as('foreignNurse')
})
afterAll(() => bed.close())

interface Case {
  patientId: string
  encounterId: string
}

async function newCase(
  status: 'in_progress' | 'finished' = 'finished',
  diagnosis: string | null = 'I10',
): Promise<Case> {
  const [patientId, encounterId] = [randomUUID(), randomUUID()]
  await bed.owner.query(
    `insert into records.patient (id, full_name, sex, birth_date, home_facility_id)
     values ($1, 'Y Chuyển', 'female', '1968-03-08', $2)`,
    [patientId, poY],
  )
  await bed.owner.query(
    "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'registered')",
    [patientId, poY],
  )
  await bed.owner.query(
    `insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode,
      channel, started_at)
    values ($1, $2, $3, $4, 'Thử', 'IN_PERSON', 'in_person', now())`,
    [encounterId, patientId, poY, demoPersonId(castStaffMember('nurse').key)],
  )
  if (diagnosis)
    await bed.owner.query(
      `insert into records.encounter_diagnosis (encounter_id, patient_id, position, system, code, display)
       values ($1, $2, 0, 'ICD-10', $3, 'Tăng huyết áp')`,
      [encounterId, patientId, diagnosis],
    )
  if (status === 'finished')
    await bed.owner.query(
      `update records.encounter set status = 'finished', finished_at = now(), conclusion = 'Xong',
        disposition = 'referral', judged_as = 'in_person' where id = $1`,
      [encounterId],
    )
  return { patientId, encounterId }
}

const said = {
  toFacilityId: ngocHoi,
  signs: 'Đau đầu, huyết áp 190/110',
  reason: 'medical' as const,
  transport: 'ambulance' as const,
  escort: 'Y Thương, điều dưỡng',
}
const send = (encounterId: string, id = randomUUID(), more: object = {}) =>
  nurse.try(contract.issueTransfer, { body: { id, encounterId, ...said, ...more } })
const again = (encounterId: string, revisitOn: string, id = randomUUID()) =>
  nurse.try(contract.issueRevisit, { body: { id, encounterId, revisitOn, advice: 'Uống thuốc đều' } })
const arrive = (client: TestClient, id: string, arrivalId = randomUUID()) =>
  client.try(contract.confirmArrival, { params: { id }, body: { arrivalId } })
const read = (client: TestClient, id: string) => client.try(contract.readSlip, { params: { id } })
const list = (client: TestClient, box: 'incoming' | 'outgoing', state: 'open' | 'done' = 'open') =>
  client.call(contract.listSlips, { query: { box, state } })

async function sent(): Promise<Case & { id: string }> {
  const one = await newCase()
  const id = randomUUID()
  expect((await send(one.encounterId, id)).status).toBe(200)
  return { ...one, id }
}
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('a transfer', () => {
  it('has a number, ten working days, a paper in the record, and is seen by the hospital with the record', async () => {
    const { id, patientId } = await sent()
    const { body } = await read(nurse, id)
    expect(body).toMatchObject({
      kind: 'transfer',
      state: 'issued',
      patientName: 'Y Chuyển',
      may: { cancel: true, arrive: false },
    })
    expect(body.number).toMatch(/^\d+\/20\d\d$/)
    expect(body.validUntil > inDays(12) && body.validUntil < inDays(20)).toBe(true)
    const document = await hospital.call(records.readDocument, { params: { id }, query: {} })
    expect(document.kindName.vi).toBe('Phiếu chuyển cơ sở khám bệnh, chữa bệnh')
    expect(JSON.stringify(document.sheet)).toContain('Tăng huyết áp (I10)')
    const pdf = await hospital.try(records.documentPdf, { params: { id }, query: {} })
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect((await hospital.try(records.readPatient, { params: { patientId } })).status).toBe(200)
    expect((await list(hospital, 'incoming')).items.map((one) => one.id)).toContain(id)
    expect((await list(nurse, 'outgoing')).items.map((one) => one.id)).toContain(id)
  })

  it('is nothing to others', async () => {
    const { id } = await sent()
    expect((await read(elsewhere, id)).status).toBe(404)
    expect((await arrive(elsewhere, id)).status).toBe(404)
    expect((await arrive(nurse, id)).status).toBe(403)
    expect((await list(elsewhere, 'incoming')).items).toEqual([])
  })

  it('sent twice is one slip and one number, also at once', async () => {
    const { encounterId } = await newCase()
    const [id, next] = [randomUUID(), randomUUID()]
    const both = await Promise.all([send(encounterId, id), send(encounterId, id)])
    expect(both.map((one) => one.status)).toEqual([200, 200])
    await send((await newCase()).encounterId, next)
    const [first, second] = await Promise.all([read(nurse, id), read(nurse, next)])
    expect(Number(second.body.number.split('/')[0])).toBe(Number(first.body.number.split('/')[0]) + 1)
    expect((await send((await newCase()).encounterId, id)).problem?.code).toBe('ID_TAKEN')
  })

  it('of two arrivals at once one wins; the same one sent again is answered', async () => {
    const { id } = await sent()
    const mine = [randomUUID(), randomUUID()]
    const both = await Promise.all(mine.map((arrivalId) => arrive(hospital, id, arrivalId)))
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    const lost = both.find((one) => one.problem)
    expect(lost?.problem).toMatchObject({
      code: 'SLIP_USED',
      params: { unit: expect.any(String), at: expect.any(String) },
    })
    const won = mine[both.findIndex((one) => !one.problem)]
    expect((await arrive(hospital, id, won)).body).toMatchObject({ state: 'arrived', may: { tellOutcome: true } })
  })

  it('who did not come may come later, until it expires', async () => {
    const { id } = await sent()
    const noted = await hospital.call(contract.noteNotArrived, { params: { id }, body: { note: 'Chưa thấy đến' } })
    expect([noted.state, noted.note]).toEqual(['not_arrived', 'Chưa thấy đến'])
    await bed.owner.query('update referrals.slip set valid_until = $2 where id = $1', [id, inDays(-2)])
    expect((await read(nurse, id)).body.state).toBe('expired')
    expect((await arrive(hospital, id)).problem).toMatchObject({
      code: 'SLIP_EXPIRED',
      params: { validUntil: inDays(-2) },
    })
    await bed.owner.query('update referrals.slip set valid_until = $2 where id = $1', [id, inDays(2)])
    expect((await arrive(hospital, id)).status).toBe(200)
  })

  it('ends with what became of the patient, told to the station; the record closes a week later', async () => {
    const { id, patientId } = await sent()
    const tell = () =>
      hospital.try(contract.tellOutcome, { params: { id }, body: { outcome: 'admitted', note: 'Nhập khoa Nội' } })
    expect((await tell()).problem?.code).toBe('SLIP_NOT_ARRIVED')
    await arrive(hospital, id)
    expect((await tell()).status).toBe(200)
    expect((await tell()).problem?.code).toBe('SLIP_COMPLETED')
    expect((await read(nurse, id)).body).toMatchObject({
      state: 'completed',
      outcome: 'admitted',
      note: 'Nhập khoa Nội',
    })
    expect((await list(nurse, 'outgoing', 'done')).items.map((one) => one.id)).toContain(id)
    const { rows } = await bed.owner.query<{ hours: number; end_cause: string }>(
      `select end_cause, extract(epoch from upper(valid) - now())::int / 3590 as hours from records.care_relationship
       where patient_id = $1 and subject_id = $2`,
      [patientId, id],
    )
    expect(rows[0]).toMatchObject({ end_cause: 'done', hours: 168 })
  })

  it('taken back, it opens nothing any more', async () => {
    const { id, patientId } = await sent()
    await nurse.call(contract.cancelSlip, { params: { id }, body: { reason: 'Người bệnh đổi ý' } })
    expect((await hospital.try(records.readPatient, { params: { patientId } })).status).toBe(404)
    expect((await arrive(hospital, id)).status).toBe(404)
    const { rows } = await bed.owner.query<{ n: string }>(
      "select coalesce(sum(sign), 0) as n from indicators.activity where subject_id = $1 and kind = 'transfer'",
      [id],
    )
    expect(Number(rows[0]?.n)).toBe(0)
  })

  it('is taken back before its encounter is cancelled', async () => {
    const { encounterId } = await newCase('in_progress')
    const id = randomUUID()
    expect((await send(encounterId, id)).status).toBe(200)
    const { encounter } = await nurse.call(records.readEncounter, { params: { id: encounterId } })
    const cancel = () =>
      nurse.try(records.cancelEncounter, {
        params: { id: encounterId },
        body: { version: encounter.version, reason: 'Mở nhầm' },
      })
    expect((await cancel()).problem?.code).toBe('REFERRAL_ENCOUNTER_SENT')
    await nurse.call(contract.cancelSlip, { params: { id }, body: { reason: 'Nhầm người' } })
    expect((await cancel()).status).toBe(200)
  })

  it('is counted once', async () => {
    const { id } = await sent()
    await arrive(hospital, id)
    const { rows } = await bed.owner.query('select kind from indicators.activity where subject_id = $1', [id])
    expect(rows).toEqual([{ kind: 'transfer' }])
  })

  it('says what is wrong and leaves nothing', async () => {
    const bare = await newCase('in_progress', null)
    expect((await send(bare.encounterId)).problem?.code).toBe('REFERRAL_NO_DIAGNOSIS')
    const { encounterId } = await newCase()
    expect((await send(encounterId, randomUUID(), { toFacilityId: poY })).problem?.code).toBe('REFERRAL_SAME_UNIT')
    expect((await send(encounterId, randomUUID(), { toFacilityId: randomUUID() })).problem?.code).toBe(
      'REFERRAL_UNIT_UNKNOWN',
    )
    expect((await nurse.call(contract.listSlips, { query: { box: 'outgoing', encounterId } })).items).toEqual([])
  })

  it('holds for a year where the disease was entered from Annex III', async () => {
    await bed.owner.query("insert into referrals.year_long_disease values ('N18', 'thử')")
    const { encounterId } = await newCase('finished', 'N18.5')
    const id = randomUUID()
    await send(encounterId, id)
    expect((await read(nurse, id)).body.validUntil > inDays(360)).toBe(true)
  })

  it('skips a day an administrator made a holiday', async () => {
    const before = (await read(nurse, (await sent()).id)).body.validUntil
    const admin = await bed.as('systemAdmin')
    const day = before
    const set = (off: boolean) =>
      admin.call(contract.setHoliday, { params: { day }, body: { off, name: 'Nghỉ bù', source: 'QĐ thử' } })
    expect((await set(true)).items).toContainEqual({ day, name: 'Nghỉ bù', source: 'QĐ thử' })
    expect((await read(nurse, (await sent()).id)).body.validUntil > before).toBe(true)
    await set(false)
    expect((await read(nurse, (await sent()).id)).body.validUntil).toBe(before)
    const nameless = await admin.try(contract.setHoliday, { params: { day }, body: { off: true } })
    expect(nameless.problem?.code).toBe('HOLIDAY_NAME_MISSING')
  })
})

describe('a slip to come again', () => {
  it('is one per finished course, used once, and printed on A5', async () => {
    const { encounterId } = await newCase()
    const id = randomUUID()
    expect((await again(encounterId, inDays(7), id)).status).toBe(200)
    expect((await again(encounterId, inDays(7), id)).status).toBe(200)
    expect((await again(encounterId, inDays(9))).problem).toMatchObject({
      code: 'REVISIT_EXISTS',
      params: { number: expect.any(String) },
    })
    expect((await arrive(nurse, id)).body.state).toBe('arrived')
    expect((await arrive(nurse, id)).problem?.code).toBe('SLIP_USED')
    const pdf = await nurse.try(records.documentPdf, { params: { id }, query: {} })
    expect(String(pdf.body)).toMatch(/MediaBox \[0 0 419/)
  })

  it('two at once are one', async () => {
    const { encounterId } = await newCase()
    const both = await Promise.all([again(encounterId, inDays(7)), again(encounterId, inDays(8))])
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
  })

  it('wants a finished encounter and a day to come', async () => {
    const open = await newCase('in_progress')
    expect((await again(open.encounterId, inDays(7))).problem?.code).toBe('REVISIT_NOT_FINISHED')
    const { encounterId } = await newCase()
    for (const day of [inDays(-1), inDays(500)])
      expect((await again(encounterId, day)).problem?.code).toBe('REVISIT_DAY_WRONG')
  })
})

it('pages by key, newest first', async () => {
  for (let n = 0; n < 3; n++) await sent()
  const first = await nurse.call(contract.listSlips, { query: { box: 'outgoing', limit: 2 } })
  const second = await nurse.call(contract.listSlips, { query: { box: 'outgoing', limit: 2, after: first.next ?? '' } })
  const ids = [...first.items, ...second.items].map((one) => one.id)
  expect(new Set(ids).size).toBe(4)
})
