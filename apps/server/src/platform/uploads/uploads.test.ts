import { randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, modules, type App } from '../../app.ts'
import { closedSubject, papers, pickySubject, taken } from '../../test-modules/papers/index.ts'
import { retainFile } from '../files/files.ts'
import { systemClock } from '../clock/clock.ts'
import { createLog } from '../log/log.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { TestClient, type Answer } from '../testing/test-client.ts'
import { Uploads } from './uploads.ts'

let bed: TestBed
/** Another process on the same database and disk. */
let other: App
let nurse: TestClient
let lan: TestClient
beforeAll(async () => {
  bed = await openTestBed({ modules: [...modules, papers] })
  const { config } = bed.platform
  const log = createLog({ LOG_LEVEL: 'error' })
  other = await createApp({ config, clock: systemClock, log, modules: [...modules, papers], ...bed.urls })
  await other.app.ready()
  nurse = await bed.as('nurse')
  lan = await bed.as('lan')
})
afterAll(async () => {
  await other.close()
  await bed.close()
})

const png = (size: number) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(size - 8)])
const encode = (value: string) => Buffer.from(value).toString('base64')
const metadataOf = (asked: Record<string, string>) =>
  Object.entries(asked)
    .map(([key, value]) => `${key} ${encode(value)}`)
    .join(',')

interface Sent {
  id: string
  bytes: Buffer
  purpose?: string
  subject?: string
  name?: string
  type?: string
  detail?: string
}

const tus = { 'tus-resumable': '1.0.0' }
const bytesType = { 'content-type': 'application/offset+octet-stream' }

function begin(client: TestClient, { id, bytes, ...asked }: Sent, size = bytes.length): Promise<Answer<string>> {
  const metadata = metadataOf({ purpose: 'paper', subject: randomUUID(), ...asked, id })
  const headers = { ...tus, 'upload-length': String(size), 'upload-metadata': metadata }
  return client.send<string>({ method: 'POST', url: '/api/uploads', headers })
}

function piece(client: TestClient, id: string, bytes: Buffer, offset: number): Promise<Answer<string>> {
  const headers = { ...tus, ...bytesType, 'upload-offset': String(offset) }
  return client.send<string>({ method: 'PATCH', url: `/api/uploads/${id}`, headers, payload: bytes })
}

async function offsetOf(client: TestClient, id: string) {
  const headers = { ...client.credentials, ...tus }
  const reply = await client.app.inject({ method: 'HEAD', url: `/api/uploads/${id}`, headers })
  return { status: reply.statusCode, headers: reply.headers }
}

async function send(client: TestClient, sent: Sent): Promise<Answer<string>> {
  const begun = await begin(client, sent)
  return begun.problem ? begun : piece(client, sent.id, sent.bytes, 0)
}

/** The same person, served by the other process. */
function throughOther(client: TestClient): TestClient {
  const same = new TestClient(other.app)
  for (const [name, value] of client.cookies) same.cookies.set(name, value)
  return same
}

const bytesOnDisk = async (id: string): Promise<boolean> => {
  const folder = join(bed.platform.config.DATA_DIR, 'files', id.slice(-2))
  return (await readdir(folder).catch((): string[] => [])).includes(id)
}

