import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/database.ts'

export interface Administrator {
  personId: string
  username: string
  phone: string | null
  /** Has set a password of their own. */
  entered: boolean
  /** Has not, and still may. */
  awaited: boolean
}

/** One command at a time: two must not both find one place left. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('identity.administrators'))`.execute(tx)
}

/** Who administers the installation, or is about to. Closed accounts do not count. */
export async function administrators(db: Db, now: Date): Promise<Administrator[]> {
  const { rows } = await sql<Administrator>`
    select u.id as "personId", u.username, p.phone,
      exists (select from identity.account_credential c where c.user_id = u.id) as entered,
      exists (select from identity.first_code f where f.person_id = u.id and f.used_at is null
      and f.expires_at > ${now} and u.must_change_password
      and f.made_at >= coalesce(u.credential_at, '-infinity')) as awaited
    from identity.account_user u join identity.person p on p.id = u.id
    where u.disabled_at is null and exists (select from identity.role_grant g
      where g.person_id = u.id and g.role_key = 'system_admin' and g.valid_until is null)
    order by u.created_at, u.id`.execute(db)
  return rows
}

/** The staff account of a phone, or of a user name. */
export async function staffAccountOf(db: Db, by: { phone: string } | { username: string }) {
  return db
    .selectFrom('identity.account_user as u')
    .innerJoin('identity.person as p', 'p.id', 'u.id')
    .where('u.kind', '=', 'staff')
    .where('phone' in by ? 'p.phone' : 'u.username', '=', 'phone' in by ? by.phone : by.username)
    .select(['u.id', 'u.username'])
    .executeTakeFirst()
}

export interface NewAdministrator {
  personId: string
  practitionerRoleId: string
  grantId: string
  fullName: string
  username: string
  phone: string | null
  facilityId: string
}

/**
 * Person, account, post and role. Nobody knows a password, so nobody need vouch; who granted is left open, so that the
 * first two do not stem from each other.
 */
export async function insertAdministrator(tx: Tx, one: NewAdministrator): Promise<void> {
  await sql`insert into identity.person (id, full_name, phone)
    values (${one.personId}, ${one.fullName}, ${one.phone})`.execute(tx)
  await sql`insert into identity.account_user (id, kind, email, username, must_change_password)
    values (${one.personId}, 'staff', ${`${one.personId}@account.invalid`}, ${one.username}, true)`.execute(tx)
  await sql`insert into identity.practitioner_role (id, person_id, facility_id, title, is_public)
    values (${one.practitionerRoleId}, ${one.personId}, ${one.facilityId}, 'Quản trị hệ thống', false)`.execute(tx)
  await sql`insert into identity.role_grant (id, person_id, role_key, facility_id)
    values (${one.grantId}, ${one.personId}, 'system_admin', ${one.facilityId})`.execute(tx)
}
