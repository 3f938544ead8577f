import { openEncounter } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from './app.ts'
import { facilityIdOf } from './modules/facilities/index.ts'
import { demoPersonId } from './modules/identity/index.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'

// What one module may read of another's schema in its own SQL: what the owner publishes, and only downward. Everything
// else is asked through functions of the owner's index.ts.

const root = join(import.meta.dirname, '..', '..', '..')
const modulesDir = join(import.meta.dirname, 'modules')
/** The rule is younger than the migrations before it; those ran already. */
const firstMigration = '20261126T0240'
/** Belongs to the platform, which made it: everybody appends to the access log, and a person reads their own. */
const ofThePlatform = new Set(['audit.entry'])

interface Rule {
  name: string
  to: { pathNot?: string }
}
const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as { forbidden: Rule[] }

/** May the module import the other one? The same arrows hold for SQL. */
function isBelow(module: string, other: string): boolean {
  const rule = forbidden.find(({ name }) => name === `arrow-${module}`)
  if (!rule?.to.pathNot) throw new Error(`no arrows of ${module} in .dependency-cruiser.cjs`)
  return module !== other && new RegExp(rule.to.pathNot).test(`apps/server/src/modules/${other}/index.ts`)
}

const published = new Set(modules.flatMap((module) => (module.publishes ?? []).map((one) => one.name as string)))

function filesOf(module: string): string[] {
  return readdirSync(join(modulesDir, module), { recursive: true, encoding: 'utf8' })
    .filter((file) => /[.](ts|sql)$/.test(file) && !file.endsWith('.test.ts') && !file.split(sep).includes('test'))
    .filter((file) => !file.endsWith('.sql') || (file.split(sep).at(-1) ?? '') > firstMigration)
    .map((file) => join(modulesDir, module, file))
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)(\/\/|--).*$/gm, '$1')
}

/** A foreign key needs the table itself; it promises no column but the key. */
function withoutKeys(source: string): string {
  return source.replace(/\breferences\s+\w+\.\w+/gi, '')
}

/** Relations of other schemas that SQL in the source reads: Kysely's verbs, and SQL after from, join and a comma. */
function relationsRead(source: string, relations: ReadonlySet<string>): string[] {
  const text = withoutKeys(withoutComments(source))
  const patterns = [
    /\b(?:selectFrom|\w+Join|using)\(\s*\[?\s*['"`](\w+\.\w+)/g,
    /\b(?:from|join|table|using)\s+(?:only\s+|lateral\s+)?(\w+\.\w+)\b(?!\s*\()/gi,
    /,\s*(\w+\.\w+)\s+(?:as\s+)?\w+/gi,
  ]
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
  return [...new Set(found)].filter((name) => relations.has(name))
}

let bed: TestBed
let relations: Set<string>

beforeAll(async () => {
  bed = await openTestBed()
  const { rows } = await bed.owner.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and n.nspname = any ($1)`,
    [modules.map((module) => module.name)],
  )
  relations = new Set(rows.map((row) => row.name))
})
afterAll(() => bed.close())

describe('SQL of a module names of other schemas only what their owners publish', () => {
  it.each(modules.map((module) => module.name))('%s', (module) => {
    const trespasses = filesOf(module).flatMap((file) =>
      relationsRead(readFileSync(file, 'utf8'), relations)
        .filter((name) => {
          const owner = name.split('.')[0] ?? ''
          return owner !== module && !ofThePlatform.has(name) && !(published.has(name) && isBelow(module, owner))
        })
        .map((name) => `${relative(root, file)} reads ${name}`),
    )
    expect(trespasses).toEqual([])
  })

  it('every published name exists, belongs to its module, may be read by the application, and is read by somebody', async () => {
    for (const { name: module, publishes = [] } of modules) {
      for (const { name } of publishes) {
        expect(name.split('.')[0]).toBe(module)
        expect(relations.has(name), `${name} does not exist`).toBe(true)
        const { rows } = await bed.owner.query(`select has_table_privilege('moinha_app', $1, 'select') as may`, [name])
        expect(rows, name).toEqual([{ may: true }])
        const readers = modules.filter(
          (other) =>
            other.name !== module &&
            filesOf(other.name).some((file) => relationsRead(readFileSync(file, 'utf8'), relations).includes(name)),
        )
        expect(readers.length, `nobody reads ${name}`).toBeGreaterThan(0)
      }
    }
  })

  it('no view opens what row-level security closes: each asks the rights of who reads it', async () => {
    const { rows } = await bed.owner.query(
      `select c.oid::regclass::text as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('v', 'm') and n.nspname = any ($1)
         and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false)`,
      [modules.map((module) => module.name)],
    )
    expect(rows).toEqual([])
  })
})

describe('the reader of SQL', () => {
  const known = new Set(['records.patient', 'records.encounter', 'facilities.unit'])
  it.each([
    ["tx.selectFrom('records.patient as p')", ['records.patient']],
    ["query\n .leftJoin(\n 'records.encounter as e', 'e.id', 'x')", ['records.encounter']],
    ['select 1 from facilities.unit f, records.patient p', ['facilities.unit', 'records.patient']],
    ['update x set a = 1 from records.patient', ['records.patient']],
    ['patient_id uuid references records.patient', []],
    ['-- from records.patient', []],
    ['select from records.find_patients(1) f', []],
    ["work.audit({ action: 'records.patient' })", []],
  ])('%s', (source, names) => {
    expect(relationsRead(source, known).sort()).toEqual(names)
  })
})

it('a stranger sees through a published view no more than through the table behind it', async () => {
  const nurse = await bed.as('nurse')
  const id = randomUUID()
  const body = { id, patientId: demoPersonId('cast/lan'), facilityId: facilityIdOf('kt-tyt-po-y') }
  await nurse.call(openEncounter, { body: { ...body, remoteMode: 'IN_PERSON' } })
  const { rows } = await bed.owner.query('select from records.encounter_card where id = $1', [id])
  expect(rows).toHaveLength(1)
  const client = await bed.owner.connect()
  const count = async (name: string): Promise<number> => (await client.query(`select from ${name}`)).rowCount ?? 0
  try {
    await client.query('begin')
    await client.query('set local role moinha_app')
    await client.query(
      `select set_config('app.actor_kind', 'staff', true), set_config('app.people', '{}', true),
        set_config('app.person_id', '00000000-0000-4000-8000-000000000000', true),
        set_config('app.facility_ids', '{}', true)`,
    )
    expect([await count('records.patient_card'), await count('records.encounter_card')]).toEqual([0, 0])
    expect(await count('identity.person_card')).toBe(await count('identity.person'))
  } finally {
    await client.query('rollback')
    client.release()
  }
})
