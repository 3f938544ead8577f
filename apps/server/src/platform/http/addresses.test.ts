import { addFamilyMember } from '@moinha/contracts/identity'
import { randomUUID } from 'node:crypto'
import type { HTTPMethods } from 'fastify'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import type { TestClient } from '../testing/test-client.ts'
import { servedRoutes } from './serve.ts'

let bed: TestBed
let lan: TestClient
beforeAll(async () => {
  bed = await openTestBed()
  lan = await bed.as('lan')
}, 120_000)
afterAll(() => bed.close())

async function listening(): Promise<AddressInfo> {
  await bed.app.listen({ port: 0, host: '127.0.0.1' })
  return bed.app.server.address() as AddressInfo
}

/** The head of an answer to a request line as it stands; no client of ours would send it. */
async function rawHead(port: number, line: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`${line}\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`)
  const text = (await socket.setEncoding('utf8').toArray()).join('')
  return text.slice(0, text.indexOf('\r\n\r\n') + 2)
}

const ask = async (method: string, url: string) => {
  const reply = await bed.app.inject({ method: method as 'GET', url })
  return {
    status: reply.statusCode,
    allow: reply.headers['allow'],
    code: reply.body ? reply.json<{ code?: string }>().code : undefined,
  }
}

describe('a declared address', () => {
  test('is the same in any spelling: kept by no cache, refused in the words of FHIR', async () => {
    for (const url of ['/api/identity/me', '/%61pi/identity/me', '/api/identity/m%65', '/%61%70%69/identity/me?x=1']) {
      const reply = await bed.app.inject({ url, headers: { cookie: lan.cookie } })
      expect([url, reply.statusCode, reply.headers['cache-control']]).toEqual([url, 200, 'no-store'])
    }
    const unknown = await bed.app.inject('/%61pi/nothing-here')
    expect([unknown.statusCode, unknown.headers['cache-control']]).toEqual([404, 'no-store'])
    for (const url of ['/fhir/metadatum', '/%66hir/metadatum'])
      expect((await bed.app.inject(url)).json()).toMatchObject({ resourceType: 'OperationOutcome' })
  })

  test('is the same with its host in the request line', async () => {
    const { port } = await listening()
    const head = await rawHead(port, `GET http://127.0.0.1:${port}/api/identity/me HTTP/1.1`)
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head).toMatch(/^cache-control: no-store\r$/m)
  })

  test('answers another method with 405 and what it takes', async () => {
    expect(await ask('DELETE', '/health')).toEqual({
      status: 405,
      allow: 'GET, HEAD, OPTIONS',
      code: 'METHOD_NOT_ALLOWED',
    })
    expect(await ask('GET', '/api/identity/sign-in')).toEqual({
      status: 405,
      allow: 'OPTIONS, POST',
      code: 'METHOD_NOT_ALLOWED',
    })
    expect((await ask('POST', `/api/encounters/${randomUUID()}`)).status).toBe(405)
    expect((await ask('PUT', '/api/openapi.json')).status).toBe(405)
    expect((await ask('GET', '/api/nothing-here')).status).toBe(404)
    expect((await ask('POST', '/api/nothing-here')).status).toBe(403) // a stranger's write learns nothing more
  })

  test('says with OPTIONS what it takes, and answers HEAD as GET', async () => {
    expect(await ask('OPTIONS', '/api/identity/family')).toEqual({
      status: 204,
      allow: 'GET, HEAD, OPTIONS, POST',
      code: undefined,
    })
    const head = await bed.app.inject({ method: 'HEAD', url: '/health' })
    expect([head.statusCode, head.body]).toEqual([200, ''])
  })

  test('of all routes: no method is taken that no contract declares, none that is declared is lost', async () => {
    const wrong: string[] = []
    const addresses = new Map<string, Set<string>>()
    for (const { path, method } of servedRoutes.values()) {
      const place = path.replace(/:\w+/g, ':')
      addresses.set(place, (addresses.get(place) ?? new Set()).add(method))
    }
    for (const [place, methods] of addresses) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as HTTPMethods[]) {
        const { status } = await ask(method, place.replaceAll(':', randomUUID()))
        if (methods.has(method) === (status === 405)) wrong.push(`${method} ${place}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('broken letters', () => {
  const member = { personId: randomUUID(), relation: 'child', birthDate: '2021-05-06', consentVersion: 'v1' }
  const headers = { 'content-type': 'application/json' }
  const post = async (payload: Buffer | string) => {
    const answer = await lan.send({ method: 'POST', url: addFamilyMember.path, payload, headers })
    return [answer.status, answer.problem?.code]
  }
  const refused = [400, 'INVALID_INPUT']

  test('in a body are refused, never replaced', async () => {
    const json = (name: string) => JSON.stringify({ ...member, fullName: name })
    const at = Buffer.from(json('Lan X'))
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
      const cut = at.indexOf('X')
      expect(await post(Buffer.concat([at.subarray(0, cut), Buffer.from(bytes), at.subarray(cut + 1)]))).toEqual(
        refused,
      )
    }
    expect(await post(json('Lan').replace('Lan', 'Lan\\ud83d'))).toEqual(refused)
    expect(await post(json('Lan').replace('Lan', 'Lan\\u0000'))).toEqual(refused)
    expect(await post(json('Lan').replace('"fullName"', '"\\udc00":1,"fullName"'))).toEqual(refused)
    expect(await post(`{"a":${'['.repeat(100_000)}"\\ud800"${']'.repeat(100_000)}}`)).toEqual(refused)
    expect(await post(json('Lan').replace('Lan', 'Lan\\u202e\\u200b'))).toEqual([200, undefined])
    expect(await post(`\ufeff${json('Lan')}`)).toEqual([200, undefined])
    const { rows } = await bed.owner.query('select full_name from identity.person where id = $1', [member.personId])
    expect(rows).toEqual([{ full_name: 'Lan' }])
  })

  test('in an address are refused, too', async () => {
    for (const broken of ['%ED%A0%80', '%ff', '%c3%28', '%zz', 'a%00b']) {
      const answer = await lan.send({ url: `/api/facilities/search?q=${broken}` })
      expect([answer.status, answer.problem?.code]).toEqual(refused)
    }
    expect((await lan.send({ url: '/api/facilities/search?q=P%E1%BB%9D+Y' })).status).toBe(200)
  })
})
