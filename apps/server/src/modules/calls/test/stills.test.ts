import * as contract from '@moinha/contracts/calls'
import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'
import { openVisit } from '../index.ts'

const lan = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)
const doctorId = demoPersonId(castStaffMember('stationDoctor').key)
let bed: TestBed
let nurse: TestClient
let doctor: TestClient
let patient: TestClient
let stranger: TestClient
let address: string
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
  patient = await bed.as('lan')
  stranger = await bed.as('foreignNurse')
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))
afterAll(() => bed.close())

async function openFor(): Promise<string> {
  const visitId = randomUUID()
  const members = [
    { personId: lan, role: 'patient' },
    { personId: nurseId, role: 'nurse', mayFinish: true },
    { personId: doctorId, role: 'doctor' },
  ]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  return visitId
}

async function connect(client: TestClient): Promise<Socket> {
  const extraHeaders = { cookie: client.cookie }
  const socket = io(address, { extraHeaders, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  return socket
}

/** A page in the room of a visit. */
async function enter(client: TestClient, visitId: string): Promise<Socket> {
  const socket = await connect(client)
  const request = { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh' }
  expect(await socket.timeout(5000).emitWithAck('call:enter', request)).toMatchObject({ ok: true })
  return socket
}

const ask = (socket: Socket, wish: object): Promise<unknown> =>
  socket.timeout(5000).emitWithAck('call:still', { stillId: randomUUID(), camera: null, ...wish })
const next = <T>(socket: Socket, name: string): Promise<T> => new Promise((done) => socket.once(name, done))
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('who leads asks for a still: only the page of whoever has the camera hears it, its word comes back, and it is audited', async () => {
  const visitId = await openFor()
  const [host, other, page] = [await enter(nurse, visitId), await enter(doctor, visitId), await enter(patient, visitId)]
  const told: string[] = []
  other.on('call:still', () => told.push('doctor'))
  const heard = next<{ from: string; byName: string }>(page, 'call:still')
  const stillId = randomUUID()
  expect(await ask(host, { visitId, stillId, personId: lan, camera: 'camera:1:Camera phòng' })).toEqual({
    ok: true,
    pages: 1,
  })
  const wish = await heard
  expect(wish).toEqual({
    visitId,
    stillId,
    personId: lan,
    camera: 'camera:1:Camera phòng',
    from: host.id,
    byName: castStaffMember('nurse').fullName,
    byHost: true,
  })
  const answered = next(host, 'call:still-answer')
  other.on('call:still-answer', () => told.push('answer to the doctor'))
  page.emit('call:still-answer', { visitId, stillId, to: wish.from, outcome: 'refused' })
  expect(await answered).toEqual({ visitId, stillId, outcome: 'refused' })
  expect(told).toEqual([])
  const { rows } = await bed.owner.query<{ detail: object }>(
    `select detail from audit.entry where action = 'calls.askStill' and subject_id = $1`,
    [visitId],
  )
  expect(rows.map(({ detail }) => detail)).toEqual([{ personId: lan }])
})

test('a specialist who was called in asks as those who lead do', async () => {
  const visitId = randomUUID()
  const members = [
    { personId: lan, role: 'patient' },
    { personId: nurseId, role: 'nurse', mayFinish: true },
    { personId: doctorId, role: 'specialist' },
  ]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  const [specialist, page] = [await enter(doctor, visitId), await enter(patient, visitId)]
  const heard = next<{ byName: string; byHost: boolean }>(page, 'call:still')
  expect(await ask(specialist, { visitId, personId: lan })).toEqual({ ok: true, pages: 1 })
  expect(await heard).toMatchObject({ byName: castStaffMember('stationDoctor').fullName, byHost: false })
})

test('who does not lead, a guest, another visit and a page outside the room get no still', async () => {
  const [visitId, elsewhere] = [await openFor(), await openFor()]
  const page = await enter(patient, visitId)
  const host = await enter(nurse, visitId)
  const told: unknown[] = []
  for (const socket of [page, host]) socket.on('call:still', (wish: unknown) => told.push(wish))
  const wish = { visitId, personId: lan }
  expect(await ask(await enter(doctor, visitId), wish)).toEqual({ ok: false, code: 'CALL_HOSTS_ONLY' })
  expect(await ask(page, { visitId, personId: nurseId })).toEqual({ ok: false, code: 'CALL_HOSTS_ONLY' })
  // in the room of another visit, or in none
  expect(await ask(host, { visitId: elsewhere, personId: lan })).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
  expect(await ask(await connect(nurse), wish)).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
  expect(await ask(await connect(stranger), wish)).toEqual({ ok: false, code: 'VISIT_UNKNOWN' })
  expect(await ask(await enter(nurse, elsewhere), { visitId: elsewhere, personId: lan })).toEqual({
    ok: false,
    code: 'MEMBER_UNKNOWN',
  })
  await bed.owner.query('update calls.participant set guest = true where visit_id = $1 and person_id = $2', [
    visitId,
    doctorId,
  ])
  expect(await ask(host, { visitId, personId: doctorId })).toEqual({ ok: false, code: 'STILL_OF_GUEST' })
  expect(await ask(host, { visitId, personId: 'lan' })).toEqual({ ok: false, code: 'INVALID_INPUT' })
  // an answer goes to a page of the same room and to no other
  const far = await enter(patient, elsewhere)
  far.on('call:still-answer', (answer: unknown) => told.push(answer))
  page.emit('call:still-answer', { visitId, stillId: randomUUID(), to: far.id, outcome: 'taken' })
  page.emit('call:still-answer', { visitId: elsewhere, stillId: randomUUID(), to: far.id, outcome: 'taken' })
  await pause(300)
  expect(told).toEqual([])
})

const jpeg = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(5_000)])

async function upload(client: TestClient, subject: string, detail: object) {
  const id = randomUUID()
  const tus = { 'tus-resumable': '1.0.0' }
  const named = { id, purpose: 'visit_still', subject, detail: JSON.stringify(detail) }
  const metadata = Object.entries(named).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
  const begun = await client.send<string>({
    method: 'POST',
    url: '/api/uploads',
    headers: { ...tus, 'upload-length': String(jpeg.length), 'upload-metadata': metadata.join(',') },
  })
  if (begun.problem) return { id, status: begun.problem.status }
  const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  const { status } = await client.send<string>({ method: 'PATCH', url: `/api/uploads/${id}`, headers, payload: jpeg })
  return { id, status }
}

test('a still becomes a photo of the visit that names its camera and time; without a name or from a stranger it is refused', async () => {
  const visitId = await openFor()
  const label = 'Camera phòng, 09:41'
  const taken = await upload(patient, visitId, { label })
  expect(taken.status).toBe(204)
  for (const [client, detail] of [
    [patient, { label: ' ' }],
    [patient, { label: 'x'.repeat(81) }],
    [patient, {}],
    [stranger, { label }],
  ] as const)
    expect((await upload(client, visitId, detail)).status).toBeGreaterThanOrEqual(400)
  const { items } = await nurse.call(contract.listMessages, { params: { visitId }, query: {} })
  expect(items.map(({ id, kind, text }) => [id, kind, text])).toEqual([[taken.id, 'photo', label]])
  const file = await nurse.send<string>({
    method: 'GET',
    url: `/api/calls/visits/${visitId}/messages/${taken.id}/file`,
  })
  expect(file.status).toBe(200)
})
