import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** What a request takes over from the encounter it belongs to. */
export interface RequestedEncounter {
  id: string
  patientId: string
  facilityId: string
  status: 'in_progress' | 'finished' | 'cancelled'
  visitId: string | null
  startedAt: Date
  complaint: string
  findings: string
  channel: string
  patientName: string
  patientSex: 'male' | 'female' | 'unknown'
  patientBirthDate: string | null
  diagnosis: string
  icd10: string
}

/** The encounter as the actor may see it. */
export async function requestedEncounter(tx: Tx, id: string): Promise<RequestedEncounter | undefined> {
  const { rows } = await sql<RequestedEncounter>`
    select e.id, e.patient_id as "patientId", e.facility_id as "facilityId", e.status, e.visit_id as "visitId",
      e.started_at as "startedAt", e.complaint, e.findings, e.channel,
      p.full_name as "patientName", p.sex as "patientSex", p.birth_date as "patientBirthDate",
      coalesce(e.diagnosis, '') as diagnosis, coalesce(e.icd10, '') as icd10
    from records.encounter_card e join records.patient_card p on p.id = e.patient_id where e.id = ${id}`.execute(tx)
  return rows[0]
}

/** Whether something may still be asked about the encounter. */
export async function isEncounterOpen(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from records.encounter_card where id = ${id} and status = 'in_progress'`.execute(tx)
  return rows.length > 0
}
