import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { StartRefused } from '../../../platform/errors/start-refused.ts'

/** The mark of a database into which the demo's people were loaded. */
export const demoPeopleMark = 'identity people'

/** Production never opens a database whose accounts share a password that anyone can read in the README. */
export async function refuseDemoAccounts(db: Db): Promise<void> {
  const { rows } = await sql`select from platform.seed_mark where name = ${demoPeopleMark}`.execute(db)
  if (rows.length > 0)
    throw new StartRefused(
      'Cơ sở dữ liệu này có tài khoản minh họa, bản chạy thật không nhận · this database holds the demo accounts: ' +
        'production refuses it; begin with an empty database',
    )
}

/**
 * Lets the system make accounts and grants in this one transaction. Opened by identity's own login, so that whoever
 * reaches the application's connection cannot; refused where the demo's people were loaded already.
 */
export async function openDemoLoad(identityDb: Db, work: Work): Promise<void> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(work.tx)
  await sql`select identity.open_demo_load(${rows[0]?.id}::text::xid8)`.execute(identityDb)
}
