import type { Permission } from '@moinha/contracts/permissions'
import { CompiledQuery, sql } from 'kysely'
import type pg from 'pg'
import type { Grant } from '../../../platform/access/actor.ts'
import type { Db, Tx } from '../../../platform/db/database.ts'
import type { AccountKind } from '../domain/session-rules.ts'
import { hashToken } from '../domain/session-token.ts'

/** All one request needs to know of who sends it. */
export interface SessionRow extends AccountRow {
  /** As stored: hashed. */
  token: string
  session_id: string
  last_seen_at: Date
  read_at: Date
}

/** An account and what it holds now. */
export interface AccountRow {
  person_id: string
  kind: AccountKind
  disabled: boolean
  must_change_password: boolean
  totp_enabled: boolean
  /** False while nobody but the giver of the password knows who uses this account. */
  vouched: boolean
  grants: Grant[]
  practitionerRoles: { facilityId: string; path: string }[]
  personal: Permission[]
  proxy_for: string[]
}

/** Roles with the permissions they hold today: what a role may is changed without anybody signing in anew. */
const grants = `
  select coalesce(json_agg(json_build_object('role', g.role_key, 'facilityId', g.facility_id, 'path', cp.path::text,
    'permissions', (select coalesce(json_agg(rp.permission), '[]') from identity.role_permission rp
      where rp.role_key = g.role_key))), '[]')
  from identity.role_grant g join facilities.current_path cp on cp.facility_id = g.facility_id
  where g.person_id = u.id and g.valid_until is null`

/** Units of today's tree: a role at a unit that ended opens nothing. */
const practitionerRoles = `
  select coalesce(json_agg(json_build_object('facilityId', sp.facility_id, 'path', cp.path::text)
    order by sp.valid_from), '[]')
  from identity.practitioner_role sp join facilities.current_path cp on cp.facility_id = sp.facility_id
  where sp.person_id = u.id and sp.valid_until is null`

/** What every citizen may for themselves; staff hold nothing of it. */
const personal = `
  select coalesce(json_agg(rp.permission), '[]') from identity.role_permission rp
  where rp.role_key = 'citizen' and u.kind = 'citizen'`

/** For whom one may act: family links that stand now. */
const proxyFor = `
  select coalesce(json_agg(f.dependant_id), '[]') from identity.family_member f
  where f.guardian_id = u.id and f.valid_until is null`

const accountFacts = `
  u.id as person_id, u.kind, u.disabled_at is not null as disabled, u.must_change_password, u.totp_enabled,
  u.credential_by is null or u.vouched_at is not null as vouched,
  (${grants}) as grants, (${practitionerRoles}) as "practitionerRoles",
  (${personal}) as personal, (${proxyFor}) as proxy_for`

const sessionsBy = (which: string) => `
  select s.token, s.id as session_id, s.last_seen_at, now() as read_at, ${accountFacts}
  from identity.account_session s join identity.account_user u on u.id = s.user_id
  where ${which} and s.expires_at > now() and s.set_aside_at is null`

const sessionQuery = sessionsBy('s.token = any ($1::text[])')
const sessionQueryById = sessionsBy('s.id = any ($1::uuid[])')

/**
 * The live session behind a token with grants, practitioner roles and family, in one query. Times are the database's,
 * as the sessions' are. Prepared once a connection: planning it each time costs more than running it (1.1 ms against
 * 0.4 ms).
 */
export async function readSession(pool: pg.Pool, token: string): Promise<SessionRow | undefined> {
  return (await readSessions(pool, [token])).get(token)
}

/** The live sessions behind these tokens, by token. */
export async function readSessions(pool: pg.Pool, tokens: readonly string[]): Promise<Map<string, SessionRow>> {
  if (tokens.length === 0) return new Map()
  const byHash = new Map(tokens.map((token) => [hashToken(token), token]))
  const { rows } = await pool.query<SessionRow>({
    name: 'identity.read-session',
    text: sessionQuery,
    values: [[...byHash.keys()]],
  })
  return new Map(rows.map((row) => [byHash.get(row.token) ?? '', row]))
}

/** The live sessions of these ids, by id. */
export async function readSessionsById(pool: pg.Pool, ids: readonly string[]): Promise<Map<string, SessionRow>> {
  if (ids.length === 0) return new Map()
  const query = { name: 'identity.read-session-by-id', text: sessionQueryById, values: [[...ids]] }
  const { rows } = await pool.query<SessionRow>(query)
  return new Map(rows.map((row) => [row.session_id, row]))
}

/** An account as it stands in this transaction, whether or not somebody is signed in with it. */
export async function readAccount(tx: Tx, personId: string): Promise<AccountRow | undefined> {
  const text = `select ${accountFacts} from identity.account_user u where u.id = $1`
  const { rows } = await tx.executeQuery<AccountRow>(CompiledQuery.raw(text, [personId]))
  return rows[0]
}

/** Remembers that these sessions are in use. */
export async function touchSessions(db: Db, sessionIds: readonly string[]): Promise<void> {
  await sql`update identity.account_session set last_seen_at = now()
    where id = any (${[...sessionIds]}::uuid[])`.execute(db)
}

/** Remembers that the session is in use. */
export async function touchSession(db: Db, sessionId: string): Promise<void> {
  await sql`update identity.account_session set last_seen_at = now() where id = ${sessionId}`.execute(db)
}
