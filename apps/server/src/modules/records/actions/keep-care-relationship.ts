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

/** How long an emergency opens a record, counted from the act. No source prescribes it. */
export const emergencyHours = 24

/**
 * When the actor's access to a patient ends, where it rests on an emergency alone: on a broken glass, or on what somebody's
 * broken glass gave to the unit. Undefined for whoever sees the patient without an end, or by no relationship at all.
 */
export async function emergencyEnd(work: Work, patientId: string): Promise<Date | undefined> {
  const { actor, now } = work
  if (actor.kind !== 'staff') return undefined
  const { rows } = await asSystem(work, systemActor, ({ tx }) => sql<{ lasting: boolean | null; glass: boolean | null; ends: Date | null }>`
    select bool_or(upper_inf(valid)) as lasting, bool_or(reason = 'break_glass') as glass, max(upper(valid)) as ends
    from records.care_relationship where patient_id = ${patientId} and valid @> now()
      and (facility_id = any(${[...actor.facilityIds]}::uuid[]) or person_id = ${actor.personId})`.execute(tx))
  const access = rows[0]
  if (!access?.ends || access.lasting) return undefined
  // only a glass still broken gives a new day: an encounter after it ends no later than the one before
  return access.glass ? new Date(now.getTime() + emergencyHours * 3_600_000) : access.ends
}

/**
 * Opens a patient's record to a unit or a person, saying why. Called by modules after their own policy said yes; twice is once.
 * Nobody lets a unit in for longer than an emergency lets them see the patient themselves.
 */
export async function startCare(work: Work, care: CareStart): Promise<void> {
  const untilEmergencyEnds = care.facilityId === undefined ? undefined : await emergencyEnd(work, care.patientId)
  const until = care.until ?? untilEmergencyEnds
  await asSystem(work, systemActor, async ({ tx }) => {
    await sql`insert into records.care_relationship (patient_id, facility_id, person_id, reason, subject_id, note, valid, created_by)
      select ${care.patientId}::uuid, ${care.facilityId ?? null}::uuid, ${care.personId ?? null}::uuid, ${care.reason}, ${care.subjectId ?? null}::uuid, ${care.note ?? null},
        tstzrange(now(), ${until?.toISOString() ?? null}), ${work.actor.personId}::uuid
      where ${untilEmergencyEnds === undefined} or not exists (select from records.care_relationship c where c.patient_id = ${care.patientId}
        and c.facility_id = ${care.facilityId ?? null} and c.reason = ${care.reason} and c.subject_id is not distinct from ${care.subjectId ?? null} and c.valid @> now())
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
