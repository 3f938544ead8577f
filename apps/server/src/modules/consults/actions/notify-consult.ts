import type { Work } from '../../../platform/db/work.ts'
import type { ConsultFact } from '../events.ts'
import type { ConsultRow } from '../store/tables.ts'

/** Tells the open screens of everyone in the case that it changed; they fetch what they may see. */
export async function notifyConsult(
  work: Work,
  row: ConsultRow,
  alsoPeople: readonly (string | null)[] = [],
): Promise<void> {
  const payload = { consultId: row.id, status: row.status, step: row.step }
  await work.live(`facility:${row.requesting_facility_id}`, 'consult.changed', payload)
  if (row.supporting_facility_id) await work.live(`facility:${row.supporting_facility_id}`, 'consult.changed', payload)
  for (const person of new Set([row.consultant_id, ...alsoPeople]))
    if (person) await work.live(`person:${person}`, 'consult.changed', payload)
}

/** The case as other modules learn of it. */
export function factOf(row: ConsultRow, at: Date): ConsultFact {
  return {
    consultId: row.id,
    encounterId: row.encounter_id,
    patientId: row.patient_id,
    requestingFacilityId: row.requesting_facility_id,
    supportingFacilityId: row.supporting_facility_id,
    requesterId: row.requester_id,
    consultantId: row.consultant_id,
    specialty: row.specialty,
    at,
  }
}
