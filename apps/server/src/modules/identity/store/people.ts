import { sql } from 'kysely'
import type { QualificationCode } from '@moinha/contracts/qualifications'
import type { Tx } from '../../../platform/db/database.ts'
import type { Sex } from './tables.ts'

export interface PersonCard {
  id: string
  fullName: string
  sex: Sex
  birthDate: string | null
  /** E.164 */
  phone: string | null
  ethnicity: { system: string; code: string } | null
  language: 'vi' | 'en'
}

/** People by id, as far as the actor of this transaction may see them. */
export async function personCards(tx: Tx, ids: readonly string[]): Promise<PersonCard[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('identity.person')
    .where(sql<boolean>`id = any (${[...new Set(ids)]}::uuid[])`)
    .selectAll()
    .execute()
  return rows.map((row) => ({
    id: row.id,
    fullName: row.full_name,
    sex: row.sex,
    birthDate: row.birth_date,
    phone: row.phone,
    language: row.language,
    ethnicity:
      row.ethnicity_system !== null && row.ethnicity_code !== null
        ? { system: row.ethnicity_system, code: row.ethnicity_code }
        : null,
  }))
}

export interface StaffCard {
  practitionerRoleId: string
  personId: string
  facilityId: string
  fullName: string
  qualificationCode: QualificationCode
  /** As typed: shown, never compared. */
  title: string
  degree: string
  specialties: string[]
  licenceNo: string
  isPublic: boolean
}

/** The current practitioner roles of units, by name. */
export async function staffAt(tx: Tx, facilityIds: readonly string[]): Promise<StaffCard[]> {
  if (facilityIds.length === 0) return []
  return staffCards(tx)
    .where(sql<boolean>`s.facility_id = any (${[...facilityIds]}::uuid[])`)
    .execute()
}

/** The current practitioner roles of people. */
export async function practitionerRolesOf(tx: Tx, personIds: readonly string[]): Promise<StaffCard[]> {
  if (personIds.length === 0) return []
  return staffCards(tx)
    .where(sql<boolean>`s.person_id = any (${[...personIds]}::uuid[])`)
    .execute()
}

function staffCards(tx: Tx) {
  return tx
    .selectFrom('identity.practitioner_role as s')
    .innerJoin('identity.person as p', 'p.id', 's.person_id')
    .where('s.valid_until', 'is', null)
    .select([
      's.id as practitionerRoleId',
      's.person_id as personId',
      's.facility_id as facilityId',
      'p.full_name as fullName',
      's.qualification_code as qualificationCode',
      's.title',
      's.degree',
      's.specialties',
      's.licence_no as licenceNo',
      's.is_public as isPublic',
    ])
    .orderBy('p.full_name')
    .orderBy('s.id')
}

/** People who hold a role at this very unit today. */
export async function holdersOf(tx: Tx, roleKey: string, facilityId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('identity.role_grant')
    .where('role_key', '=', roleKey)
    .where('facility_id', '=', facilityId)
    .where('valid_until', 'is', null)
    .select('person_id')
    .orderBy('valid_from')
    .execute()
  return rows.map((row) => row.person_id)
}

/** Who acts for these people today; call it as the system where the actor is not family. */
export async function guardiansOf(
  tx: Tx,
  dependantIds: readonly string[],
): Promise<{ guardianId: string; dependantId: string }[]> {
  if (dependantIds.length === 0) return []
  return tx
    .selectFrom('identity.family_member')
    .where(sql<boolean>`dependant_id = any (${[...dependantIds]}::uuid[])`)
    .where('valid_until', 'is', null)
    .select(['guardian_id as guardianId', 'dependant_id as dependantId'])
    .execute()
}
