import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { StartRefused } from '../errors/start-refused.ts'
import { othersThatStay } from '../processes/living-others.ts'
import { newClient } from './pool.ts'

interface Migration {
  name: string
  hash: string
  sql: string
}

const sourceDir = join(import.meta.dirname, '..', '..')

/**
 * Every module's `migrations/*.sql` and the platform's, and those of further folders, as one timeline sorted by name.
 */
export async function readMigrations(further: readonly string[] = []): Promise<Migration[]> {
  const modules = await readdir(join(sourceDir, 'modules')).catch(() => [])
  const folders = [
    join(sourceDir, 'platform', 'db', 'migrations'),
    ...modules.map((name) => join(sourceDir, 'modules', name, 'migrations')),
    ...further,
  ]
  const found = await Promise.all(folders.map(readFolder))
  const sorted = found.flat().sort((a, b) => (a.name < b.name ? -1 : 1))
  const twice = sorted.find((migration, index) => sorted[index + 1]?.name === migration.name)
  if (twice) throw new Error(`two migrations are named ${twice.name}`)
  return sorted
}

async function readFolder(folder: string): Promise<Migration[]> {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names
      .filter((name) => name.endsWith('.sql'))
      .map(async (name) => {
        const sql = await readFile(join(folder, name), 'utf8')
        return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
      }),
  )
}

/**
 * Brings the database up to this release; forward only, one migration a transaction, one migrator at a time.
 * Refuses a merged file that was edited and a database newer than this server.
 * @returns how many migrations ran
 */
export async function migrate(ownerUrl: string, further: readonly string[] = []): Promise<number> {
  const client = newClient(ownerUrl, 'moinha-migrate')
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('moinha.migrate'))")
    await client.query('create schema if not exists platform')
    await client.query(
      `create table if not exists platform.migration (name text primary key, hash text not null,
        applied_at timestamptz not null default now())`,
    )
    const migrations = await readMigrations(further)
    const pending = await pendingOf(client, migrations)
    if (pending.length > 0) await refuseBesideOthers(client)
    for (const migration of pending) await apply(client, migration)
    await takeTemporary(client)
    return pending.length
  } finally {
    await client.end()
  }
}

/**
 * Nobody but the owner makes temporary tables and types: names found there could stand in for ours. At every start,
 * because neither a dump nor a template carries the rights of a database.
 */
export async function takeTemporary(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; open: boolean }>(`select quote_ident(current_database()) as name,
    has_database_privilege('public', current_database(), 'temporary') as open`)
  if (rows[0]?.open) await client.query(`revoke temporary on database ${rows[0].name} from public`)
}

async function pendingOf(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from platform.migration')
  const byName = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const row of rows) {
    const here = byName.get(row.name)
    if (!here)
      throw new StartRefused(
        `Cơ sở dữ liệu mới hơn chương trình, chưa đụng vào gì · the database has migration ${row.name}, which this ` +
          'release does not know: it is newer than the server; nothing was changed',
      )
    if (here.hash !== row.hash)
      throw new StartRefused(`Tệp nâng cấp bị sửa sau khi chạy · migration ${row.name} was edited after it ran`)
  }
  const done = new Set(rows.map((row) => row.name))
  return migrations.filter((migration) => !done.has(migration.name))
}

/** Processes of the earlier release would go on with tables that are not theirs any more. */
async function refuseBesideOthers(client: pg.Client): Promise<void> {
  const other = await othersThatStay(client)
  if (!other) return
  throw new StartRefused(
    `Tiến trình ${other.pid} trên ${other.host} còn chạy; dừng hết rồi mới nâng cấp, chưa thay đổi gì · process ` +
      `${other.pid} on ${other.host} still runs; stop all before an upgrade, nothing was changed`,
  )
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into platform.migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
