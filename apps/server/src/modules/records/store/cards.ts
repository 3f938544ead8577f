import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'

/** A patient in one line, for lists of other modules. */
export interface PatientCard {
  id: string
  fullName: string
  sex: 'male' | 'female' | 'unknown'
  birthDate: string | null
  phone: string | null
  homeFacilityId: string | null
}

/** Patients by id; those the actor may not see are left out. */
export async function patientCards(work: Work, ids: readonly string[]): Promise<PatientCard[]> {
  if (ids.length === 0) return []
  const rows = await work.tx
    .selectFrom('records.patient')
    .where(sql<boolean>`id = any (${[...new Set(ids)]}::uuid[])`)
    .select(['id', 'full_name', 'sex', 'birth_date', 'phone', 'home_facility_id'])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    fullName: row.full_name,
    sex: row.sex,
    birthDate: row.birth_date,
    phone: row.phone,
    homeFacilityId: row.home_facility_id,
  }))
}
