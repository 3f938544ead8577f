import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { servedRoutes, type AnyRoute } from './platform/http/serve.ts'
import { tryRoute, type Matrix, type MatrixInput } from './platform/testing/permission-matrix.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'

// A cursor is a text nobody should write; whoever writes one all the same gets a page or a clear refusal, at every
// list there is.

const id = randomUUID()
const hyphens = '-'.repeat(36)
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const instants = [
  '1',
  '-1',
  '2026-01-01',
  '+275760-09-13',
  '2026-01-01T:::Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01 00:00:00+99',
  '2026-01-01T00:00:00.000Z',
]
const forged = [
  hyphens,
  `${id}\0`,
  '9'.repeat(30),
  '-1',
  ...instants.flatMap((at) => ['~', '_'].flatMap((sign) => [`${at}${sign}${id}`, `${at}${sign}${hyphens}`])),
  ...[id, '', '2026-01-01', '-1'].map((name) => json({ name, id })),
  json([2 ** 40, '', '']),
  json(['2026-02-30T00:00:00Z', id]),
  json({ phrase: 2 ** 40, serves: 0, name: '', id }),
]

let bed: TestBed
const cases: Matrix = {}
beforeAll(async () => {
  bed = await openTestBed()
  const modules = join(import.meta.dirname, 'modules')
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => /(^|[/\\])test[/\\]matrix\.ts$/.test(name)))
    Object.assign(cases, ((await import(join(modules, file))) as { matrix: Matrix }).matrix)
}, 120_000)
afterAll(() => bed.close())

/** Where a route takes a cursor. */
const pieceOf = (route: AnyRoute) =>
  (['query', 'body'] as const).find((piece) => {
    const schema = route[piece]
    return schema instanceof z.ZodObject && 'after' in schema.shape
  })

test('no cursor makes a list fail', async () => {
  const paged = [...servedRoutes.values()].filter((route) => pieceOf(route))
  expect(paged.length).toBeGreaterThan(15)
  const failures: string[] = []
  for (const route of paged) {
    const [caller = 'anonymous'] = cases[route.id]?.ownFor ?? []
    const client = caller === 'anonymous' ? bed.anonymous() : await bed.as(caller)
    const own = (await cases[route.id]?.own(bed)) as Exclude<MatrixInput, undefined>
    const piece = pieceOf(route) ?? 'query'
    for (const after of forged) {
      const answer = await tryRoute(client, route, { ...own, [piece]: { ...own?.[piece], after } })
      if (![200, 400].includes(answer.status)) failures.push(`${route.id} ${after}: ${answer.status}`)
    }
  }
  expect(failures).toEqual([])
}, 300_000)
