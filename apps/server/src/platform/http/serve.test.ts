import { sinceQuery, sinceReply } from '@moinha/contracts/common'
import { defineRoute } from '@moinha/contracts/route'
import { Upload } from '@moinha/contracts/upload'
import type { FastifyInstance } from 'fastify'
import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { anonymousActor } from '../access/actor.ts'
import { createLog } from '../log/log.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { answer, file } from './reply.ts'
import { serve, serveInSteps } from './serve.ts'
import { createServer } from './server.ts'

const open = { permission: 'public', summary: 'Only here' } as const
const Count = z.object({ count: z.number() })

const versioned = defineRoute({
  ...open,
  id: 'test.versioned',
  method: 'GET',
  path: '/api/test/v',
  reply: Count,
  etag: 'weak',
})
const byBytes = defineRoute({
  ...open,
  id: 'test.bytes',
  method: 'GET',
  path: '/api/test/b',
  reply: Count,
  etag: 'weak',
})
const kept = defineRoute({ ...open, id: 'test.kept', method: 'GET', path: '/api/test/k', reply: Count, etag: 'weak' })
const guarded = defineRoute({
  ...open,
  id: 'test.guarded',
  method: 'PUT',
  path: '/api/test/v',
  reply: Count,
  ifMatch: 'required',
})
const statuses = defineRoute({
  ...open,
  id: 'test.statuses',
  method: 'POST',
  path: '/api/test/s',
  body: z.object({ say: z.number() }),
  reply: Count,
  status: 201,
  replies: { 202: z.object({ waiting: z.boolean() }), 204: z.undefined(), 303: z.undefined() },
})
const picture = defineRoute({
  ...open,
  id: 'test.picture',
  method: 'GET',
  path: '/api/test/picture',
  reply: z.unknown(),
  produces: ['image/png', 'text/html; charset=utf-8'],
  etag: 'strong',
})
const stream = defineRoute({
  ...open,
  id: 'test.stream',
  method: 'GET',
  path: '/api/test/stream',
  query: z.object({ fail: z.string().optional(), endless: z.string().optional() }),
  reply: z.unknown(),
  produces: ['text/csv; charset=utf-8'],
})
const form = defineRoute({
  ...open,
  id: 'test.form',
  method: 'POST',
  path: '/api/test/form',
  body: Upload,
  consumes: ['multipart/form-data', 'image/png'],
  bodyLimit: 10_000,
  reply: z.object({
    parts: z.array(z.object({ name: z.string(), fileName: z.string().optional(), text: z.string() })),
  }),
})
const fhirBody = defineRoute({
  ...open,
  id: 'test.fhirBody',
  method: 'POST',
  path: '/api/test/fhir',
  body: z.object({ resourceType: z.string() }),
  consumes: ['application/fhir+json'],
  produces: ['application/fhir+json; charset=utf-8'],
  reply: z.object({ resourceType: z.string() }),
})

let bed: TestBed
let server: FastifyInstance
let version = 1
let runs = 0
let closed = 0
let started = 0

async function* lines(endless: boolean) {
  started++
  try {
    for (let no = 0; endless || no < 3; no++) {
      yield `${no};${'x'.repeat(endless ? 20_000 : 1)}\n`
      await new Promise((done) => setTimeout(done, 5))
    }
  } finally {
    closed++
  }
}