describe('a file that is sent', () => {
  test('is taken whole, once, and given out by its module, by ranges too', async () => {
    const bytes = png(100_000)
    const id = randomUUID()
    const subject = randomUUID()
    const sent = { id, bytes, subject, name: 'Vết thương.png', type: 'image/png', detail: '{"page":2}' }
    const end = await send(nurse, sent)
    expect([end.status, end.headers['upload-offset']]).toEqual([204, '100000'])
    const { createdBy } = taken.find((file) => file.id === id) ?? {}
    expect(createdBy).toBe((await bed.app.readActor(nurse.cookie)).personId)
    expect(taken.filter((file) => file.id === id)).toMatchObject([
      { subjectId: subject, name: 'Vết thương.png', mediaType: 'image/png', size: 100_000, detail: { page: 2 } },
    ])
    expect((await begin(nurse, sent)).status).toBe(201)
    expect((await offsetOf(nurse, id)).headers['upload-offset']).toBe('100000')
    expect(taken.filter((file) => file.id === id)).toHaveLength(1)
    const inject = (headers: Record<string, string>) =>
      bed.app.inject({ method: 'GET', url: `/api/papers/${id}`, headers: { ...nurse.credentials, ...headers } })
    const whole = await inject({})
    expect(whole.rawPayload.equals(bytes)).toBe(true)
    expect(whole.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    })
    const part = await inject({ range: 'bytes=20000-20009' })
    expect([part.statusCode, part.headers['content-range']]).toEqual([206, 'bytes 20000-20009/100000'])
    expect(part.rawPayload.equals(bytes.subarray(20_000, 20_010))).toBe(true)
    expect((await inject({ range: 'bytes=-5' })).rawPayload.equals(bytes.subarray(-5))).toBe(true)
    expect((await inject({ range: 'bytes=100000-' })).json()).toMatchObject({ status: 416, code: 'RANGE_REFUSED' })
  })

  test('goes on in another process after half of it, and after one died in the middle of a piece', async () => {
    const bytes = png(200_000)
    const id = randomUUID()
    await begin(nurse, { id, bytes })
    await cutLine(id, bytes.subarray(0, 90_000))
    const there = throughOther(nurse)
    const offset = Number((await offsetOf(there, id)).headers['upload-offset'])
    expect(offset).toBeGreaterThan(16_000)
    expect(offset).toBeLessThanOrEqual(90_000)
    expect((await piece(there, id, bytes.subarray(offset + 5), offset + 5)).problem?.status).toBe(409)
    expect((await piece(there, id, bytes.subarray(offset), offset)).status).toBe(204)
    expect(taken.find((file) => file.id === id)?.size).toBe(200_000)
  })

  test('whose first piece hangs on a dead line gives way to the second, wherever that came to', async () => {
    const bytes = png(60_000)
    const id = randomUUID()
    await begin(nurse, { id, bytes })
    const hanging = await openLine(id, bytes.subarray(0, 20_000))
    const there = throughOther(nurse)
    const answer = await offsetOf(there, id)
    const offset = Number(answer.headers['upload-offset'])
    expect(offset).toBe(16_384)
    expect((await piece(there, id, bytes.subarray(offset), offset)).status).toBe(204)
    hanging.destroy()
  })
})

/** A piece of an upload that begins to come in over a real line and goes no further. */
async function openLine(id: string, bytes: Buffer) {
  if (!bed.app.server.listening) await bed.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = bed.app.server.address() as AddressInfo
  const headers = {
    ...nurse.credentials,
    ...tus,
    ...bytesType,
    'upload-offset': '0',
    'content-length': String(bytes.length + 20_000),
  }
  const line = httpRequest({ port, method: 'PATCH', path: `/api/uploads/${id}`, headers })
  line.on('error', () => undefined)
  line.write(bytes)
  await sleep(300)
  return line
}

async function cutLine(id: string, bytes: Buffer): Promise<void> {
  const line = await openLine(id, bytes)
  line.destroy()
  await sleep(200)
}

