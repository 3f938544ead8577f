import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import type pg from 'pg'
import { openPool } from './pool.ts'
import { prepareFrequent } from './prepare-frequent.ts'
import { readExactly } from './read-exactly.ts'
import type { Schema } from './schema.ts'

export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>

readExactly()

export interface OpenDatabase {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool; `max` connections, plans of frequent statements cached per connection by the server. */
export function openDatabase(url: string, max = 20): OpenDatabase {
  const pool = openPool(url, { max, name: 'moinha' })
  prepareFrequent(pool)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}
