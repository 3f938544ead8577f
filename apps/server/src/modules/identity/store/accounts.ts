import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** The accounts behind a patient: their own and those of the family members who act for them. Call it as the system. */
export async function accountsBehind(tx: Tx, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from identity.account_user u where u.id = ${patientId}
    union
    select f.guardian_id from identity.family_member f where f.dependant_id = ${patientId}
      and f.valid_until is null`.execute(tx)
  return rows.map((row) => row.id)
}

/** The citizen's account behind a verified phone, where the name fits too. Ask as the system. */
export async function citizenAccountOf(tx: Tx, phone: string, fullName: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select u.id from identity.account_user u join identity.person p on p.id = u.id
    where u.kind = 'citizen' and u.phone = ${phone} and u.phone_verified and u.disabled_at is null
      and platform.fold(p.full_name) = platform.fold(${fullName})`.execute(tx)
  return rows[0]?.id
}

/** Who of these people has an account. */
export async function holdersOfAccounts(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('identity.account_user')
    .where(sql<boolean>`id = any (${[...personIds]}::uuid[])`)
    .select('id')
    .execute()
  return new Set(rows.map((row) => row.id))
}

export interface LicensedStaff {
  personId: string
  facilityId: string
  specialties: string[]
  username: string
  isLead: boolean
}

/** Licensed staff with a specialty at units of these types, and who of them leads duties. For the demo's roster. */
export async function licensedStaffAt(tx: Tx, facilityTypes: readonly string[]): Promise<LicensedStaff[]> {
  const { rows } = await sql<LicensedStaff>`
    select s.person_id as "personId", s.facility_id as "facilityId", s.specialties,
      coalesce(a.username, '') as username,
      exists (select from identity.role_grant g
        where g.person_id = s.person_id and g.role_key = 'duty_lead' and g.valid_until is null) as "isLead"
    from identity.practitioner_role s
    join facilities.unit f on f.id = s.facility_id
    left join identity.account_user a on a.id = s.person_id
    where s.valid_until is null and s.licence_no <> '' and cardinality(s.specialties) > 0
      and f.type = any (${[...facilityTypes]}::text[])
    order by s.facility_id, a.username, s.person_id`.execute(tx)
  return rows
}
