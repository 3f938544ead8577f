import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { KnownStaff, SheetUnit } from '../domain/staff-sheet.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

/** A unit and all beneath it, today. */
export async function unitsBeneath(tx: Tx, path: string): Promise<SheetUnit[]> {
  const { rows } = await sql<SheetUnit>`
    select f.id, f.key, f.name from facilities.current_path p join facilities.unit f on f.id = p.facility_id
    where p.path <@ ${path}::ltree order by p.path`.execute(tx)
  return rows
}

/** Staff who have one of these phones, with where they work and what they hold. */
export async function staffOfPhones(tx: Tx, phones: readonly string[]): Promise<KnownStaff[]> {
  if (phones.length === 0) return []
  const { rows } = await sql<KnownStaff>`
    select u.id as "personId", p.phone, p.full_name as "fullName", u.username,
      coalesce((select json_agg(s.facility_id) from identity.practitioner_role s
        where s.person_id = u.id and s.valid_until is null), '[]') as "facilityIds",
      coalesce((select json_agg(g.role_key) from identity.role_grant g
        where g.person_id = u.id and g.valid_until is null), '[]') as roles,
      coalesce((select json_agg(json_build_object('facilityId', s.facility_id, 'code', s.qualification_code)
        order by s.valid_from) from identity.practitioner_role s
        where s.person_id = u.id and s.valid_until is null), '[]') as qualifications
    from identity.account_user u join identity.person p on p.id = u.id
    where u.kind = 'staff' and p.phone = any (${[...phones]}::text[]) order by u.created_at, u.id`.execute(tx)
  return rows
}

/** All user names: a few thousand short words even for a province. */
export async function usernames(tx: Tx): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('identity.account_user')
    .where('username', 'is not', null)
    .select('username')
    .execute()
  return new Set(rows.map((row) => row.username ?? ''))
}

/** One sheet at a time: two uploads of the same must not both find everybody new. */
export async function lockSheets(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('identity.staff-sheet'))`.execute(tx)
}

export interface AwaitedRow {
  personId: string
  fullName: string
  username: string
  facilityName: string
  slipUntil: Date | null
  folded: string
}

/** Staff beneath a path who have not set a password of their own, by name; `only` these people. */
export async function awaitedStaff(
  tx: Tx,
  { path, after, limit, only }: { path: string; after?: string | undefined; limit: number; only?: readonly string[] },
) {
  const cursor = after ? decodeCursor(after) : undefined
  const { rows } = await sql<AwaitedRow>`
    select u.id as "personId", p.full_name as "fullName", u.username, platform.fold(p.full_name) as folded,
      identity.slip_until(u.id) as "slipUntil", work.name as "facilityName"
    from identity.account_user u join identity.person p on p.id = u.id
    -- somebody with two posts beneath is waited for once
    cross join lateral (select f.name from identity.practitioner_role s
      join facilities.current_path place on place.facility_id = s.facility_id
      join facilities.unit f on f.id = s.facility_id
      where s.person_id = u.id and s.valid_until is null and place.path <@ ${path}::ltree order by s.valid_from, s.id
        limit 1) as work
    where u.kind = 'staff' and u.must_change_password and u.disabled_at is null
      and (${cursor === undefined} or (platform.fold(p.full_name), u.id) > (${cursor?.name ?? ''},
        ${cursor?.id ?? null}::uuid))
      and (${only === undefined} or u.id = any (${[...(only ?? [])]}::uuid[]))
    order by platform.fold(p.full_name), u.id limit ${limit + 1}`.execute(tx)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor({ name: last.folded, id: last.personId }) : null }
}

/** Of these people, staff beneath a path who have a password of their own already: they need no slip. */
export async function enteredStaff(
  tx: Tx,
  path: string,
  only: readonly string[],
): Promise<{ personId: string; fullName: string }[]> {
  const { rows } = await sql<{ personId: string; fullName: string }>`
    select u.id as "personId", p.full_name as "fullName"
    from identity.account_user u join identity.person p on p.id = u.id
    where u.id = any (${[...only]}::uuid[]) and u.kind = 'staff' and not u.must_change_password
      and u.disabled_at is null and exists (select from identity.practitioner_role s
        join facilities.current_path place on place.facility_id = s.facility_id
        where s.person_id = u.id and s.valid_until is null and place.path <@ ${path}::ltree)
    order by platform.fold(p.full_name), u.id`.execute(tx)
  return rows
}
