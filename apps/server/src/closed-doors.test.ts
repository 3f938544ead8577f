import { health } from '@moinha/contracts/platform'
import { addFamilyMember, signOut } from '@moinha/contracts/identity'
import { readPatient } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { anonymousActor } from './platform/access/actor.ts'
import { wideLimits } from './platform/http/rate-limits.ts'
import { createServer } from './platform/http/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castCitizens, demoPersonId } from './modules/identity/index.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed({ config: { RATE_LIMITS: 'on' } })
}, 120_000)
afterAll(() => bed.close())

describe('closed doors', () => {
  test('a route without a declared permission stops the boot', async () => {
    const { config, transact, log } = bed.platform
    const server = await createServer({
      config,
      transact,
      log,
      version: '0',
      webDist: '/nowhere',
      readActor: async () => anonymousActor,
    })
    expect(() => server.get('/forgotten', async () => 'open')).toThrow('declares no permission')
    await server.close()
  })

  test('a writing request from a foreign page is refused, whatever cookie it carries', async () => {
    const foreign = await bed
      .anonymous()
      .send({ method: 'POST', url: '/api/identity/sign-out', payload: {}, headers: { origin: 'https://evil.example' } })
    expect([foreign.status, foreign.problem?.code]).toEqual([403, 'FOREIGN_ORIGIN'])
    const formPost = await bed.app.inject({ method: 'POST', url: signOut.path, payload: {} })
    expect(formPost.statusCode).toBe(403)
  })

  test('headers allow our own scripts and nothing else', async () => {
    const { headers } = await bed.anonymous().try(health)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('an unknown address is a problem without internals', async () => {
    const answer = await bed.anonymous().send({ method: 'GET', url: '/api/nothing-here' })
    expect(answer.problem).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(JSON.stringify(answer.problem)).not.toMatch(/stack|node_modules|select /i)
  })

  test('an address that is none is a problem too, not the framework’s own words', async () => {
    const answer = await bed.anonymous().send({ method: 'GET', url: '/api/facilities/%E0%A4%A' })
    expect([answer.status, answer.problem?.code]).toEqual([400, 'INVALID_INPUT'])
    expect(JSON.stringify(answer.problem)).not.toContain('FST_')
  })

  test('a text that the database cannot hold is the writer’s mistake, not ours', async () => {
    const lan = await bed.as('lan')
    const answer = await lan.try(addFamilyMember, {
      body: {
        personId: randomUUID(),
        fullName: 'A\u0000B',
        relation: 'child',
        birthDate: '2021-05-06',
        consentVersion: 'v1',
      },
    })
    expect([answer.status, answer.problem?.code]).toEqual([400, 'INVALID_INPUT'])
  })

  test('a refusal at the first door is written down with the patient it was about', async () => {
    const officer = await bed.as('officer')
    const patientId = demoPersonId(castCitizens.lan.key)
    expect((await officer.try(readPatient, { params: { patientId } })).status).toBe(403)
    const { rows } = await bed.owner.query(
      "select patient_id, actor_kind from audit.entry where action = 'records.readPatient' and outcome = 'refused'",
    )
    expect(rows).toEqual([{ patient_id: patientId, actor_kind: 'staff' }])
  })

  test('a body that is too large or no JSON is refused with its reason', async () => {
    const large = await bed
      .anonymous()
      .send({ method: 'POST', url: '/api/identity/sign-in', payload: { username: 'x'.repeat(400_000), password: 'y' } })
    expect([large.status, large.problem?.code]).toEqual([413, 'BODY_TOO_LARGE'])
    const broken = await bed
      .anonymous()
      .send({
        method: 'POST',
        url: '/api/identity/sign-in',
        payload: '{',
        headers: { 'content-type': 'application/json' },
      })
    expect([broken.status, broken.problem?.code]).toEqual([400, 'INVALID_INPUT'])
  })

  test('the one who asks too often is told how long to wait, and nobody before', async () => {
    // one after the other, as sockets deliver them: the limiter's memory is read after a tick
    const [lan, nurse] = [await bed.as('lan'), await bed.as('nurse')]
    const answers = []
    for (let i = 0; i < wideLimits.session + 20; i++) answers.push(await lan.try(health))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(40)
    expect(refused[0]?.problem).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      params: { retryAfterSeconds: expect.any(Number) as number },
    })
    // others behind the same address go on
    expect([(await nurse.try(health)).status, (await bed.anonymous().try(health)).status]).toEqual([200, 200])
  }, 120_000)

  test('every route in the OpenAPI is public by name or says its permission', async () => {
    const { body } = await bed
      .anonymous()
      .send<{ paths: Record<string, Record<string, { security?: unknown[]; 'x-permission'?: string }>> }>({
        method: 'GET',
        url: '/api/openapi.json',
        headers: { 'x-forwarded-for': '10.0.0.9' },
      })
    const operations = Object.values(body.paths ?? {}).flatMap((path) => Object.values(path))
    expect(operations.length).toBeGreaterThan(40)
    expect(operations.filter((operation) => operation.security?.length !== 0 && !operation['x-permission'])).toEqual([])
  })
})
