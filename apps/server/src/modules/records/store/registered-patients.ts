import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** What somebody says of a patient of a unit. */
export interface PatientProof {
  facilityId: string
  phone: string | null
  identifier: string
  birthDate: string
  /** Vietnam's day: a number counts from its first day on. */
  today: string
}

/** Patients registered at the unit whose birth date and phone or number these are. Ask as the system. */
export async function registeredPatients(tx: Tx, proof: PatientProof): Promise<{ id: string; phone: string | null }[]> {
  const { rows } = await sql<{ id: string; phone: string | null }>`
    select p.id, p.phone from records.patient p
    where p.birth_date = ${proof.birthDate}::date
      and (p.phone = ${proof.phone} or exists (select from records.patient_identifier i
        where i.patient_id = p.id and i.value = ${proof.identifier} and i.valid @> ${proof.today}::date))
      and exists (select from records.care_relationship r where r.patient_id = p.id
        and r.facility_id = ${proof.facilityId} and r.reason = 'registered' and r.valid @> now())`.execute(tx)
  return rows
}