beforeAll(async () => {
  bed = await openTestBed()
  const { config, transact } = bed.platform
  const log = createLog({ LOG_LEVEL: 'silent' })
  const readActor = async () => anonymousActor
  server = await createServer({ config, transact, log, version: '0', webDist: '/nowhere', readActor })
  serve(server, versioned, async () => ({ count: ++runs }), { version: async () => `v${version}` })
  serve(server, byBytes, async () => ({ count: version }))
  serve(server, kept, async () => ({ count: ++runs }), {
    ready: async () => ({ version: `v${version}`, body: '{"count":7}' }),
  })
  serve(server, guarded, async () => ({ count: ++version }), { version: async () => `v${version}` })
  serve(server, statuses, async (_work, { body: { say } }) => {
    if (say === 202) return answer({ status: 202, value: { waiting: true, secret: 's' } })
    if (say === 204) return answer({ status: 204 })
    if (say === 303) return answer({ status: 303, headers: { location: '/api/test/v' } })
    if (say === 200) return answer({ status: 200, value: { count: 1 } })
    return { count: say }
  })
  serve(server, picture, async () => file(Buffer.from([1, 2, 3]), { fileName: 'Ảnh 1.png' }))
  serve(server, stream, async (work, { query }) => {
    work.audit({ action: 'test.stream', subject: 'test' })
    if (query.fail === 'type') return file(Readable.from(lines(false)), { type: 'text/plain' })
    return file(() => lines(query.endless !== undefined), { fileName: 'a.csv' })
  })
  serveInSteps(server, form, async (_begin, { body }) => {
    const parts = body.parts.map(({ name, fileName, bytes }) => ({
      name,
      fileName,
      text: Buffer.from(bytes).toString(),
    }))
    return async () => ({ parts })
  })
  serve(server, fhirBody, async (_work, { body }) => body)
  await server.listen({ host: '127.0.0.1', port: 0 })
}, 120_000)
afterAll(async () => {
  await server.close()
  await bed.close()
})
beforeEach(() => void ([runs, started, closed] = [0, 0, 0]))

const own = { 'x-moinha': '1', host: 'localhost' }
const ask = (url: string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'GET', url, headers: { ...own, ...headers } })
const post = (url: string, payload: object | string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'POST', url, payload, headers: { ...own, ...headers } })

