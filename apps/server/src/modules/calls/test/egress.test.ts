import * as contract from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { openVisit } from '../index.ts'
import { openFakeEgress, type FakeEgress } from './fake-egress.ts'

let egress: FakeEgress
let bed: TestBed
let address: string
const clients = {} as Record<'nurse' | 'lan', TestClient>
const ids = {} as Record<'nurse' | 'lan', string>
const sockets: Socket[] = []

beforeAll(async () => {
  egress = await openFakeEgress()
  bed = await openTestBed({ config: { ROLE: 'web', ...egress.config } })
  await bed.start()
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(bed.app.server.address() as AddressInfo).port}`
  for (const key of ['nurse', 'lan'] as const) {
    clients[key] = await bed.as(key)
    ids[key] = (await bed.app.readActor(clients[key].cookie)).personId ?? ''
  }
})
afterEach(() => {
  egress.refuse(false)
  egress.asked.length = 0
  egress.running.clear()
  for (const socket of sockets.splice(0)) socket.disconnect()
})
afterAll(async () => {
  await bed.close()
  await egress.close()
})

async function enter(key: 'nurse' | 'lan', visitId: string, transport = 'livekit'): Promise<void> {
  const extraHeaders = { cookie: clients[key].cookie }
  const socket = io(address, { extraHeaders, transports: ['websocket'], forceNew: true })
  sockets.push(socket)
  await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  const entry = { visitId, peer: randomUUID(), device: randomUUID(), transport }
  expect(await socket.timeout(5000).emitWithAck('call:enter', entry)).toMatchObject({ ok: true })
}

/** A visit that both agreed to have recorded. */
async function agreed() {
  const visitId = randomUUID()
  const members = [
    { personId: ids.nurse, role: 'nurse', mayFinish: true },
    { personId: ids.lan, role: 'patient' },
  ]
  await bed.platform.transact(systemActor, (work) => openVisit(work, { visitId, kind: 'test', members }))
  await enter('nurse', visitId)
  await enter('lan', visitId)
  const params = { visitId, recordingId: randomUUID() }
  await clients.nurse.call(contract.askRecording, { params, body: { recordingId: params.recordingId } })
  await clients.lan.call(contract.answerRecording, { params, body: { consent: true } })
  return params
}
type Params = Awaited<ReturnType<typeof agreed>>

const run = (params: Params, spanId: string = randomUUID()) =>
  clients.nurse.call(contract.openRecordingSpan, { params, body: { spanId } })
const state = async ({ visitId }: Params) =>
  (await clients.lan.call(contract.readRecording, { params: { visitId } })).recording
const only = () => [...egress.running.values()].at(-1) ?? expect.fail('nothing records')
const tell = async (of: ReturnType<typeof only>, status = 'EGRESS_COMPLETE') =>
  bed.app.inject({ method: 'POST', url: contract.takeMediaEvent.path, ...(await egress.news(of, status)) })
const look = async () => {
  for (const { name, run: sweep } of bed.platform.jobs.sweeps)
    if (name === 'what records at the media side') await sweep()
}

test('the media side records while the span is open; its file is sealed, kept as long, and leaves the folder', async () => {
  const params = await agreed()
  const spanId = randomUUID()
  expect((await run(params, spanId)).recording).toMatchObject({ phase: 'running', spanId, recordedBy: 'server' })
  await bed.runJobs()
  const running = only()
  expect(running).toMatchObject({ roomName: params.visitId, filepath: `${egress.folder}/${spanId}.mp4` })
  await clients.lan.call(contract.answerRecording, { params, body: { consent: false } })
  await bed.runJobs()
  expect(egress.asked).toEqual(['StartRoomCompositeEgress', 'StopEgress'])
  for (const _ of [1, 2]) expect((await tell(running)).json()).toEqual({ taken: true })
  await bed.runJobs()
  expect(await readdir(egress.folder)).toEqual([])
  const { items } = await clients.nurse.call(contract.listRecordings, { params })
  expect(items).toMatchObject([{ spanId, seconds: 7, mediaType: 'video/mp4', bytes: egress.bytes.length }])
  const url = `/api/calls/visits/${params.visitId}/recordings/${spanId}`
  const played = await bed.app.inject({ method: 'GET', url, headers: clients.lan.credentials })
  expect(played.rawPayload.equals(egress.bytes)).toBe(true)
  const { rows } = await bed.owner.query(
    `select f.retain_until > now() + interval '9 years' as kept from calls.recording_chunk c
      join platform.file f on f.id = c.file_id where c.span_id = $1`,
    [spanId],
  )
  expect(rows).toEqual([{ kept: true }])
})

test('no worker is there: the span is given back, and the page records', async () => {
  const params = await agreed()
  egress.refuse(true)
  expect((await run(params)).recording?.recordedBy).toBe('server')
  await bed.runJobs()
  expect(await state(params)).toMatchObject({ phase: 'allowed', spanId: null })
  egress.refuse(false)
  expect((await run(params)).recording).toMatchObject({ phase: 'running', recordedBy: 'page' })
  expect(egress.running.size).toBe(0)
})

test('it fails in the middle: nobody reads that it records, and the page goes on', async () => {
  const params = await agreed()
  await run(params)
  await bed.runJobs()
  const running = only()
  await writeFile(running.filepath, 'half a film')
  expect((await tell(running, 'EGRESS_FAILED')).json()).toEqual({ taken: true })
  expect(await state(params)).toMatchObject({ phase: 'allowed', spanId: null })
  await bed.runJobs()
  expect(await readdir(egress.folder)).toEqual([])
  expect((await run(params)).recording?.recordedBy).toBe('page')
})

test('closed before it began, it does not begin; closed while it began, it is stopped', async () => {
  const params = await agreed()
  await run(params)
  await clients.nurse.call(contract.stopRecording, { params })
  await bed.runJobs()
  expect(egress.asked).toEqual([])
  const other = await agreed()
  const spanId = randomUUID()
  await run(other, spanId)
  await bed.runJobs()
  // the word to stop was lost
  await bed.owner.query('update calls.recording_span set closed_at = now() where id = $1', [spanId])
  await look()
  expect(egress.asked).toEqual(['StartRoomCompositeEgress', 'StopEgress'])
})

test('that it ended was never told: found, and taken in; what records for others is left alone', async () => {
  const params = await agreed()
  const spanId = randomUUID()
  await run(params, spanId)
  await bed.runJobs()
  egress.running.set('EG_other', {
    ...only(),
    egressId: 'EG_other',
    filepath: '/elsewhere/of-somebody.mp4',
    roomComposite: {},
  })
  await clients.nurse.call(contract.stopRecording, { params })
  await bed.runJobs()
  await bed.owner.query(`update calls.recording_span set opened_at = opened_at - interval '2 minutes' where id = $1`, [
    spanId,
  ])
  await look()
  await bed.runJobs()
  expect([...egress.running.keys()]).toEqual(['EG_other'])
  expect((await clients.nurse.call(contract.listRecordings, { params })).items).toHaveLength(1)
})

test('who is not heard by the media server, from page to page, is recorded by the page', async () => {
  const params = await agreed()
  await bed.owner.query(`update calls.participant set transport = 'mesh' where visit_id = $1`, [params.visitId])
  expect((await run(params)).recording?.recordedBy).toBe('page')
})
