import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/records'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { paperOf } from '../actions/print-document.ts'
import { fileDocument, renderDocument } from '../index.ts'

const content = {
  consultId: randomUUID(),
  number: '7/2026',
  patient: { fullName: 'Y Lan', sex: 'female', birthDate: '1996-03-08' },
  contentHash: 'abc',
  signatures: [{ name: 'Bác sĩ', role: 'chair', signedAt: '2026-11-22T08:00:00.000Z' }],
}
const poY = facilityIdOf('kt-tyt-po-y')
const lan = demoPersonId('cast/lan')
let bed: TestBed
let nurse: TestClient
let citizen: TestClient
const id = randomUUID()

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  citizen = await bed.as('lan')
  await bed.platform.transact(systemActor, (work) =>
    fileDocument(work, {
      id,
      patientId: lan,
      encounterId: null,
      facilityId: poY,
      kind: 'consult_minutes',
      title: 'Biên bản hội chẩn số 7/2026',
      version: 1,
      content,
    }),
  )
})
afterAll(() => bed.close())

const paper = (size?: 'a5') => bed.platform.transact(systemActor, (work) => paperOf(work, id, size && { paper: size }))

it('staff who see the patient get the document as a PDF, and the access log says so', async () => {
  const { status, body, headers } = await nurse.try(contract.documentPdf, { params: { id }, query: { paper: 'a5' } })
  expect([status, headers['content-type'], String(body).slice(0, 8)]).toEqual([200, 'application/pdf', '%PDF-1.7'])
  expect(headers['content-disposition']).toBe(`attachment; filename="${id}.pdf"`)
  const { rows } = await bed.owner.query(
    "select 1 from audit.entry where action = 'records.documentPdf' and subject_id = $1",
    [id],
  )
  expect(rows).toHaveLength(1)
  const again = await nurse.send({
    method: 'GET',
    url: `/api/documents/${id}/pdf?paper=a5`,
    headers: { 'if-none-match': String(headers['etag']) },
  })
  expect(again.status).toBe(304)
})

it('a citizen gets their own, and nobody else’s', async () => {
  const own = await citizen.try(contract.ownDocumentPdf, { params: { patientId: lan, id }, query: {} })
  expect([own.status, String(own.body).slice(0, 5)]).toEqual([200, '%PDF-'])
  const other = await (await bed.as('duc')).try(contract.ownDocumentPdf, { params: { patientId: lan, id }, query: {} })
  expect(other.status).toBe(404)
})

it('the summary of a finished encounter is one document, and a new version after a correction', async () => {
  const encounterId = randomUUID()
  const reason = 'Đau đầu'
  await nurse.call(contract.openEncounter, {
    body: { id: encounterId, patientId: lan, facilityId: poY, remoteMode: 'IN_PERSON', reason },
  })
  const params = { id: encounterId }
  const summarise = () => nurse.try(contract.summariseEncounter, { params })
  expect((await summarise()).problem?.code).toBe('ENCOUNTER_NOT_FINISHED')
  const changes = { conclusion: 'Cho uống thuốc hạ áp', diagnoses: [{ code: 'I10', display: 'Tăng huyết áp' }] }
  const { version } = await nurse.call(contract.saveEncounter, { params, body: { version: 1, changes } })
  await nurse.call(contract.finishEncounter, { params, body: { version, disposition: 'treatment' } })
  const { body } = await summarise()
  expect((await summarise()).body.id).toBe(body.id)
  const read = () => nurse.call(contract.readDocument, { params: { id: body.id }, query: {} })
  const first = await read()
  expect(first.versions).toEqual([1])
  for (const said of ['Tăng huyết áp (I10)', reason, 'Cho uống thuốc hạ áp', 'Chưa ghi nhận'])
    expect(JSON.stringify(first.sheet)).toContain(said)
  const { encounter } = await nurse.call(contract.readEncounter, { params })
  await nurse.call(contract.correctEncounter, {
    params,
    body: { version: encounter.version, reason: 'Ghi thiếu', changes: { advice: 'Ăn nhạt' } },
  })
  await summarise()
  const second = await read()
  expect(second.versions).toEqual([2, 1])
  expect(JSON.stringify(second.sheet)).toContain('Ăn nhạt')
  const pdf = await nurse.try(contract.documentPdf, { params: { id: body.id }, query: {} })
  expect(String(pdf.body).slice(0, 5)).toBe('%PDF-')
})

it('asks for a version that is there', async () => {
  expect((await nurse.try(contract.documentPdf, { params: { id }, query: { version: 9 } })).status).toBe(404)
})

it('the head names the unit, who administers it, the number, the place and the day of filing', async () => {
  const { head, size } = await paper()
  expect(size).toBe('a4')
  expect(head).toMatchObject({
    nation: 'Cộng hòa xã hội chủ nghĩa Việt Nam',
    agency: 'Trạm Y tế xã Pờ Y',
    number: 'Số: 7/2026',
    title: 'Biên bản hội chẩn',
  })
  expect(head.superior).not.toBe('')
  expect(head.placeAndDate).toMatch(/^Pờ Y, ngày \d\d tháng \d+ năm 20\d\d$/)
})

it('a unit’s own head for a kind is a row, from its day on; what was filed before keeps the old one', async () => {
  const first = await bed.platform.transact(systemActor, (work) => renderDocument(work, id))
  const head = async (validFrom: string, facility: string, title: string) =>
    bed.owner.query(
      `insert into records.document_head (kind, facility_id, valid_from, head, source)
       select 'consult_minutes', $1, $2, head || $3, 'thử' from records.document_head
       where kind is null and facility_id is null`,
      [facilityIdOf(facility), validFrom, JSON.stringify({ title, paper: 'a5' })],
    )
  await head('2199-01-01', 'kt-tyt-po-y', 'Mai sau')
  expect(Buffer.compare(first, await bed.platform.transact(systemActor, (work) => renderDocument(work, id)))).toBe(0)
  await head('1950-01-01', 'qng-syt', 'Của tỉnh')
  expect((await paper()).head.title).toBe('Của tỉnh')
  await head('1950-01-01', 'kt-tyt-po-y', 'Trích biên bản: {title}')
  expect(await paper()).toMatchObject({ size: 'a5', head: { title: 'Trích biên bản: Biên bản hội chẩn số 7/2026' } })
})
