import { contracts } from '@moinha/contracts/all'
import { OperationOutcome } from '@moinha/contracts/fhir'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { errorsOf } from './route-errors.ts'
import { servedRoutes } from './serve.ts'

interface Reply {
  content?: Record<string, { schema: { properties?: { code?: { enum?: string[] } } } }>
  headers?: object
}
interface Operation {
  responses: Record<string, Reply>
  requestBody?: { content: object }
  parameters?: { in: string; name: string }[]
}

let bed: TestBed
let operations: Map<string, Operation>

beforeAll(async () => {
  bed = await openTestBed()
  const { paths } = (await bed.app.inject('/api/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>
  }>()
  const all = Object.values(paths).flatMap((methods) => Object.values(methods))
  operations = new Map(all.map((one) => [(one as Operation & { operationId: string }).operationId, one]))
}, 120_000)
afterAll(() => bed.close())

const operation = (id: string): Operation => operations.get(id) ?? { responses: {} }
const codesOf = (id: string, status: number) =>
  operation(id).responses[String(status)]?.content?.['application/problem+json']?.schema.properties?.code?.enum

describe('the OpenAPI', () => {
  test('names every refusal of every route, by status', () => {
    const missing = [...servedRoutes.values()].flatMap((route) =>
      [...errorsOf(route)]
        .filter(
          ([status, codes]) => !route.path.startsWith('/fhir/') && String(codesOf(route.id, status)) !== String(codes),
        )
        .map(([status]) => `${route.id} ${status}`),
    )
    expect(missing).toEqual([])
    expect(codesOf('scheduling.bookAppointment', 409)).toContain('SLOT_TAKEN')
    expect(codesOf('identity.signIn', 401)).toEqual(['SIGN_IN_WRONG'])
  })

  test('says where a program’s token opens, with which scope', () => {
    const doorsOf = (id: string) => (operation(id) as Operation & { security?: object[] }).security
    expect(doorsOf('roster.week')).toEqual([{ session: [] }, { bearer: ['roster.read'] }])
    expect(doorsOf('facilities.tree')).toContainEqual({ bearer: ['facility.read'] })
    expect([doorsOf('records.readPatient'), doorsOf('roster.mine')]).toEqual([undefined, undefined])
    expect(codesOf('roster.week', 401)).toEqual(['SIGN_IN_REQUIRED', 'TOKEN_ENDED', 'TOKEN_WRONG'])
    expect(codesOf('identity.signIn', 403)).toContain('SESSION_ONLY')
  })

  test('says what may be sent again, and which lists are read since a mark', () => {
    expect(operation('scheduling.bookAppointment')).toMatchObject({ 'x-idempotent': true })
    expect(operation('scheduling.dayList')).toMatchObject({ 'x-since': true })
    expect(operation('scheduling.dayList').parameters).toContainEqual(
      expect.objectContaining({ in: 'query', name: 'since' }),
    )
    expect(operation('scheduling.practitionerWeek')).not.toHaveProperty('x-since')
  })

  test('says which files come and go', () => {
    expect(Object.keys(operation('facilities.importCheck').requestBody?.content ?? {})).toContain('text/csv')
    expect(Object.keys(operation('indicators.annexFile').responses['200']?.content ?? {})).toEqual(['text/csv'])
    expect(Object.keys(operation('fhir.capabilities').responses['200']?.content ?? {})).toEqual([
      'application/fhir+json',
    ])
  })

  test('the list of refusals says what the sources say', () => {
    const cwd = join(import.meta.dirname, '..', '..', '..', '..', '..')
    const check = () => execFileSync('npm', ['run', 'write-errors', '--', '--check'], { cwd, stdio: 'pipe' })
    expect(check).not.toThrow()
  })

  test('every contract is served', () => {
    const ids = Object.values(contracts).flatMap((module) =>
      Object.values(module).map((route: { id: string }) => route.id),
    )
    expect(ids.filter((id) => !servedRoutes.has(id))).toEqual([])
  })
})

describe('FHIR', () => {
  const ask = (url: string, headers: Record<string, string> = {}) => bed.app.inject({ url, headers })

  test('has a statement of what is true, with an ETag', async () => {
    const reply = await ask('/fhir/R4/metadata')
    expect(reply.headers['content-type']).toBe('application/fhir+json; charset=utf-8')
    expect(reply.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', kind: 'instance' })
    const again = await ask('/fhir/R4/metadata', { 'if-none-match': String(reply.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('refuses with an OperationOutcome that carries our code', async () => {
    const reply = await ask('/fhir/R4/Patient/1')
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([404, 'application/fhir+json; charset=utf-8'])
    const { issue } = OperationOutcome.parse(reply.json())
    expect(issue[0]).toMatchObject({
      code: 'not-found',
      details: { coding: [{ system: 'urn:moinha:error', code: 'NOT_FOUND' }] },
    })
  })

  test('is spoken elsewhere with those who ask for it', async () => {
    const url = '/api/facilities/search?limit=many'
    const outcome = OperationOutcome.parse((await ask(url, { accept: 'application/fhir+json' })).json())
    expect(outcome.issue).toMatchObject([{ code: 'invalid', expression: [expect.stringContaining('limit')] }])
    expect((await ask(url)).json()).toMatchObject({ code: 'INVALID_INPUT' })
  })
})
