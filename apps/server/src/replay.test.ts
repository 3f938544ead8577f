import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { servedRoutes, type AnyRoute } from './platform/http/serve.ts'
import { tryRoute, type Matrix, type MatrixInput } from './platform/testing/permission-matrix.ts'
import type { Replays } from './platform/testing/replays.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'
import type { Answer } from './platform/testing/test-client.ts'

/**
 * Every route whose contract says `idempotent` is played twice: with the case of its module's `test/replays.ts`, else
 * with its own object of the permission matrix.
 */
let bed: TestBed
const cases: Matrix = {}
const replays: Replays = {}

beforeAll(async () => {
  bed = await openTestBed()
  const modules = join(import.meta.dirname, 'modules')
  for (const file of readdirSync(modules, { recursive: true, encoding: 'utf8' })) {
    const load = async () => (await import(join(modules, file))) as { matrix?: Matrix; replays?: Replays }
    if (/(^|[/\\])test[/\\]matrix\.ts$/.test(file)) Object.assign(cases, (await load()).matrix)
    if (/(^|[/\\])test[/\\]replays\.ts$/.test(file)) Object.assign(replays, (await load()).replays)
  }
}, 120_000)
afterAll(() => bed.close())

/** Who signs what it sends proves itself to no test client: those are sent twice in their own module's tests. */
const idempotent = () => [...servedRoutes.values()].filter((route) => route.idempotent && !route.signed)
/** Instants of the reply itself move on; everything else must stay. */
const still = (body: unknown): string => JSON.stringify(body).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')

interface Played {
  first: Answer<unknown>
  input: MatrixInput
  again(): Promise<Answer<unknown>>
}

/** The first of those who may that gets through. */
async function play(route: AnyRoute): Promise<Played | undefined> {
  const replay = replays[route.id]
  const entry = cases[route.id]
  for (const key of replay?.as ? [replay.as] : (entry?.ownFor ?? [])) {
    const client = key === 'anonymous' ? bed.anonymous() : await bed.as(key)
    const input = await (replay?.input ?? entry?.own)?.(bed)
    const first = await tryRoute(client, route, input)
    if (first.status < 300) return { first, input, again: () => tryRoute(client, route, input) }
  }
  return undefined
}

/** A fingerprint of every table of a module. */
async function fingerprints(module: string): Promise<Record<string, string>> {
  const tables = await bed.owner.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
      where table_schema = $1 and table_type = 'BASE TABLE'`,
    [module],
  )
  const prints = tables.rows.map(async ({ name }) => {
    const { rows } = await bed.owner.query<{ print: string }>(
      `select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${module}.${name} t`,
    )
    return [name, rows[0]?.print ?? ''] as const
  })
  return Object.fromEntries(await Promise.all(prints))
}

describe('an idempotent route', () => {
  test('sent twice is done once and answers the same', async () => {
    const wrong: string[] = []
    for (const route of idempotent()) {
      const played = await play(route)
      if (!played) {
        wrong.push(`${route.id}: no case gets through, write one in its module's test/replays.ts`)
        continue
      }
      const second = await played.again()
      if (second.status !== played.first.status)
        wrong.push(`${route.id}: ${second.status} ${second.problem?.code ?? ''}`)
      else if (!replays[route.id]?.differs && still(second.body) !== still(played.first.body))
        wrong.push(`${route.id}: ${still(played.first.body)} then ${still(second.body)}`)
    }
    expect(wrong).toEqual([])
  }, 200_000)

  test('changes nothing after others moved on, and answers or shows the present state', async () => {
    for (const [id, { moveOn, present, refused }] of Object.entries(replays)) {
      const route = servedRoutes.get(id)
      if (!moveOn || !route) continue
      const played = await play(route)
      if (!played) throw new Error(`${id}: no case gets through`)
      await moveOn(bed, played.input, played.first.body)
      const [module = ''] = id.split('.')
      const before = await fingerprints(module)
      const { status, body, problem } = await played.again()
      const expected = refused ? { problem: { code: refused } } : { status: played.first.status, body: present ?? {} }
      expect.soft({ id, status, body, problem }).toMatchObject({ id, ...expected })
      expect.soft({ id, ...(await fingerprints(module)) }).toEqual({ id, ...before })
    }
  }, 120_000)

  test('is every write that does not say why it may not be sent again', () => {
    const writes = [...servedRoutes.values()].filter((route) => route.method !== 'GET')
    expect(writes.filter((route) => !route.idempotent === !route.once).map((route) => route.id)).toEqual([])
    expect([...servedRoutes.values()].filter((route) => route.method === 'GET' && route.once)).toEqual([])
  })

  test('is every one that waits in an outbox, which others may overtake, and every case has its route', () => {
    const offline = [...servedRoutes.values()].filter((route) => route.offline)
    expect(offline.filter((route) => !route.idempotent)).toEqual([])
    expect(offline.map(({ id }) => id).filter((id) => !replays[id]?.moveOn)).toEqual([])
    expect(Object.keys(replays).filter((id) => !servedRoutes.get(id)?.idempotent)).toEqual([])
    expect(idempotent().filter((route) => route.method === 'GET')).toEqual([])
  })
})
