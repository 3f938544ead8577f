import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../testing/test-bed.ts'
import { migrate } from './migrate.ts'
import { assertPowerless } from './roles.ts'

// Whoever can put a type or table of their own where a function of the owner looks has the owner run their code.

let bed: TestBed
let database: string
beforeAll(async () => {
  bed = await openTestBed()
  database = new URL(bed.urls.ownerUrl).pathname.slice(1)
})
afterAll(() => bed.close())

/** Statements in one transaction of a login; taken back afterwards. */
async function inject(url: string, ...statements: string[]): Promise<pg.QueryResult | undefined> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    let last: pg.QueryResult | undefined
    for (const statement of statements) last = await client.query(statement)
    return last
  } finally {
    await client.query('rollback')
    await client.end()
  }
}

async function withTemporary(run: () => Promise<void>): Promise<void> {
  await bed.owner.query(`grant temporary on database ${database} to moinha_app`)
  try {
    await run()
  } finally {
    await bed.owner.query(`revoke temporary on database ${database} from moinha_app`)
  }
}

test('every function with a search path of its own looks in pg_temp last, and every one that runs as its owner has one', async () => {
  const { rows } = await bed.owner.query(`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker')
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
        and d.deptype = 'e')
      and (p.prosecdef or exists (select from unnest(p.proconfig) c where starts_with(c, 'search_path=')))
      and not exists (select from unnest(p.proconfig) c where c ~ '^search_path=.*, pg_temp$')`)
  expect(rows).toEqual([])
})

test.each(['appUrl', 'authUrl'] as const)('%s makes nothing of its own, temporary or not', async (login) => {
  const url = bed.urls[login]
  await expect(inject(url, 'create domain pg_temp.uuid as text')).rejects.toThrow(/permission denied/)
  await expect(inject(url, 'create temporary table entry (id int)')).rejects.toThrow(/permission denied/)
  await expect(inject(url, 'create domain public.uuid as text')).rejects.toThrow(/permission denied/)
  await expect(assertPowerless(url)).resolves.toBeUndefined()
})

const planted = (patient?: string) => [
  `create function pg_temp.planted(value anyelement) returns boolean language plpgsql as
    $$ begin raise exception 'planted code runs as %', current_user; end $$`,
  'create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.planted(value))',
  `select set_config('app.actor_kind', 'staff', true),
    set_config('app.person_id', pg_catalog.gen_random_uuid()::text, true)`,
  `select records.in_care('${patient}', null) as seen`,
]

test('a planted type is not found by the owner’s functions, even where somebody gave the right back', async () => {
  const kept = 'select patient_id from records.care_relationship where valid @> now() limit 1'
  const patient = (await bed.owner.query<{ patient_id: string }>(kept)).rows[0]?.patient_id
  await withTemporary(async () => {
    expect((await inject(bed.urls.appUrl, ...planted(patient)))?.rows).toEqual([{ seen: false }])
    // the plant works where a function is as it should not be
    await bed.owner.query('alter function records.in_care(uuid, uuid) set search_path = records, pg_catalog')
    const now = 'create or replace function platform.actor_person() returns uuid language sql stable parallel safe as'
    const { rows } = await bed.owner.query<{ was: string }>(
      "select pg_get_functiondef('platform.actor_person()'::regprocedure) as was",
    )
    await bed.owner.query(`${now} $$ select nullif(current_setting('app.person_id', true), '')::uuid $$`)
    await expect(inject(bed.urls.appUrl, ...planted(patient))).rejects.toThrow('planted code runs as')
    await bed.owner.query(rows[0]?.was ?? '')
    await bed.owner.query('alter function records.in_care(uuid, uuid) set search_path = records, pg_catalog, pg_temp')
  })
})

test('no server starts with a login that may make temporary names; the start takes the right from everybody', async () => {
  await withTemporary(() => expect(assertPowerless(bed.urls.appUrl)).rejects.toThrow('may create nothing'))
  await bed.owner.query(`grant temporary on database ${database} to public`)
  await expect(assertPowerless(bed.urls.authUrl)).rejects.toThrow('may create nothing')
  await migrate(bed.urls.ownerUrl)
  await expect(assertPowerless(bed.urls.authUrl)).resolves.toBeUndefined()
})
