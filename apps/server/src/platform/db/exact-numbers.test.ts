import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../access/actor.ts'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'

let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

const read = <T>(query: ReturnType<typeof sql<T>>): Promise<T | undefined> =>
  bed.platform.transact(systemActor, async (work) => (await query.execute(work.tx)).rows[0])

/** Every NUMERIC column and how it is read. A new one (a dose, a price) is named here with its decision. */
const READ_AS: Record<string, string> = {
  'records.observation.value': 'exactNumber: a measurement of a few digits',
  'indicators.registered_value.value': 'exactNumber: a count of the plan',
  'prescriptions.line.dispensed': 'text: an exact decimal of big.js, from the database to the screen',
  'prescriptions.line.quantity': 'text: an exact decimal of big.js, from the database to the screen',
  'prescriptions.medicine.dose_units_per_unit': 'text: an exact decimal of big.js, for dose arithmetic',
  'prescriptions.medicine.mg_per_dose_unit': 'text: an exact decimal of big.js, for dose arithmetic',
}

it('a NUMERIC comes as exactly what is stored', async () => {
  expect(
    await read(
      sql`select 0.1::numeric + 0.2::numeric as sum, 12345678901234567.89::numeric as large,
        0.0000001::numeric as small, 36.60::numeric as measured`,
    ),
  ).toEqual({ sum: '0.3', large: '12345678901234567.89', small: '0.0000001', measured: '36.60' })
  expect(await read(sql`select array[0.1, null, 12345678901234567.89]::numeric[] as many`)).toEqual({
    many: ['0.1', null, '12345678901234567.89'],
  })
})

it('a NUMERIC goes and comes back through a table without a float in between', async () => {
  const values = ['0.3', '12345678901234567.89', '0.0000001', '-2.50']
  await bed.owner.query(`create table public.amount (at int, value numeric);
    grant select, insert on public.amount to moinha_app`)
  const back = await bed.platform.transact(systemActor, async (work) => {
    for (const [at, value] of values.entries())
      await sql`insert into public.amount values (${at}, ${value})`.execute(work.tx)
    return (await sql<{ value: string }>`select value from public.amount order by at`.execute(work.tx)).rows.map(
      (row) => row.value,
    )
  })
  await bed.owner.query('drop table public.amount')
  expect(back).toEqual(values)
})

it('a NUMERIC that is no number is an error', async () => {
  await expect(read(sql`select 'NaN'::numeric as nothing`)).rejects.toThrow('no number')
})

it('an int8 is a number where that is exact, and an error beyond', async () => {
  expect(await read(sql`select 9007199254740991::int8 as most, array[1, 2]::int8[] as many`)).toEqual({
    most: 9007199254740991,
    many: [1, 2],
  })
  await expect(read(sql`select 9007199254740993::int8 as more`)).rejects.toThrow('beyond')
  await expect(read(sql`select array[9007199254740993]::int8[] as more`)).rejects.toThrow('beyond')
})

it('every NUMERIC column has a decision how it is read', async () => {
  const { rows } = await bed.owner.query<{
    name: string
  }>(`select table_schema || '.' || table_name || '.' || column_name as name
    from information_schema.columns where data_type = 'numeric'
      and table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker')`)
  expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(READ_AS).sort())
})
