import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servedRoutes, type AnyRoute } from './platform/http/serve.ts'
import { tryRoute, type Matrix, type MatrixInput } from './platform/testing/permission-matrix.ts'
import { openTestBed, type CastKey, type TestBed } from './platform/testing/test-bed.ts'
import type { TestClient } from './platform/testing/test-client.ts'

// Every route gets its own good input with one value made extreme, by somebody who may. Whatever is answered, it is no
// failure of ours, and what was taken can be read again.

/** Tries per route; which ones is drawn from a fixed seed, so that a failure can be repeated. */
const triesPerRoute = 14
const seed = 20_261_125

const texts = [
  '',
  ' ',
  'x'.repeat(50_000),
  '\u202e\u200b',
  '\ud800',
  'a\0b',
  '😀'.repeat(40),
  '\n'.repeat(30),
  "'; drop table x; --",
  '%_\\',
  '{"a":1}',
  'e\u0301'.repeat(60),
  '9'.repeat(40),
  '../../etc/passwd',
  'null',
  '2026-02-30',
  '\u{10ffff}',
]
const days = ['9999-12-31', '0000-01-01', '1900-01-01', '2200-12-31', '2024-02-29', '-000001-01-01']
const instants = [
  '9999-12-31T23:59:59-12:00',
  '0001-01-01T00:00:00+14:00',
  '2200-12-31T00:00:00Z',
  '1900-01-01T00:00:00Z',
  '2026-11-25T23:59:60Z',
  '2026-11-25T00:00:00.123456789123Z',
  '+010000-01-01T00:00:00Z',
]
const ids = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'not-an-id']
const numbers = [
  0,
  -1,
  1,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_649,
  1e308,
  5e-324,
  0.1 + 0.2,
  Number.MAX_SAFE_INTEGER,
]

function extremesOf(value: unknown): unknown[] {
  if (typeof value === 'number') return numbers
  if (typeof value === 'boolean') return [!value, 'true', 1]
  if (Array.isArray(value)) return [[], Array.from({ length: 300 }, () => value[0] as unknown), {}]
  if (typeof value !== 'string') return [[], 'x', 0]
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return instants
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return days
  return /^[0-9a-f]{8}-/.test(value) ? ids : texts
}

/** Every place of an input, however deep, as the keys that lead to it. */
function placesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    ...(path.length > 1 ? [path] : []),
    ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key])),
  ]
}

function changed(input: object, path: readonly string[], make: (value: unknown) => unknown): object {
  const copy = structuredClone(input) as Record<string, unknown>
  let holder = copy
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>
  const last = path.at(-1) ?? ''
  const next = make(holder[last])
  if (next === undefined) delete holder[last]
  else holder[last] = next
  return copy
}

/** Park and Miller's generator: the same draws on every machine. */
function draws(from: number): <T>(of: readonly T[]) => T {
  let state = from
  return (of) => {
    state = (state * 48_271) % 2_147_483_647
    return of[state % of.length] as (typeof of)[number]
  }
}

let bed: TestBed
const cases: Matrix = {}
const clients = new Map<CastKey, TestClient>()
const clientOf = async (key: CastKey | 'anonymous'): Promise<TestClient> => {
  if (key === 'anonymous') return bed.anonymous()
  if (!clients.has(key)) clients.set(key, await bed.as(key))
  return clients.get(key) as TestClient
}

beforeAll(async () => {
  bed = await openTestBed()
  const modules = join(import.meta.dirname, 'modules')
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => /(^|[/\\])test[/\\]matrix\.ts$/.test(name))) {
    Object.assign(cases, ((await import(join(modules, file))) as { matrix: Matrix }).matrix)
  }
}, 120_000)
afterAll(() => bed.close())

/** Routes that end the session they come with get a client of their own. */
const callerOf = async (route: AnyRoute): Promise<TestClient> => {
  const key = cases[route.id]?.ownFor[0] ?? 'anonymous'
  if (key === 'anonymous' || !route.id.startsWith('identity.')) return clientOf(key)
  return bed.as(key)
}

async function tryExtremes(route: AnyRoute): Promise<string[]> {
  const entry = cases[route.id]
  if (!entry) return []
  const draw = draws(seed + ([...route.id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_003))
  const failures: string[] = []
  for (let n = 0; n < triesPerRoute; n++) {
    const input = { ...(await entry.own(bed)) } as Exclude<MatrixInput, undefined>
    const places = placesOf(input).filter((path) => path.length > 1)
    if (places.length === 0) break
    const path = draw(places)
    const bad = changed(input, path, (value) => draw([...extremesOf(value), null, undefined]))
    const answer = await tryRoute(await callerOf(route), route, bad as MatrixInput)
    const what = `${route.id} ${path.join('.')}: ${answer.status}`
    if (answer.status >= 500) failures.push(`${what} ${JSON.stringify(bad).slice(0, 300)}`)
  }
  return failures
}

test('no value makes a route fail', async () => {
  const failures: string[] = []
  for (const route of servedRoutes.values()) failures.push(...(await tryExtremes(route)))
  expect(failures).toEqual([])
}, 600_000)

test('and what was taken can be read again', async () => {
  const failures: string[] = []
  for (const route of servedRoutes.values()) {
    if (route.method !== 'GET') continue
    for (const key of cases[route.id]?.ownFor ?? []) {
      const answer = await tryRoute(await clientOf(key), route, await cases[route.id]?.own(bed))
      if (answer.status >= 500) failures.push(`${route.id} as ${key}: ${answer.status}`)
    }
  }
  expect(failures).toEqual([])
}, 300_000)