describe('refused with its reason', () => {
  test.each([
    ['FILE_TYPE_REFUSED', 415, { bytes: Buffer.from('<html><script>alert(1)</script></html>') }],
    ['FILE_TYPE_REFUSED', 415, { bytes: Buffer.concat([Buffer.from('MZ'), randomBytes(50_000)]) }],
    ['FILE_TYPE_REFUSED', 415, { bytes: png(9_000), type: 'application/pdf' }],
    ['FILE_RETAINED', 422, { bytes: png(9_000), subject: pickySubject }],
  ])('%s, and its bytes are gone', async (code, status, sent) => {
    const id = randomUUID()
    const answer = await send(nurse, { id, ...sent })
    expect(answer.problem).toMatchObject({ status, code })
    await bed.runJobs()
    expect(await bytesOnDisk(id)).toBe(false)
    expect(taken.some((file) => file.id === id)).toBe(false)
    expect((await begin(nurse, { id, subject: randomUUID(), ...sent })).status).toBeGreaterThanOrEqual(409)
    expect((await offsetOf(nurse, id)).status).toBe(status)
  })

  test.each([
    ['FILE_TOO_LARGE', 413, { bytes: png(100) }, 5_000_001],
    ['UPLOAD_EMPTY', 422, { bytes: png(100) }, 0],
    ['NOT_ALLOWED', 403, { bytes: png(100), subject: closedSubject }, 100],
    ['INVALID_INPUT', 400, { bytes: png(100), purpose: 'nothing' }, 100],
    ['INVALID_INPUT', 400, { bytes: png(100), detail: '{"page":"x"}' }, 100],
  ])('%s before the first byte', async (code, status, sent, size) => {
    const answer = await begin(nurse, { id: randomUUID(), ...sent }, size)
    expect(answer.problem).toMatchObject({ status, code })
  })

  test('more bytes than were announced', async () => {
    const id = randomUUID()
    await begin(nurse, { id, bytes: png(100) })
    expect((await piece(nurse, id, png(30_000), 0)).status).toBe(413)
  })

  test("another person's upload: neither looked at, nor gone on with, nor ended, nor taken over", async () => {
    const id = randomUUID()
    const bytes = png(40_000)
    await begin(nurse, { id, bytes })
    expect((await offsetOf(lan, id)).status).toBe(404)
    expect((await piece(lan, id, bytes, 0)).status).toBe(404)
    expect((await lan.send({ method: 'DELETE', url: `/api/uploads/${id}`, headers: tus })).status).toBe(404)
    expect((await begin(lan, { id, bytes })).problem).toMatchObject({ code: 'ID_TAKEN' })
    expect((await piece(bed.anonymous(), id, bytes, 0)).status).toBe(401)
    expect((await begin(bed.anonymous(), { id: randomUUID(), bytes })).status).toBe(401)
    expect((await piece(nurse, id, bytes, 0)).status).toBe(204)
  })

  test('a foreign page that sends in the name of whoever is signed in', async () => {
    const headers = { ...tus, origin: 'https://elsewhere.example', 'upload-length': '10' }
    const answer = await nurse.send({ method: 'POST', url: '/api/uploads', headers })
    expect(answer.problem?.code).toBe('FOREIGN_ORIGIN')
  })

  test('a length that is told later, and a file in parts to be joined', async () => {
    const metadata = metadataOf({ purpose: 'paper', subject: randomUUID(), id: randomUUID() })
    for (const extra of [{ 'upload-defer-length': '1' }, { 'upload-concat': 'partial', 'upload-length': '10' }]) {
      const headers = { ...tus, ...extra, 'upload-metadata': metadata }
      const answer = await nurse.send({ method: 'POST', url: '/api/uploads', headers })
      expect(answer.problem).toMatchObject({ status: 400, code: 'INVALID_INPUT' })
    }
  })

  test('a disk without room', async () => {
    const { files } = bed.platform
    const hasRoom = files.bytes.hasRoom.bind(files.bytes)
    files.bytes.hasRoom = async () => false
    try {
      const answer = await begin(nurse, { id: randomUUID(), bytes: png(100) })
      expect(answer.problem).toMatchObject({ status: 503, code: 'DISK_FULL' })
    } finally {
      files.bytes.hasRoom = hasRoom
    }
  })
})

describe('an upload nobody goes on with', () => {
  test('is swept after a day, and may be begun again', async () => {
    const id = randomUUID()
    const sent = { id, bytes: png(40_000), subject: randomUUID() }
    await begin(nurse, sent)
    await piece(nurse, id, sent.bytes.subarray(0, 20_000), 0)
    const uploads = new Uploads(bed.platform.files, bed.platform.transact)
    await uploads.sweep(new Date(Date.now() + 3_600_000))
    expect(await bytesOnDisk(id)).toBe(true)
    await uploads.sweep(new Date(Date.now() + 25 * 3_600_000))
    await bed.runJobs()
    expect(await bytesOnDisk(id)).toBe(false)
    expect((await offsetOf(nurse, id)).status).toBe(404)
    expect((await send(nurse, sent)).status).toBe(204)
  })

  test('is ended by whoever sent it', async () => {
    const id = randomUUID()
    const bytes = png(40_000)
    await begin(nurse, { id, bytes })
    await piece(nurse, id, bytes.subarray(0, 20_000), 0)
    expect((await nurse.send({ method: 'DELETE', url: `/api/uploads/${id}`, headers: tus })).status).toBe(204)
    await bed.runJobs()
    expect(await bytesOnDisk(id)).toBe(false)
  })

  test('begun anew before its bytes were removed, keeps them', async () => {
    const sent = { id: randomUUID(), bytes: png(40_000), subject: randomUUID() }
    await begin(nurse, sent)
    await nurse.send({ method: 'DELETE', url: `/api/uploads/${sent.id}`, headers: tus })
    await begin(nurse, sent)
    await piece(nurse, sent.id, sent.bytes.subarray(0, 20_000), 0)
    await bed.runJobs()
    const offset = Number((await offsetOf(nurse, sent.id)).headers['upload-offset'])
    expect(offset).toBeGreaterThan(0)
    expect((await piece(nurse, sent.id, sent.bytes.subarray(offset), offset)).status).toBe(204)
  })
})

test('a file that must be kept is not removed before', async () => {
  const id = randomUUID()
  await send(nurse, { id, bytes: png(9_000) })
  const { files, transact } = bed.platform
  const actor = await bed.app.readActor(nurse.cookie)
  await transact(actor, (work) => retainFile(work, id, new Date(Date.now() + 86_400_000)))
  await expect(transact(actor, (work) => files.remove(work, id))).rejects.toMatchObject({ code: 'FILE_RETAINED' })
  expect(await bytesOnDisk(id)).toBe(true)
})
