import * as contract from '@moinha/contracts/calls'
import type { Recording } from '@moinha/contracts/calls'
import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type CastKey, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { clearParticipantsOf } from '../actions/clear-participants.ts'
import { takeMediaEvent } from '../actions/take-media-event.ts'
import { finishVisit, openVisit } from '../index.ts'

const cast = ['nurse', 'lan', 'duc', 'foreignNurse'] as const satisfies CastKey[]
type Cast = (typeof cast)[number]

let bed: TestBed
let address: string
const clients = {} as Record<Cast, TestClient>
const ids = {} as Record<Cast, string>
const sockets: Socket[] = []

beforeAll(async () => {
  bed = await openTestBed({ config: { ROLE: 'web' } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  for (const key of cast) {
    clients[key] = await bed.as(key)
    ids[key] = (await bed.app.readActor(clients[key].cookie)).personId ?? ''
  }
})
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()))
afterAll(() => bed.close())

/** The nurse leads, Lan and Đức are members; those named are in the room. */
async function open(present: readonly Cast[], kind = 'test'): Promise<string> {
  const visitId = randomUUID()
  const members = (['nurse', 'lan', 'duc'] as const).map((key) => ({
    personId: ids[key],
    role: key,
    mayFinish: key === 'nurse',
  }))
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind, members }))
  for (const key of present) await enter(key, visitId)
  return visitId
}

