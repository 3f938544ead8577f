import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { openPool } from './pool.ts'
import { prepareFrequent } from './prepare-frequent.ts'
import type { Schema } from './schema.ts'

export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>

// date → 'YYYY-MM-DD' as stored (a Date would shift it by the zone); int8 → number (counts stay below 2^53).
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

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
