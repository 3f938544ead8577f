import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'

/** The mark of a database into which the demo's people were loaded. */
export const demoPeopleMark = 'identity people'

/** Production never opens a database whose accounts share a password that anyone can read in the README. */
export async function refuseDemoAccounts(db: Db): Promise<void> {
  const { rows } = await sql`select from platform.seed_mark where name = ${demoPeopleMark}`.execute(db)
  if (rows.length > 0) throw new Error('this database holds the demo accounts: production refuses it; begin with an empty database')
}
