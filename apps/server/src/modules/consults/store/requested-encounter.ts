import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { exactNumber } from '../../../platform/decimal/decimal.ts'

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
    select e.id, e.patient_id as "patientId", e.facility_id as "facilityId", e.status, e.visit_id as "visitId", e.started_at as "startedAt", e.complaint, e.findings, e.channel,
      p.full_name as "patientName", p.sex as "patientSex", p.birth_date as "patientBirthDate", coalesce(d.display, '') as diagnosis, coalesce(d.code, '') as icd10
    from records.encounter e join records.patient p on p.id = e.patient_id
    left join records.encounter_diagnosis d on d.encounter_id = e.id and d.position = 0 where e.id = ${id}`.execute(tx)
  return rows[0]
}

/** Keeps the encounter as it is until the transaction ends. */
export async function holdEncounter(tx: Tx, id: string): Promise<void> {
  await sql`select from records.encounter where id = ${id} for share`.execute(tx)
}

/** Whether something may still be asked about the encounter. */
export async function isEncounterOpen(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from records.encounter where id = ${id} and status = 'in_progress'`.execute(tx)
  return rows.length > 0
}

interface VitalRow {
  code: string
  display: string
  /** NUMERIC, as its exact text. */
  value: string
  unit: string
  takenAt: Date
}

/** The latest measurement of each kind in the encounter. */
export async function vitalsOf(tx: Tx, encounterId: string) {
  const { rows } = await sql<VitalRow>`
    select distinct on (code) code, display, value, unit, taken_at as "takenAt" from records.observation
    where encounter_id = ${encounterId} and not taken_back order by code, taken_at desc`.execute(tx)
  return rows.map((row) => ({ ...row, value: exactNumber(row.value), takenAt: row.takenAt.toISOString() }))
}
