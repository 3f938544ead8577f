import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** A finished encounter, as far as a plan of follow-up asks. */
export interface FinishedVisit {
  encounterId: string
  startedAt: Date
  /** ICD-10, the primary one first. */
  diagnoses: string[]
  /** The last reading of each kind, by LOINC code. For comparing with a threshold, not for showing. */
  readings: Record<string, number>
}

/** What was finished with a patient since an instant, oldest first. Ask as the system where a plan is computed. */
export async function finishedVisits(tx: Tx, patientId: string, since: Date): Promise<FinishedVisit[]> {
  const { rows } = await sql<FinishedVisit>`
    select e.id as "encounterId", e.started_at as "startedAt",
      array(select d.code from records.encounter_diagnosis d where d.encounter_id = e.id
        order by d.position) as diagnoses,
      coalesce((select jsonb_object_agg(o.code, o.value) from (
        select distinct on (code) code, value from records.observation
        where encounter_id = e.id and not taken_back order by code, taken_at desc) o), '{}') as readings
    from records.encounter e
    where e.patient_id = ${patientId} and e.status = 'finished' and e.started_at >= ${since}
    order by e.started_at`.execute(tx)
  return rows
}