async function enter(key: Cast, visitId: string, more: object = {}): Promise<Socket> {
  const extraHeaders = { cookie: clients[key].cookie }
  const socket = io(address, { extraHeaders, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  const entry = { visitId, peer: randomUUID(), device: randomUUID(), transport: 'mesh', ...more }
  expect(await socket.timeout(5000).emitWithAck('call:enter', entry)).toMatchObject({ ok: true })
  return socket
}

async function ask(visitId: string): Promise<string> {
  const recordingId = randomUUID()
  await clients.nurse.call(contract.askRecording, { params: { visitId }, body: { recordingId } })
  return recordingId
}
const answer = (key: Cast, params: { visitId: string; recordingId: string }, consent: boolean) =>
  clients[key].try(contract.answerRecording, { params, body: { consent, textVersion: 1 } })
const run = (params: { visitId: string; recordingId: string }, spanId: string = randomUUID(), key: Cast = 'nurse') =>
  clients[key].try(contract.openRecordingSpan, { params, body: { spanId } })
const state = async (key: Cast, visitId: string): Promise<Recording | null> =>
  (await clients[key].call(contract.readRecording, { params: { visitId } })).recording

const encode = (value: string) => Buffer.from(value).toString('base64')
async function sendChunk(key: Cast, spanId: string, no: number, untilMs: number) {
  const id = randomUUID()
  const head = Buffer.from(no === 0 ? '\x1a\x45\xdf\xa3\x42\x82\x84webm V_VP8 A_OPUS' : '\x1f\x43\xb6\x75', 'latin1')
  const payload = Buffer.concat([head, randomBytes(20_000)])
  const said = { id, purpose: 'recording_chunk', subject: spanId, detail: JSON.stringify({ no, untilMs }) }
  const metadata = Object.entries(said).map(([name, value]) => `${name} ${encode(value)}`)
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': String(payload.length),
    'upload-metadata': metadata.join(','),
    'content-type': 'application/offset+octet-stream',
  }
  return { payload, answer: await clients[key].send({ method: 'POST', url: '/api/uploads', headers, payload }) }
}

test('is off until everybody in the room has said yes, and plays back as one file', async () => {
  const visitId = await open(['nurse', 'lan'])
  expect(await state('lan', visitId)).toBeNull()
  const recordingId = await ask(visitId)
  const params = { visitId, recordingId }
  expect(await state('lan', visitId)).toMatchObject({ phase: 'asking', answerWanted: true, mine: false })
  expect((await run(params)).problem).toMatchObject({ status: 409, code: 'RECORDING_NEEDS_CONSENT' })
  await answer('lan', params, true)
  expect(await state('nurse', visitId)).toMatchObject({ phase: 'allowed', mine: true, answerWanted: false })
  expect((await run(params, randomUUID(), 'lan')).problem).toMatchObject({ code: 'RECORDING_NOT_YOURS' })
  const spanId = randomUUID()
  expect((await run(params, spanId)).status).toBe(200)
  expect((await state('lan', visitId))?.phase).toBe('running')
  const second = await sendChunk('nurse', spanId, 1, 5_000)
  const first = await sendChunk('nurse', spanId, 0, 2_500)
  expect([first.answer.status, second.answer.status]).toEqual([201, 201])
  expect((await sendChunk('lan', spanId, 2, 5_500)).answer.problem?.code).toBe('RECORDING_UNKNOWN')
  await clients.nurse.call(contract.stopRecording, { params })
  const { items } = await clients.nurse.call(contract.listRecordings, { params: { visitId } })
  expect(items).toMatchObject([
    {
      spanId,
      recordedByName: expect.stringMatching(/./),
      seconds: 5,
      mediaType: 'video/webm',
      bytes: expect.any(Number),
    },
  ])
  const url = `/api/calls/visits/${visitId}/recordings/${spanId}`
  const headers = {
    ...clients.nurse.credentials,
    range: `bytes=${first.payload.length - 2}-${first.payload.length + 1}`,
  }
  const played = await bed.app.inject({ method: 'GET', url, headers: clients.nurse.credentials })
  expect(played.rawPayload.equals(Buffer.concat([first.payload, second.payload]))).toBe(true)
  const part = await bed.app.inject({ method: 'GET', url, headers })
  expect(part.rawPayload.equals(Buffer.concat([first.payload.subarray(-2), second.payload.subarray(0, 2)]))).toBe(true)
  for (const stranger of ['foreignNurse', 'lan'] as const)
    expect((await clients[stranger].try(contract.listRecordings, { params: { visitId } })).status).toBe(404)
  const { rows } = await bed.owner.query(
    "select action, outcome from audit.entry where subject_id = $1 and action like 'calls.%ecording%'",
    [visitId],
  )
  expect(rows.map((row: { action: string }) => row.action)).toEqual(
    expect.arrayContaining([
      'calls.askRecording',
      'calls.answerRecording',
      'calls.playRecording',
      'calls.stopRecording',
    ]),
  )
})

const proofOf = async (recordingId: string): Promise<unknown[]> => {
  const { rows } = await bed.owner.query(
    `select person_id, text_version, said_by, on_behalf_of, consented_at is not null as yes
      from calls.recording_consent where recording_id = $1 order by consented_at`,
    [recordingId],
  )
  return rows
}

test('an answer is kept with the text that was read and who said it; taken back, it stays what it was', async () => {
  const visitId = await open(['nurse', 'lan', 'duc'])
  const params = { visitId, recordingId: await ask(visitId) }
  const said = { params, body: { consent: true, textVersion: 2 } }
  await clients.lan.call(contract.answerRecording, said)
  await answer('duc', params, true)
  const kept = [
    { person_id: ids.nurse, text_version: null, said_by: ids.nurse, on_behalf_of: null, yes: true },
    { person_id: ids.lan, text_version: 2, said_by: ids.lan, on_behalf_of: null, yes: true },
    { person_id: ids.duc, text_version: 1, said_by: ids.duc, on_behalf_of: null, yes: true },
  ]
  expect(await proofOf(params.recordingId)).toEqual(kept)
  await clients.lan.call(contract.answerRecording, { params, body: { consent: false, textVersion: 2 } })
  expect(await proofOf(params.recordingId)).toEqual(kept)
  const unknown = { params, body: { consent: true, textVersion: 99 } }
  expect((await clients.lan.try(contract.answerRecording, unknown)).problem?.code).toBe('INVALID_INPUT')
})

test('whoever answers for a patient in their care is kept as the one who said it', async () => {
  const visitId = randomUUID()
  const child = (await bed.app.readActor(clients.lan.cookie)).proxyFor[0] ?? ''
  const members = [
    { personId: child, role: 'patient' },
    { personId: ids.nurse, role: 'nurse', mayFinish: true },
  ]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  const params = { visitId, recordingId: await ask(visitId) }
  expect((await answer('lan', params, true)).status).toBe(200)
  expect(await proofOf(params.recordingId)).toMatchObject([
    { person_id: ids.nurse },
    { person_id: child, said_by: ids.lan, on_behalf_of: child },
  ])
})

test('a no ends it, and so does taking a yes back; what was captured afterwards is not taken', async () => {
  const visitId = await open(['nurse', 'lan'])
  const refused = { visitId, recordingId: await ask(visitId) }
  await answer('lan', refused, false)
  expect(await state('nurse', visitId)).toMatchObject({ phase: 'ended', endedAs: 'refused' })
  expect((await run(refused)).problem).toMatchObject({ code: 'RECORDING_OVER' })
  expect((await answer('lan', refused, true)).problem).toMatchObject({ code: 'RECORDING_OVER' })
  const params = { visitId, recordingId: await ask(visitId) }
  await answer('lan', params, true)
  const spanId = randomUUID()
  await run(params, spanId)
  await answer('lan', params, false)
  expect(await state('nurse', visitId)).toMatchObject({ phase: 'ended', endedAs: 'withdrawn' })
  expect((await sendChunk('nurse', spanId, 0, 5_000)).answer.status).toBe(201)
  expect((await sendChunk('nurse', spanId, 1, 20_000)).answer.problem?.code).toBe('RECORDING_OVER')
})

test('whoever comes in while it runs stops it until they have answered', async () => {
  const visitId = await open(['nurse', 'lan'])
  const params = { visitId, recordingId: await ask(visitId) }
  await answer('lan', params, true)
  await run(params)
  await enter('duc', visitId)
  expect(await state('duc', visitId)).toMatchObject({ phase: 'asking', answerWanted: true })
  expect((await run(params)).problem).toMatchObject({ code: 'RECORDING_NEEDS_CONSENT' })
  await answer('duc', params, true)
  expect((await run(params)).status).toBe(200)
})

const openSpans = async (visitId: string): Promise<unknown[]> => {
  const { rows } = await bed.owner.query<{ id: string }>(
    `select s.id from calls.recording_span s join calls.recording r on r.id = s.recording_id
      where r.visit_id = $1 and s.closed_at is null`,
    [visitId],
  )
  return rows.map(({ id }) => id)
}

/** A meeting that the nurse records; those who stay hear what changes. */
async function recorded(spanId: string) {
  const visitId = await open([], 'meeting')
  const page = await enter('nurse', visitId)
  const told: unknown[] = []
  const other = await enter('lan', visitId)
  const params = { visitId, recordingId: await ask(visitId) }
  expect((await run(params, spanId)).status).toBe(200)
  expect(await state('lan', visitId)).toMatchObject({ phase: 'running', spanId })
  await new Promise((done) => setTimeout(done, 300))
  other.on('call:recording', (message) => told.push(message))
  return { visitId, params, page, told }
}

test.each(['leaves', 'is dropped', 'is loaded anew', 'dies with its process'])(
  'the span ends when the page that records %s, and the others are told',
  async (how) => {
    const spanId = randomUUID()
    const { visitId, params, page, told } = await recorded(spanId)
    if (how === 'leaves') page.emit('call:leave', { visitId })
    if (how === 'is dropped') page.disconnect()
    if (how === 'is loaded anew') await enter('nurse', visitId, { ownDevices: 'move' })
    if (how === 'dies with its process') {
      const { rows } = await bed.owner.query<{ id: string }>(
        `update calls.participant set process_id = gen_random_uuid() where visit_id = $1 and person_id = $2
          returning process_id as id`,
        [visitId, ids.nurse],
      )
      await bed.platform.transact(systemActor, (work) =>
        clearParticipantsOf(
          work,
          rows.map(({ id }) => id),
        ),
      )
    }
    await expect.poll(() => openSpans(visitId)).toEqual([])
    await expect.poll(() => told).toContainEqual({ visitId })
    expect(await state('lan', visitId)).toMatchObject({ phase: 'allowed', spanId: null })
    const again = await run(params)
    if (how === 'is loaded anew') expect(again.status).toBe(200)
    else expect(again.problem).toMatchObject({ status: 409, code: 'RECORDING_NOT_INSIDE' })
  },
)

test('nothing is told of those who come and go where it changes nothing; who is waited for and goes is told of', async () => {
  const { visitId, told } = await recorded(randomUUID())
  const late = await enter('duc', visitId)
  late.disconnect()
  await expect.poll(() => state('lan', visitId).then((view) => view?.answers.length)).toBe(2)
  expect(told).toEqual([])
  const consented = await open(['nurse'])
  const awaited = await enter('duc', consented)
  await ask(consented)
  expect(await state('nurse', consented)).toMatchObject({ phase: 'asking' })
  const heard: unknown[] = []
  sockets[sockets.length - 2]?.on('call:recording', (message) => heard.push(message))
  awaited.emit('call:leave', { visitId: consented })
  await expect.poll(() => heard).toContainEqual({ visitId: consented })
  expect(await state('nurse', consented)).toMatchObject({ phase: 'allowed' })
})

test('who is inside the media server is asked too, also where no page of theirs is in the room', async () => {
  const visitId = await open(['nurse', 'lan'])
  const params = { visitId, recordingId: await ask(visitId) }
  await answer('lan', params, true)
  await bed.owner.query(
    `insert into calls.media_presence (sid, visit_id, room_no, person_id, joined_at) values ($1, $2, 0, $3, now())`,
    [`PA_${randomUUID()}`, visitId, ids.duc],
  )
  expect(await state('nurse', visitId)).toMatchObject({ phase: 'asking' })
  expect((await run(params)).problem).toMatchObject({ code: 'RECORDING_NEEDS_CONSENT' })
  await bed.owner.query('update calls.media_presence set left_at = now() where visit_id = $1', [visitId])
  expect((await run(params)).status).toBe(200)
})

test('a newcomer of whom only the media server tells stops what runs', async () => {
  const visitId = await open(['nurse', 'lan'])
  const params = { visitId, recordingId: await ask(visitId) }
  await answer('lan', params, true)
  expect((await run(params)).status).toBe(200)
  const told: unknown[] = []
  sockets[0]?.on('call:recording', (message) => told.push(message))
  const sid = `PA_${randomUUID()}`
  const news = (kind: 'joined' | 'left') => ({
    id: randomUUID(),
    kind,
    at: new Date(),
    room: visitId,
    inside: { identity: `${ids.duc}:${randomUUID()}`, sid },
  })
  await bed.platform.transact(systemActor, (work) => takeMediaEvent(work, news('joined')))
  await expect.poll(() => told).toContainEqual({ visitId })
  expect(await openSpans(visitId)).toEqual([])
  expect(await state('nurse', visitId)).toMatchObject({ phase: 'asking', spanId: null })
  told.length = 0
  await bed.platform.transact(systemActor, (work) => takeMediaEvent(work, news('left')))
  await expect.poll(() => told).toContainEqual({ visitId })
  expect(await state('nurse', visitId)).toMatchObject({ phase: 'allowed' })
})

test('in a meeting it is announced; one at a time; the end of the visit ends it', async () => {
  const visitId = await open(['nurse', 'lan'], 'meeting')
  const params = { visitId, recordingId: await ask(visitId) }
  const other = { params: { visitId }, body: { recordingId: randomUUID() } }
  expect((await clients.nurse.try(contract.askRecording, other)).problem?.code).toBe('RECORDING_UNDER_WAY')
  expect((await clients.lan.try(contract.askRecording, other)).problem?.code).toBe('CALL_HOSTS_ONLY')
  expect(await state('lan', visitId)).toMatchObject({ basis: 'announced', phase: 'allowed', answerWanted: false })
  expect((await run(params)).status).toBe(200)
  await bed.platform.transact(systemActor, (work) => finishVisit(work, visitId))
  const { rows } = await bed.owner.query('select ended_as from calls.recording where visit_id = $1', [visitId])
  expect(rows).toEqual([{ ended_as: 'finished' }])
})

test('is kept as long as the operator says, at least ten years with a patient; a meeting’s may go sooner', async () => {
  const retention = (basis: string, years: number) =>
    bed.owner.query('update calls.recording_retention set years = $2 where basis = $1', [basis, years])
  await expect(retention('consent', 9)).rejects.toThrow(/check/)
  await retention('consent', 30)
  await retention('announced', 2)
  const years: number[] = []
  for (const kind of ['test', 'meeting']) {
    const visitId = await open(['nurse'], kind)
    const spanId = randomUUID()
    await run({ visitId, recordingId: await ask(visitId) }, spanId)
    expect((await sendChunk('nurse', spanId, 0, 2_500)).answer.status).toBe(201)
    const { rows } = await bed.owner.query<{ years: number }>(
      `select round(extract(epoch from f.retain_until - now()) / 31557600)::int as years
        from calls.recording_chunk c join platform.file f on f.id = c.file_id where c.span_id = $1`,
      [spanId],
    )
    years.push(rows[0]?.years ?? 0)
  }
  expect(years).toEqual([30, 2])
})
