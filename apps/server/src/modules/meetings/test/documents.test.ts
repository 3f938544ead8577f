import * as contract from '@moinha/contracts/meetings'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { create } from './meeting-story.ts'

let bed: TestBed
let admin: TestClient
let nurse: TestClient
beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
  nurse = await bed.as('nurse')
}, 120_000)
afterAll(() => bed.close())

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2000)])
const tus = { 'tus-resumable': '1.0.0' }

/** Sends a paper as the web does. */
async function send(client: TestClient, meetingId: string, agendaItemId: string | null) {
  const id = randomUUID()
  const told = {
    id,
    purpose: 'meeting_document',
    subject: meetingId,
    name: 'Số liệu tuần.pdf',
    detail: JSON.stringify({ agendaItemId }),
  }
  const metadata = Object.entries(told).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
  const begun = await client.send<string>({
    method: 'POST',
    url: '/api/uploads',
    headers: { ...tus, 'upload-length': String(pdf.length), 'upload-metadata': metadata.join(',') },
  })
  if (begun.problem) return { id, problem: begun.problem }
  const sent = await client.send<string>({
    method: 'PATCH',
    url: `/api/uploads/${id}`,
    headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    payload: pdf,
  })
  return { id, problem: sent.problem }
}

it('a paper is sent by the host, opened by who is invited, and taken off', async () => {
  const item = { id: randomUUID(), title: 'Tiêm chủng', minutes: 10, presenter: '' }
  const { meetingId: id } = await create(admin, { agenda: [item] })
  const paper = await send(admin, id, item.id)
  expect(paper.problem).toBeUndefined()
  const [shown] = (await nurse.call(contract.get, { params: { id } })).documents
  expect(shown).toMatchObject({
    id: paper.id,
    name: 'Số liệu tuần.pdf',
    agendaItemId: item.id,
    mediaType: 'application/pdf',
    size: pdf.length,
  })
  const url = `/api/meetings/${id}/documents/${paper.id}/content`
  const opened = await bed.app.inject({ method: 'GET', url, headers: nurse.credentials })
  expect(opened.rawPayload.equals(pdf)).toBe(true)
  // nobody but the host sends, and only to what they lead
  expect((await send(nurse, id, null)).problem?.code).toBe('MEETING_NOT_HOST')
  expect((await send(await bed.as('foreignNurse'), id, null)).problem?.code).toBe('MEETING_UNKNOWN')
  await admin.call(contract.removeDocument, { params: { id, documentId: paper.id } })
  expect((await nurse.call(contract.get, { params: { id } })).documents).toEqual([])
  const gone = await bed.app.inject({ method: 'GET', url, headers: nurse.credentials })
  expect(gone.statusCode).toBe(404)
})
