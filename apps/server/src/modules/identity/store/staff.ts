import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Ranks, Standing } from '../policy.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

export interface StaffQuery {
  /** ltree path of the unit. */
  path: string
  beneath: boolean
  q: string
  after: string | undefined
  limit: number
}

/** What the staff list shows of a practitioner role, its person and their account. */
const staffColumns = [
  's.id',
  's.person_id',
  'p.full_name',
  's.facility_id',
  'f.name as facility_name',
  's.qualification_system',
  's.qualification_code',
  's.title',
  's.degree',
  's.specialties',
  's.licence_no',
  's.licence_issuer',
  's.licence_date',
  's.licence_scope',
  's.weekly_hours',
  's.is_public',
  'u.username',
  'u.disabled_at',
  'u.totp_enabled',
  'u.last_sign_in_at',
  'u.credential_by',
  'u.vouched_at',
  'u.must_change_password',
] as const

/** One page of a unit's current staff by name; searched without diacritics. */
export async function staffPage(tx: Tx, { path, beneath, q, after, limit }: StaffQuery) {
  const cursor = after ? decodeCursor(after) : undefined
  const rows = await tx
    .selectFrom('identity.practitioner_role as s')
    .innerJoin('identity.person as p', 'p.id', 's.person_id')
    .innerJoin('facilities.current_path as cp', 'cp.facility_id', 's.facility_id')
    .innerJoin('facilities.unit as f', 'f.id', 's.facility_id')
    .leftJoin('identity.account_user as u', 'u.id', 's.person_id')
    .where('s.valid_until', 'is', null)
    .where(beneath ? sql<boolean>`cp.path <@ ${path}::ltree` : sql<boolean>`cp.path = ${path}::ltree`)
    .$if(q !== '', (query) =>
      query.where(sql<boolean>`position(platform.fold(${q}) in platform.fold(p.full_name)) > 0`),
    )
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(platform.fold(p.full_name), s.id) > (${cursor?.name ?? ''}, ${cursor?.id ?? null}::uuid)`,
      ),
    )
    .select([
      ...staffColumns,
      sql<string>`cp.path::text`.as('path'),
      sql<string>`platform.fold(p.full_name)`.as('folded'),
    ])
    .orderBy(sql`platform.fold(p.full_name)`)
    .orderBy('s.id')
    .limit(limit + 1)
    .execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor({ name: last.folded, id: last.id }) : null }
}

export type StaffPageRow = Awaited<ReturnType<typeof staffPage>>['rows'][number]

/** The roles these people hold today. */
export async function grantsOf(tx: Tx, personIds: readonly string[]) {
  if (personIds.length === 0) return []
  return tx
    .selectFrom('identity.role_grant')
    .where(sql<boolean>`person_id = any (${[...personIds]}::uuid[])`)
    .where('valid_until', 'is', null)
    .select(['id', 'person_id', 'role_key', 'facility_id'])
    .orderBy('valid_from')
    .execute()
}

/** The published staff of a unit: only what a patient may know. */
export async function publicStaffOf(tx: Tx, facilityId: string) {
  const rows = await tx
    .selectFrom('identity.practitioner_role as s')
    .innerJoin('identity.person as p', 'p.id', 's.person_id')
    .where('s.facility_id', '=', facilityId)
    .where('s.is_public', '=', true)
    .where('s.valid_until', 'is', null)
    .select([
      's.person_id as personId',
      'p.full_name as fullName',
      's.qualification_system',
      's.qualification_code',
      's.title',
      's.degree',
      's.specialties',
      's.licence_no as licenceNo',
    ])
    .orderBy(sql`platform.fold(p.full_name)`)
    .orderBy('s.id')
    .execute()
  return rows.map(({ qualification_system: system, qualification_code: code, ...row }) => ({
    ...row,
    qualification: { system, code, display: row.title },
  }))
}

/** Rank of every role. */
export async function roleRanks(tx: Tx): Promise<Ranks> {
  const rows = await tx.selectFrom('identity.role').select(['key', 'rank']).execute()
  return new Map(rows.map((row) => [row.key, row.rank]))
}

/** All a staff member holds, wherever; undefined when the person has no staff account. */
export async function standingOf(tx: Tx, personId: string, ranks: Ranks): Promise<Standing | undefined> {
  const account = await tx
    .selectFrom('identity.account_user')
    .where('id', '=', personId)
    .where('kind', '=', 'staff')
    .select('id')
    .executeTakeFirst()
  if (!account) return undefined
  // a unit that ended has no path today; its practitioner roles and grants still bind, as nobody's but the system's
  const practitionerRoles = await tx
    .selectFrom('identity.practitioner_role as s')
    .leftJoin('facilities.current_path as cp', 'cp.facility_id', 's.facility_id')
    .where('s.person_id', '=', personId)
    .select([sql<string>`coalesce(cp.path::text, '')`.as('path'), sql<boolean>`s.valid_until is null`.as('live')])
    .execute()
  const grants = await tx
    .selectFrom('identity.role_grant as g')
    .leftJoin('facilities.current_path as cp', 'cp.facility_id', 'g.facility_id')
    .where('g.person_id', '=', personId)
    .where('g.valid_until', 'is', null)
    .select(['g.role_key', sql<string>`coalesce(cp.path::text, '')`.as('path')])
    .execute()
  return {
    practitionerRolePaths: practitionerRoles.filter((row) => row.live).map((row) => row.path),
    formerPaths: practitionerRoles.filter((row) => !row.live).map((row) => row.path),
    grants: grants.map((row) => ({ rank: ranks.get(row.role_key) ?? Number.POSITIVE_INFINITY, path: row.path })),
  }
}
