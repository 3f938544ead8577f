import { Kysely, type Transaction } from 'kysely'
import type pg from 'pg'
import { PipelinedDialect } from './pipelined.ts'
import { openPool } from './pool.ts'
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
  const pool = openPool(url, { max, name: 'moinha', pipeline: true })
  const db = new Kysely<Schema>({ dialect: new PipelinedDialect(pool) })
  return { db, pool, close: () => db.destroy() }
}
