import * as contract from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { Jobs } from '../../../platform/jobs/jobs.ts'
import { registerRecorderJobs } from '../actions/record-at-server.ts'
import { EgressFolder } from '../ports/egress-folder.ts'
import { connectLivekit } from '../ports/livekit-sdk.ts'
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

test('one media server that does not answer keeps no other from being looked at, and ends nothing of its own', async () => {
  const { LIVEKIT_URL, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret, LIVEKIT_EGRESS } = egress.config
  const nodes = ['ws://127.0.0.1:9', LIVEKIT_URL].map((url) => ({
    url,
    livekit: connectLivekit({ url, apiKey, apiSecret }),
  }))
  const { platform } = bed
  const jobs = new Jobs()
  const said: string[] = []
  registerRecorderJobs({
    ...platform,
    jobs,
    engine: () => ({ livekit: nodes[0]?.livekit ?? null, alive: nodes, known: [], state: 'up', detail: '' }),
    folder: new EgressFolder(LIVEKIT_EGRESS),
    log: { warn: (_: unknown, text?: unknown) => void said.push(String(text)) },
  })
  const [forgotten, away] = [await agreed(), await agreed()]
  const [closed, open] = [randomUUID(), randomUUID()]
  await run(forgotten, closed)
  await run(away, open)
  await bed.runJobs()
  await bed.owner.query('update calls.recording_span set closed_at = now() where id = $1', [closed])
  // begun long ago at the one that does not answer: it may well go on
  for (const [id, running] of egress.running) if (running.roomName === away.visitId) egress.running.delete(id)
  await bed.owner.query("update calls.visit set media_node = 'ws://127.0.0.1:9' where id = $1", [away.visitId])
  await bed.owner.query("update calls.recording_span set opened_at = opened_at - interval '2 minutes' where id = $1", [
    open,
  ])
  for (const sweep of jobs.sweeps) await sweep.run()
  expect(said).toEqual(['what records at a media server could not be looked at'])
  expect(egress.asked.at(-1)).toBe('StopEgress')
  expect(await state(away)).toMatchObject({ phase: 'running', spanId: open })
})

test('who is not heard by the media server, from page to page, is recorded by the page', async () => {
  const params = await agreed()
  await bed.owner.query(`update calls.participant set transport = 'mesh' where visit_id = $1`, [params.visitId])
  expect((await run(params)).recording?.recordedBy).toBe('page')
})
