import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castCitizens } from './modules/identity/index.ts'
import { servedRoutes, type AnyRoute } from './platform/http/serve.ts'
import {
  everyone,
  outcomeOf,
  tryRoute,
  type Matrix,
  type MatrixCase,
  type MatrixInput,
} from './platform/testing/permission-matrix.ts'
import { openTestBed, type CastKey, type TestBed } from './platform/testing/test-bed.ts'
import type { TestClient } from './platform/testing/test-client.ts'

/**
 * Every route × every one of the cast × an own and a foreign object. A new route without a case fails here: the matrix
 * grows by itself.
 */
/** Permissions behind which patients' data lie, and the reads behind them that answer with none. */
const ofPatients = new Set<string>([
  'patient.search',
  'patient.read',
  'record.own',
  'encounter.write',
  'appointment.desk',
  'appointment.attend',
  'appointment.book',
  'consult.read',
  'consult.request',
  'consult.answer',
  'call.join',
])
const namesNoPatient = new Set([
  'records.searchDiagnoses',
  'consults.previewRoute',
  'consults.escalation',
  'calls.myRings',
  'news.helpToday',
])
/** Reads under a POST, so that no name stands in an address. */
const readsByPost = new Set(['records.searchPatients'])
/**
 * Lists that screens ask for often: an empty answer names nobody and leaves no row. The modules' own tests read them
 * full.
 */
const silentWhenEmpty = new Set(['scheduling.myAppointments', 'scheduling.myWaitlist', 'consults.ringing'])
const readsPatients = ({ id, method, permission }: AnyRoute): boolean =>
  (method === 'GET' || readsByPost.has(id)) && ofPatients.has(permission) && !namesNoPatient.has(id)
/** Refusals speak in codes: whoever is denied learns no name either. */
const patientNames = Object.values(castCitizens).map((citizen) => citizen.fullName)
let bed: TestBed
const clients = new Map<CastKey | 'anonymous', TestClient>()
const cases: Matrix = {}

beforeAll(async () => {
  bed = await openTestBed()
  clients.set('anonymous', bed.anonymous())
  for (const key of everyone) clients.set(key, await bed.as(key))
  const modules = join(import.meta.dirname, 'modules')
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|[/\\])test[/\\]matrix\.ts$/.test(file),
  )
  for (const file of files) Object.assign(cases, ((await import(join(modules, file))) as { matrix: Matrix }).matrix)
  cases['fhir.capabilities'] = { own: () => ({}), ownFor: ['anonymous', ...everyone] }
  cases['platform.health'] = { own: () => ({}), ownFor: ['anonymous', ...everyone] }
}, 120_000)

afterAll(() => bed.close())

/** Signing in or out changes the client itself: those routes are tried with a client that nobody uses again. */
async function clientFor(key: CastKey | 'anonymous', route: AnyRoute): Promise<TestClient> {
  if (!route.id.startsWith('identity.')) return clients.get(key) as TestClient
  return key === 'anonymous' ? bed.anonymous() : bed.as(key)
}

async function surprises(
  route: AnyRoute,
  make: MatrixCase['own'],
  allowed: readonly string[],
  world: string,
): Promise<string[]> {
  const found: string[] = []
  for (const key of ['anonymous', ...everyone] as const) {
    const input: MatrixInput = await make(bed)
    const answer = await tryRoute(await clientFor(key, route), route, input)
    const expected = allowed.includes(key) ? 'through' : 'denied'
    if (expected === 'denied' && patientNames.some((name) => JSON.stringify(answer.body)?.includes(name)))
      found.push(`${route.id} ${world} as ${key}: the refusal names a patient`)
    if (outcomeOf(answer) !== expected || answer.status >= 500)
      found.push(`${route.id} ${world} as ${key}: ${answer.status} ${answer.problem?.code ?? ''}, expected ${expected}`)
  }
  return found
}

describe('permission matrix', () => {
  test('every route has a case, and no case is without a route', () => {
    const routes = [...servedRoutes.keys()].sort()
    expect(routes.filter((id) => !cases[id])).toEqual([])
    expect(Object.keys(cases).filter((id) => !servedRoutes.has(id))).toEqual([])
  })

  test('own objects open to those they belong to and to nobody else', async () => {
    const found: string[] = []
    for (const route of servedRoutes.values()) {
      const entry = cases[route.id]
      if (entry) found.push(...(await surprises(route, entry.own, entry.ownFor, 'own')))
    }
    expect(found).toEqual([])
  }, 300_000)

  test('whoever reads a patient’s data leaves a row in the access log', async () => {
    const rows = async () =>
      Number((await bed.owner.query<{ n: string }>('select count(*) as n from audit.entry')).rows[0]?.n)
    const silent: string[] = []
    for (const route of servedRoutes.values()) {
      const entry = cases[route.id]
      const reader = entry?.ownFor.find((key) => key !== 'anonymous')
      if (!entry || !reader || !readsPatients(route)) continue
      const input = await entry.own(bed)
      const before = await rows()
      const { body } = await tryRoute(await clientFor(reader, route), route, input)
      if (silentWhenEmpty.has(route.id) && (body as { items?: unknown[] }).items?.length === 0) continue
      if ((await rows()) === before) silent.push(route.id)
    }
    expect(silent).toEqual([])
  }, 120_000)

  test('foreign objects stay closed', async () => {
    const found: string[] = []
    for (const route of servedRoutes.values()) {
      const entry = cases[route.id]
      if (entry?.foreign) found.push(...(await surprises(route, entry.foreign, entry.foreignFor ?? [], 'foreign')))
    }
    expect(found).toEqual([])
  }, 300_000)
})
