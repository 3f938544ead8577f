import { createHmac, randomBytes } from 'node:crypto'
import { StartRefused } from '../errors/start-refused.ts'
import { othersThatStay } from '../processes/living-others.ts'
import { shortHash } from '../processes/short-hash.ts'
import { newClient } from './pool.ts'

/**
 * Gives the application role a password and answers its URL; only where nobody gave it one. It follows from the
 * owner's, so that a second process does not lock the first one out.
 */
export async function openAppRole(ownerUrl: string): Promise<string> {
  const { password } = new URL(ownerUrl)
  return openRole(
    'moinha_app',
    ownerUrl,
    ownerUrl,
    createHmac('sha256', password || randomBytes(24))
      .update('moinha_app')
      .digest('hex'),
  )
}

/**
 * Opens the login that alone sees accounts, at the application's address. Its password follows from the installation's
 * secret, so that several processes agree on it without a further setting.
 */
export async function openAuthRole(ownerUrl: string, appUrl: string, secret: string): Promise<string> {
  const password = createHmac('sha256', secret).update('moinha_auth').digest('hex')
  await refuseBesideAnotherSecret(ownerUrl, secret)
  return openRole('moinha_auth', ownerUrl, appUrl, password)
}

/** A process with another secret lives by the password that would be changed: it is never locked out. */
async function refuseBesideAnotherSecret(ownerUrl: string, secret: string): Promise<void> {
  const client = newClient(ownerUrl, 'moinha-migrate')
  await client.connect()
  const other = await othersThatStay(client, shortHash(secret)).finally(() => client.end())
  if (!other) return
  throw new StartRefused(
    `Tiến trình ${other.pid} trên ${other.host} dùng AUTH_SECRET khác; mọi tiến trình phải dùng chung một · process ` +
      `${other.pid} on ${other.host} serves this database with another AUTH_SECRET; all need the same one`,
  )
}

async function openRole(role: string, ownerUrl: string, baseUrl: string, password: string): Promise<string> {
  const client = newClient(ownerUrl, 'moinha-migrate')
  await client.connect()
  try {
    // several processes may boot at once, and PostgreSQL refuses two changes of one role at the same time
    await client.query("select pg_advisory_lock(hashtext('moinha.roles'))")
    await client.query(`alter role ${role} login password '${password}'`)
  } finally {
    await client.end()
  }
  const url = new URL(baseUrl)
  url.username = role
  url.password = password
  return url.href
}

interface Powers {
  strong: boolean
  owns: boolean
  temporary: boolean
  creates: boolean
}

const powersQuery = `
  select rolsuper or rolbypassrls as strong, exists (select from pg_class c where c.relowner = r.oid) as owns,
    has_database_privilege(current_database(), 'temporary') as temporary,
    exists (select from pg_namespace n where has_schema_privilege(n.oid, 'create')) as creates
  from pg_roles r where rolname = current_user`

/**
 * The second wall stands only if the application's role cannot walk around it: no superuser, no bypass, owner of
 * nothing, and no place where it could put a table, type or function of its own in the way of the owner's.
 */
export async function assertPowerless(appUrl: string): Promise<void> {
  const client = newClient(appUrl, 'moinha-migrate')
  await client.connect()
  try {
    const { rows } = await client.query<Powers>(powersQuery)
    const powers = rows[0]
    if (!powers || powers.strong || powers.owns) {
      throw new StartRefused(
        'Tài khoản ứng dụng có quá nhiều quyền · the application must connect as a role that owns nothing and cannot ' +
          'bypass row-level security',
      )
    }
    if (powers.temporary || powers.creates) {
      throw new StartRefused(
        'Tài khoản ứng dụng có quá nhiều quyền · the application must connect as a role that may create nothing: as owner of the database, revoke TEMPORARY on it ' +
          'and CREATE on its schemas from PUBLIC and from this role',
      )
    }
  } finally {
    await client.end()
  }
}
