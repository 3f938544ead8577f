import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { compileOnce } from './compile-once.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
}, 120_000)
afterAll(() => bed.close())

const ask = <Values extends object, Row>(statement: ReturnType<typeof compileOnce<Values, Row>>, values: Values) =>
  bed.platform.transact(systemActor, ({ tx }) => statement(tx, values))

test('a statement is written once and given its values each time', async () => {
  let written = 0
  const add = compileOnce((_, { one, other }: { one: number; other: number }) => {
    written += 1
    return sql<{ sum: number }>`select ${one}::int + ${other}::int as sum`
  })
  expect(await ask(add, { one: 1, other: 2 })).toEqual([{ sum: 3 }])
  expect(await ask(add, { one: 20, other: 22 })).toEqual([{ sum: 42 }])
  // tests write each a second time to compare
  expect(written).toBe(3)
})

const looks: [what: string, statement: (values: { name: string | null }) => Promise<unknown>][] = [
  [
    'a text made of one',
    (values) =>
      ask(
        compileOnce((_, { name }) => sql`select ${`%${name}%`}::text`),
        values,
      ),
  ],
  [
    'a branch',
    (values) =>
      ask(
        compileOnce((_, { name }) => (name ? sql`select 1` : sql`select 2`)),
        values,
      ),
  ],
  [
    'a part of one',
    (values) =>
      ask(
        compileOnce((_, { name }) => sql`select ${name?.length}::int`),
        values,
      ),
  ],
]
test.each(looks)('whoever looks at a value while writing is told in tests: %s', async (_, statement) => {
  const asked = async () => {
    await statement({ name: 'Blui' })
    await statement({ name: null })
  }
  await expect(asked()).rejects.toThrow(/compileOnce looked at its values/)
})
