import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Gives the application role a password of this boot and answers its URL; only for a database we run ourselves. */
export async function openAppRole(ownerUrl: string): Promise<string> {
  const password = randomBytes(24).toString('hex')
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`alter role moinha_app login password '${password}'`)
  await client.end()
  const url = new URL(ownerUrl)
  url.username = 'moinha_app'
  url.password = password
  return url.href
}

/** The second wall stands only if the application's role cannot walk around it: no superuser, no bypass, owner of nothing. */
export async function assertPowerless(appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ strong: boolean; owns: boolean }>(
      `select rolsuper or rolbypassrls as strong, exists (select from pg_class c where c.relowner = r.oid) as owns
       from pg_roles r where rolname = current_user`)
    if (!rows[0] || rows[0].strong || rows[0].owns) throw new Error('the application must connect as a role that owns nothing and cannot bypass row-level security')
  } finally {
    await client.end()
  }
}
