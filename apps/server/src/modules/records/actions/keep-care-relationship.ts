import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { CareReason } from '../store/tables.ts'

export interface CareStart {
  patientId: string
  /** Exactly one of the two: a unit, or one person. */
  facilityId?: string
  personId?: string
  reason: CareReason
  /** The appointment, encounter or consult that is the reason. */
  subjectId?: string
  until?: Date
  note?: string
}

/** Opens a patient's record to a unit or a person, saying why. Called by modules after their own policy said yes; twice is once. */
export async function startCare(work: Work, care: CareStart): Promise<void> {
  await asSystem(work, systemActor, async ({ tx }) => {
    await sql`insert into records.care_relationship (patient_id, facility_id, person_id, reason, subject_id, note, valid, created_by)
      values (${care.patientId}, ${care.facilityId ?? null}, ${care.personId ?? null}, ${care.reason}, ${care.subjectId ?? null}, ${care.note ?? null},
        tstzrange(now(), ${care.until?.toISOString() ?? null}), ${work.actor.personId})
      on conflict do nothing`.execute(tx)
  })
  work.audit({ action: 'records.startCare', subject: 'care_relationship', patientId: care.patientId, subjectId: care.subjectId, detail: { reason: care.reason } })
}

/** Ends the relationships that one appointment, encounter or consult gave. */
export async function endCare(work: Work, patientId: string, subjectId: string): Promise<void> {
  await asSystem(work, systemActor, async ({ tx }) => {
    await sql`update records.care_relationship set valid = tstzrange(lower(valid), greatest(now(), lower(valid)))
      where patient_id = ${patientId} and subject_id = ${subjectId} and (upper_inf(valid) or upper(valid) > now())`.execute(tx)
  })
  work.audit({ action: 'records.endCare', subject: 'care_relationship', patientId, subjectId })
}
