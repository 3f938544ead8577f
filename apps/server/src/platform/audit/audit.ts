import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db/database.ts'
import { sendUnheard } from '../db/pipelined.ts'

export interface AuditNote {
  /** `module.verb`, as in the contract: `records.readPatient`. */
  action: string
  /** What kind of thing: `encounter`, `patient`, `grant`. */
  subject: string
  subjectId?: string | undefined
  patientId?: string | undefined
  /** Every patient a list showed; each sees the row on their own page. */
  patientIds?: readonly string[] | undefined
  facilityId?: string | undefined
  outcome?: 'done' | 'refused'
  /** Codes and ids only, never names or clinical text. */
  detail?: Record<string, unknown> | undefined
}

const insertText = `
  insert into audit.entry (request_id, actor_kind, actor_id, actor_facility_id, action, outcome, subject, subject_id,
    patient_id, patient_ids, facility_id, detail)
  select $1, $2, $3::uuid, $4::uuid, action, outcome, subject, subject_id, patient_id, patient_ids, facility_id, detail
  from jsonb_to_recordset($5::jsonb) as r(action text, outcome text, subject text, subject_id uuid, patient_id uuid,
    patient_ids uuid[], facility_id uuid, detail jsonb)`

/** Writes audit rows inside the transaction they tell of; they are chained by hash seconds later by the sealer. */
export async function writeAudit(tx: Tx, actor: Actor, requestId: string, notes: readonly AuditNote[]): Promise<void> {
  if (notes.length === 0) return
  const home = homeOf(actor)
  const rows = notes.map((note) => ({
    ...patientsOf(note),
    action: note.action,
    outcome: note.outcome ?? 'done',
    subject: note.subject,
    subject_id: note.subjectId ?? null,
    facility_id: note.facilityId ?? home,
    detail: note.detail ?? null,
  }))
  await sendUnheard(tx, insertText, [requestId, actor.kind, actor.personId, home, JSON.stringify(rows)])
}

/** The unit an actor acts from; a program has no clinical place, its unit is where it was given its token. */
function homeOf({ kind, clinicalFacilityIds, grants }: Actor): string | null {
  const unit = kind === 'service' ? grants[0]?.facilityId : clinicalFacilityIds[0]
  return unit ?? null
}

/** One patient in one column, several in the other: both are searched. */
function patientsOf({ patientId, patientIds = [] }: AuditNote): {
  patient_id: string | null
  patient_ids: string[] | null
} {
  const all = [...new Set(patientId ? [patientId, ...patientIds] : patientIds)]
  return all.length > 1
    ? { patient_id: patientId ?? null, patient_ids: all }
    : { patient_id: all[0] ?? null, patient_ids: null }
}