describe('a caller that holds the present version', () => {
  test('is told so, and the dear part does not run', async () => {
    const first = await ask(versioned.path)
    expect([first.statusCode, first.headers.etag, first.headers['cache-control']]).toEqual([
      200,
      `W/"v${version}"`,
      'no-cache',
    ])
    const again = await ask(versioned.path, { 'if-none-match': `"other", W/"v${version}"` })
    expect([again.statusCode, again.body, again.headers.etag, runs]).toEqual([304, '', `W/"v${version}"`, 1])
    version++
    expect((await ask(versioned.path, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(200)
  })

  test('is told so by the bytes, where no version is known', async () => {
    const { headers } = await ask(byBytes.path)
    expect((await ask(byBytes.path, { 'if-none-match': String(headers.etag) })).statusCode).toBe(304)
    version++
    expect((await ask(byBytes.path, { 'if-none-match': String(headers.etag) })).statusCode).toBe(200)
  })

  test('is answered out of what is kept, without a transaction', async () => {
    const first = await ask(kept.path)
    expect([first.json(), runs, first.headers['content-type']]).toEqual([
      { count: 7 },
      0,
      'application/json; charset=utf-8',
    ])
    expect((await ask(kept.path, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304)
  })

  test('only a public route answers out of what is kept', () => {
    const route = { ...kept, permission: 'signed-in' as const }
    expect(() => serve(server, route, async () => ({ count: 1 }), { ready: async () => undefined })).toThrow('public')
  })
})

describe('a write that knows versions', () => {
  const put = (headers: Record<string, string>) =>
    server.inject({ method: 'PUT', url: guarded.path, headers: { ...own, ...headers } })

  test('is refused when based on an older one, and when it does not say', async () => {
    const before = version
    expect((await put({ 'if-match': `W/"v${before - 1}"` })).json()).toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect((await put({})).statusCode).toBe(428)
    expect(version).toBe(before)
    expect((await put({ 'if-match': `W/"v${before}"` })).statusCode).toBe(200)
    expect(version).toBe(before + 1)
  })
})

describe('other answers than 200 and JSON', () => {
  test('each status has its schema, and an undeclared one is our mistake', async () => {
    const said = async (say: number) => {
      const reply = await post(statuses.path, { say })
      return [reply.statusCode, reply.body]
    }
    expect(await said(1)).toEqual([201, '{"count":1}'])
    expect(await said(202)).toEqual([202, '{"waiting":true}'])
    expect(await said(204)).toEqual([204, ''])
    expect((await said(303))[0]).toBe(303)
    expect((await said(200))[0]).toBe(500)
  })

  test('a file leaves under its own type and name, with the ETag of its bytes', async () => {
    const reply = await ask(picture.path, { 'accept-encoding': 'gzip' })
    expect(reply.rawPayload).toEqual(Buffer.from([1, 2, 3]))
    expect(reply.headers['content-type']).toBe('image/png')
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="Anh 1.png"; filename*=UTF-8''%E1%BA%A2nh%201.png`,
    )
    expect(reply.headers.etag).toMatch(/^"[\w-]{27}"$/)
    expect((await ask(picture.path, { 'if-none-match': String(reply.headers.etag) })).statusCode).toBe(304)
  })

  test('forms and files come as an upload; other types are refused', async () => {
    const data = new FormData()
    data.append('note', 'Chụp sáng nay')
    data.append('file', new File(['abc'], 'ảnh.png', { type: 'image/png' }))
    const sent = new Response(data)
    const reply = await post(form.path, await sent.text(), { 'content-type': sent.headers.get('content-type') ?? '' })
    expect(reply.json()).toEqual({
      parts: [
        { name: 'note', text: 'Chụp sáng nay' },
        { name: 'file', fileName: 'ảnh.png', text: 'abc' },
      ],
    })
    const broken = await post(form.path, 'no form', { 'content-type': 'multipart/form-data; boundary=x' })
    expect(broken.json()).toMatchObject({ code: 'INVALID_INPUT' })
    expect((await post(form.path, { a: 1 })).json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
    expect((await post(form.path, 'x'.repeat(10_001), { 'content-type': 'image/png' })).statusCode).toBe(413)
    expect((await post(statuses.path, 'x', { 'content-type': 'image/png' })).statusCode).toBe(415)
  })

  test('another JSON type is parsed as strictly as ours', async () => {
    const fhir = { 'content-type': 'application/fhir+json' }
    const reply = await post(fhirBody.path, '{"resourceType":"Patient"}', fhir)
    expect([reply.json(), reply.headers['content-type']]).toEqual([
      { resourceType: 'Patient' },
      'application/fhir+json; charset=utf-8',
    ])
    expect((await post(fhirBody.path, '{"resourceType":"\\ud800"}', fhir)).statusCode).toBe(400)
    expect((await post(fhirBody.path, '{"resourceType":1}', fhir)).statusCode).toBe(400)
  })
})

describe('a stream', () => {
  const rows = async () =>
    Number((await bed.owner.query("select from audit.entry where action = 'test.stream'")).rowCount)

  test('begins after its audit row is committed, and arrives whole', async () => {
    const before = await rows()
    const reply = await ask(stream.path)
    expect(reply.body).toBe('0;x\n1;x\n2;x\n')
    expect([await rows(), started, closed]).toEqual([before + 1, 1, 1])
  })

  test('does not begin when the transaction is undone', async () => {
    const before = await rows()
    expect((await ask(`${stream.path}?fail=type`)).statusCode).toBe(500)
    expect([await rows(), started]).toEqual([before, 0])
  })

  test('closes its source when the caller goes', async () => {
    const { port } = server.server.address() as AddressInfo
    const request = get({ host: '127.0.0.1', port, path: `${stream.path}?endless=1`, headers: own })
    const [reply] = (await once(request, 'response')) as [NodeJS.ReadableStream]
    await once(reply, 'data')
    expect([started, closed]).toEqual([1, 0])
    request.destroy()
    await expect.poll(() => closed, { timeout: 5_000 }).toBe(1)
  })
})

test('a list that says since without taking a mark, or answering one, stops the boot', () => {
  const list = { ...open, id: 'test.since', method: 'GET', path: '/api/test/since', since: true } as const
  const reply = z.object({ items: z.array(Count), ...sinceReply })
  const query = z.object(sinceQuery)
  const serving = (route: object) => () =>
    serve(server, defineRoute({ reply, ...list, ...route }), async () => ({}) as never)
  expect(serving({})).toThrow('test.since')
  expect(serving({ query, reply: z.object({ items: z.array(Count) }) })).toThrow('test.since')
})
