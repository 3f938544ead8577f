import { addServiceAccount, revokeServiceAccount } from '@moinha/contracts/identity'
import { serviceScopes } from '@moinha/contracts/permissions'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { facilityIdOf } from './modules/facilities/index.ts'
import { castCitizens } from './modules/identity/index.ts'
import { takesBearer } from './platform/http/bearer.ts'
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
import { TestClient } from './platform/testing/test-client.ts'

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
/** Administered by the cast; Pờ Y stands beneath it. */
const hospital = facilityIdOf('kt-bvdkkv-ngoc-hoi')
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

interface WorldTry {
  make: MatrixCase['own']
  allowed: readonly string[]
  world: string
}

/** Who is to be denied leaves the object as it is: all of them try the same one, then each who may gets a fresh one. */
async function surprises(route: AnyRoute, { make, allowed, world }: WorldTry): Promise<string[]> {
  const callers = ['anonymous', ...everyone] as const
  const denied = callers.filter((key) => !allowed.includes(key))
  const shared = denied.length > 0 ? await make(bed) : {}
  const found: string[] = []
  for (const key of denied) found.push(...(await surpriseOf(route, { key, input: shared, world, expected: 'denied' })))
  for (const key of callers.filter((caller) => allowed.includes(caller)))
    found.push(...(await surpriseOf(route, { key, input: await make(bed), world, expected: 'through' })))
  return found
}

interface CallerTry {
  key: CastKey | 'anonymous'
  input: MatrixInput
  world: string
  expected: 'through' | 'denied'
}

async function surpriseOf(route: AnyRoute, { key, input, world, expected }: CallerTry): Promise<string[]> {
  const client = expected === 'denied' ? (clients.get(key) as TestClient) : await clientFor(key, route)
  const answer = await tryRoute(client, route, input)
  const found: string[] = []
  if (expected === 'denied' && patientNames.some((name) => JSON.stringify(answer.body)?.includes(name)))
    found.push(`${route.id} ${world} as ${key}: the refusal names a patient`)
  if (outcomeOf(answer) !== expected || answer.status >= 500)
    found.push(`${route.id} ${world} as ${key}: ${answer.status} ${answer.problem?.code ?? ''}, expected ${expected}`)
  return found
}

/** A program of the hospital with these scopes, made by its administrator. */
async function program(scopes: readonly (typeof serviceScopes)[number][], ended?: 'expired' | 'revoked') {
  const body = { id: randomUUID(), facilityId: hospital, name: 'Kho dữ liệu', role: 'unit_admin', scopes: [...scopes] }
  const admin = clients.get('unitAdmin') as TestClient
  const { token } = await admin.call(addServiceAccount, { body })
  if (ended === 'revoked') await admin.call(revokeServiceAccount, { params: { id: body.id } })
  if (ended === 'expired')
    await bed.owner.query(
      `update identity.service_account set created_at = created_at - interval '91 days', expires_at = now()
        where id = $1`,
      [body.id],
    )
  return new TestClient(bed.app, token ?? '')
}

interface Try {
  make: MatrixCase['own']
  through: boolean
  world: string
}

async function surprise(client: TestClient, route: AnyRoute, { make, through, world }: Try): Promise<string[]> {
  const answer = await tryRoute(client, route, await make(bed))
  const expected = through ? 'through' : 'denied'
  if (outcomeOf(answer) === expected && answer.status < 500) return []
  return [`${route.id} ${world}: ${answer.status} ${answer.problem?.code ?? ''}, expected ${expected}`]
}

/** As a guest of some visit at everybody's objects, then as one of the visit in question. */
async function guestSurprises(route: AnyRoute): Promise<string[]> {
  const entry = cases[route.id]
  const strange = await cases['calls.getVisit']?.guest?.(bed)
  if (!entry || !strange) return []
  if ((entry.guest !== undefined) !== (route.guests === true))
    return [`${route.id}: a guest's case and \`guests\` of the contract go together`]
  const through = route.permission === 'public' && entry.ownFor.includes('anonymous')
  const tries = [{ client: strange.client, make: entry.own, through, world: 'as a guest of elsewhere' }]
  const own = await entry.guest?.(bed)
  if (own) tries.push({ client: own.client, make: () => own.input, through: true, world: 'as a guest of the visit' })
  return (await Promise.all(tries.map(({ client, ...given }) => surprise(client, route, given)))).flat()
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
      if (entry) found.push(...(await surprises(route, { make: entry.own, allowed: entry.ownFor, world: 'own' })))
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

  test('a program’s token opens what it carries at its unit, and nothing that is for people', async () => {
    const whole = await program([...serviceScopes])
    const found: string[] = []
    for (const route of servedRoutes.values()) {
      const entry = cases[route.id]
      if (!entry) continue
      const open = takesBearer(route)
      const callers = route.permission === 'public' ? 'anonymous' : 'unitAdmin'
      const own = open && entry.ownFor.includes(callers)
      found.push(...(await surprise(whole, route, { make: entry.own, through: own, world: 'own as a program' })))
      if (entry.foreign) {
        const foreign = open && (entry.foreignFor ?? []).includes(callers)
        found.push(
          ...(await surprise(whole, route, { make: entry.foreign, through: foreign, world: 'foreign as a program' })),
        )
      }
    }
    expect(found).toEqual([])
  }, 300_000)

  test('a guest gets in where the contract says so, and at no other route and no other visit', async () => {
    const found: string[] = []
    for (const route of servedRoutes.values()) found.push(...(await guestSurprises(route)))
    expect(found).toEqual([])
  }, 300_000)

  test('without its scope, expired or revoked, a token opens nothing', async () => {
    const found: string[] = []
    const ended = [await program([...serviceScopes], 'expired'), await program([...serviceScopes], 'revoked')]
    const routes = [...servedRoutes.values()].filter((route) => takesBearer(route) && !route.path.startsWith('/fhir/'))
    for (const route of routes) {
      const make = cases[route.id]?.own ?? (() => ({}))
      for (const client of ended)
        found.push(...(await surprise(client, route, { make, through: false, world: 'with an ended token' })))
      const others = serviceScopes.filter((scope) => scope !== route.permission)
      if (route.permission !== 'public')
        found.push(
          ...(await surprise(await program(others), route, { make, through: false, world: 'without its scope' })),
        )
    }
    expect(routes.length).toBeGreaterThan(20)
    expect(found).toEqual([])
  }, 300_000)

  test('foreign objects stay closed', async () => {
    const found: string[] = []
    for (const route of servedRoutes.values()) {
      const entry = cases[route.id]
      if (!entry?.foreign) continue
      const allowed = entry.foreignFor ?? []
      found.push(...(await surprises(route, { make: entry.foreign, allowed, world: 'foreign' })))
    }
    expect(found).toEqual([])
  }, 300_000)
})
