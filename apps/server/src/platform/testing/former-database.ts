import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { readMigrations } from '../db/migrate.ts'
import { installQueue } from '../jobs/jobs.ts'

export interface FormerDatabase {
  client: pg.Client
  /** Runs what comes next on the timeline, up to and with the migrations whose names begin with or come before this. */
  bringUp(until: string): Promise<void>
}

/**
 * An empty database that walks the timeline of migrations in steps, so that rows can be made as a former release made
 * them.
 */
export async function withFormerDatabase(run: (former: FormerDatabase) => Promise<void>): Promise<void> {
  const cluster = process.env['TEST_OWNER_URL']
  if (!cluster) throw new Error('TEST_OWNER_URL is not set: run through vitest')
  const name = `m_${randomUUID().replaceAll('-', '')}`
  const maker = new pg.Client({ connectionString: cluster })
  await maker.connect()
  await maker.query(`create database ${name}`)
  const url = new URL(cluster)
  url.pathname = `/${name}`
  const client = new pg.Client({ connectionString: url.href })
  try {
    await installQueue(url.href)
    await client.connect()
    await client.query('create schema if not exists platform')
    await client.query(
      `create table platform.migration (name text primary key, hash text not null,
        applied_at timestamptz not null default now())`,
    )
    await run({ client, bringUp: timelineOf(client) })
  } finally {
    await client.end()
    await maker.query(`drop database ${name} with (force)`)
    await maker.end()
  }
}

function timelineOf(client: pg.Client): FormerDatabase['bringUp'] {
  let done = ''
  return async (until) => {
    const next = (await readMigrations()).filter(({ name }) => name > done && name.slice(0, until.length) <= until)
    for (const { name, sql } of next) {
      await client.query(sql)
      done = name
    }
  }
}
