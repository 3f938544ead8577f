import { serviceScopes, type Permission } from '@moinha/contracts/permissions'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Db, Tx } from '../../../platform/db/database.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** All one request needs to know of the program that sends it. */
export interface TokenRow {
  id: string
  facilityId: string
  role: string
  /** ltree path of the unit today; null where the unit ended. */
  path: string | null
  live: boolean
  /** Not remembered as used within the last minute. */
  touch: boolean
  /** What it carries and its role still holds. */
  permissions: Permission[]
}

const tokenQuery = `
  select s.id, s.facility_id as "facilityId", s.role_key as role, cp.path::text as path,
    -- whoever gave it answers for it: no account, or no role to give it by, no token
    s.revoked_at is null and s.expires_at > now()
      and identity.answers_for_token(s.created_by, s.facility_id, s.role_key) as live,
    coalesce(s.last_used_at < now() - interval '1 minute', true) as touch,
    -- a role that lost a permission takes it from its tokens too
    (select coalesce(json_agg(p.permission), '[]') from identity.role_permission p
      join identity.service_scope allowed on allowed.permission = p.permission
      where p.role_key = s.role_key and p.permission = any (s.scopes)) as permissions
  from identity.service_account s left join facilities.current_path cp on cp.facility_id = s.facility_id
  where s.token_hash = $1`

/** The account behind a token's hash, now; also one that ended. */
export async function readToken(pool: pg.Pool, hash: string): Promise<TokenRow | undefined> {
  const { rows } = await pool.query<TokenRow>({ name: 'identity.read-token', text: tokenQuery, values: [hash] })
  return rows[0]
}

/** Remembers that a token is in use. */
export async function touchToken(db: Db, id: string): Promise<void> {
  await sql`update identity.service_account set last_used_at = now() where id = ${id}`.execute(db)
}

interface ServiceAccountRow {
  id: string
  facilityId: string
  facilityName: string
  name: string
  role: string
  scopes: string[]
  prefix: string
  createdAt: Date
  createdByName: string | null
  expiresAt: Date
  lastUsedAt: Date | null
  state: 'live' | 'suspended' | 'expired' | 'revoked'
}

/** One page of the programs of a unit and those beneath, newest first: ids grow with time. */
export async function serviceAccountPage(
  tx: Tx,
  { path, after, limit }: { path: string; after?: string | undefined; limit: number },
): Promise<{ rows: ServiceAccountRow[]; next: string | null }> {
  const before = after ? decodeCursor(after).id : null
  const { rows } = await sql<ServiceAccountRow>`
    select s.id, s.facility_id as "facilityId", f.name as "facilityName", s.name, s.role_key as role, s.scopes,
      s.prefix,
      s.created_at as "createdAt", p.full_name as "createdByName", s.expires_at as "expiresAt",
      s.last_used_at as "lastUsedAt",
      case when s.revoked_at is not null then 'revoked'
        when s.expires_at <= now() then 'expired'
        when not identity.answers_for_token(s.created_by, s.facility_id, s.role_key) then 'suspended'
        else 'live' end as state
    from identity.service_account s
    join facilities.current_path cp on cp.facility_id = s.facility_id
    join facilities.unit f on f.id = s.facility_id
    left join identity.person_card p on p.id = s.created_by
    where cp.path <@ ${path}::ltree and (${before}::uuid is null or s.id < ${before}::uuid)
    order by s.id desc limit ${limit + 1}`.execute(tx)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor({ name: '', id: last.id }) : null }
}

/** What a program may carry under each role: what the role holds, of what no program is refused. */
export async function scopesByRole(tx: Tx): Promise<Map<string, string[]>> {
  const rows = await tx
    .selectFrom('identity.role_permission')
    .where('permission', 'in', [...serviceScopes])
    .select(['role_key', 'permission'])
    .execute()
  const byRole = new Map<string, string[]>()
  for (const { role_key: role, permission } of rows) byRole.set(role, [...(byRole.get(role) ?? []), permission])
  return byRole
}

/** How a token stands, without its hash. */
export async function serviceAccountOf(tx: Tx, id: string): Promise<{ prefix: string; expiresAt: Date } | undefined> {
  return tx
    .selectFrom('identity.service_account')
    .where('id', '=', id)
    .select(['prefix', 'expires_at as expiresAt'])
    .executeTakeFirst()
}

/** Names of programs, to stand beside what they did. */
export async function serviceNames(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  return tx
    .selectFrom('identity.service_account')
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .select(['id', 'name'])
    .execute()
}
