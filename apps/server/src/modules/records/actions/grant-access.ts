import type { CareEndCause } from '@moinha/contracts/records'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { careReasons, lentReasons } from '../care-reasons.ts'
import { recordsErrors } from '../errors.ts'

export interface AccessGrant {
  patientId: string
  /** Exactly one of the two: a unit, or one person. */
  facilityId?: string
  personId?: string
  /** Code of a reason some module declares. */
  reason: string
  /** The appointment, encounter or consult that is the reason. */
  subjectId?: string
  until?: Date
  note?: string
}

/** How long an emergency opens a record, counted from its beginning. No source prescribes it. */
export const emergencyHours = 24

/** A case by which a record was lent, and under which reason. */
export interface LentBy {
  reason: string
  subjectId: string
}

/** By what the actor sees a patient, where every way in was lent to them: by an emergency, or for cases of others. */
export type LentAccess = { by: 'emergency'; until: Date } | { by: 'case'; cases: readonly LentBy[] }

interface LentRow {
  lasting: boolean | null
  glass: boolean | null
  ends: Date | null
  cases: LentBy[] | null
}

interface AskedBy {
  lent: readonly string[]
  patientId: string
  facilityIds: readonly string[]
  personId: string | null
}

const reasonsToSee = compileOnce(
  (_tx, { lent, patientId, facilityIds, personId }: AskedBy) => sql<LentRow>`
    select bool_or(not emergency and reason <> 'break_glass' and reason <> all(${lent}::text[])) as lasting,
      bool_or(reason = 'break_glass') as glass, max(upper(valid)) filter (where reason <> all(${lent}::text[])) as ends,
      jsonb_agg(jsonb_build_object('reason', reason, 'subjectId', subject_id))
        filter (where reason = any(${lent}::text[]) and subject_id is not null) as cases
    from records.care_relationship where patient_id = ${patientId} and valid @> now()
      and (facility_id = any(${facilityIds}::uuid[]) or person_id = ${personId})`,
)

/**
 * What was lent ends with what it was lent for, so nobody passes it on for longer or to more people. Undefined for
 * whoever sees the patient without such a limit, or by no relationship at all.
 */
export async function lentAccess(work: Work, patientId: string): Promise<LentAccess | undefined> {
  const { actor, now } = work
  const lent = lentReasons(work.registries)
  if (actor.kind !== 'staff') return undefined
  const { clinicalFacilityIds: facilityIds, personId } = actor
  const rows = await asSystem(work, systemActor, ({ tx }) =>
    reasonsToSee(tx, { lent, patientId, facilityIds, personId }),
  )
  const [access] = rows
  if (!access || access.lasting) return undefined
  // only a glass still broken gives a new day: an encounter after it ends no later than the one before
  if (access.glass) return { by: 'emergency', until: new Date(now.getTime() + emergencyHours * 3_600_000) }
  if (access.ends) return { by: 'emergency', until: access.ends }
  return access.cases ? { by: 'case', cases: access.cases } : undefined
}

/** When the actor's access to a patient ends, where it rests on an emergency. */
export async function emergencyEnd(work: Work, patientId: string): Promise<Date | undefined> {
  const lent = await lentAccess(work, patientId)
  return lent?.by === 'emergency' ? lent.until : undefined
}

/**
 * Opens a patient's record to a unit or a person, saying why. Called by modules after their own policy said yes; twice
 * is once. Nobody lets a unit in for longer than an emergency lets them see the patient themselves, and nobody at all
 * where they see the patient only for a case of others.
 */
export async function grantAccess(work: Work, care: AccessGrant): Promise<void> {
  work.registries.require(careReasons, care.reason)
  const lent = care.facilityId === undefined ? undefined : await lentAccess(work, care.patientId)
  if (lent?.by === 'case') throw recordsErrors.CARE_BY_CONSULT_ONLY()
  const untilEmergencyEnds = lent?.until
  const until = care.until ?? untilEmergencyEnds
  await asSystem(work, systemActor, async ({ tx }) => {
    const emergency = care.reason === 'break_glass' || untilEmergencyEnds !== undefined
    await sql`insert into records.care_relationship
        (patient_id, facility_id, person_id, reason, subject_id, note, valid, created_by, emergency)
      select ${care.patientId}::uuid, ${care.facilityId ?? null}::uuid, ${care.personId ?? null}::uuid, ${care.reason},
        ${care.subjectId ?? null}::uuid, ${care.note ?? null}, tstzrange(now(), ${until?.toISOString() ?? null}),
        ${work.actor.personId}::uuid, ${emergency}
      where ${untilEmergencyEnds === undefined}
        or not exists (select from records.care_relationship c where c.patient_id = ${care.patientId}
        and c.facility_id = ${care.facilityId ?? null} and c.reason = ${care.reason} and c.subject_id is not distinct
          from ${care.subjectId ?? null} and c.valid @> now())
      on conflict do nothing`.execute(tx)
  })
  work.audit({
    // stored in the access log: keeps its first name on purpose
    action: 'records.startCare',
    subject: 'care_relationship',
    patientId: care.patientId,
    subjectId: care.subjectId,
    detail: { reason: care.reason },
  })
}

export interface AccessEnding {
  patientId: string
  /** The appointment, encounter or consult that gave the relationships. */
  subjectId: string
  cause: CareEndCause
  /** Only this person's, where others' go on. */
  onlyPersonId?: string | null | undefined
  /** Everybody's but this person's. */
  exceptPersonId?: string | null | undefined
}

/**
 * Ends the relationships that one appointment, encounter or consult gave: at once, or after the grace that
 * `records.access_grace` names for the reason and the cause. Shortens only; what ends sooner stays as it is.
 */
export async function endAccess(work: Work, ending: AccessEnding): Promise<void> {
  const { patientId, subjectId, cause, onlyPersonId = null, exceptPersonId = null } = ending
  const ended = await asSystem(work, systemActor, async ({ tx }) => {
    const { rows } = await sql<{ id: string }>`
      with ending as (
        select c.id, greatest(lower(c.valid), now() + make_interval(hours => coalesce(g.hours, 0))) as until
        from records.care_relationship c left join records.access_grace g on g.reason = c.reason and g.cause = ${cause}
        where c.patient_id = ${patientId} and c.subject_id = ${subjectId} and c.valid @> now()
          and (${onlyPersonId}::uuid is null or c.person_id = ${onlyPersonId}::uuid)
          and (${exceptPersonId}::uuid is null or c.person_id is distinct from ${exceptPersonId}::uuid))
      update records.care_relationship c
      set valid = tstzrange(lower(c.valid), e.until), end_cause = ${cause}, ended_at = now(),
        ended_by = ${work.actor.personId}::uuid
      from ending e where c.id = e.id and (upper_inf(c.valid) or upper(c.valid) > e.until)
      returning c.id`.execute(tx)
    return rows.length
  })
  if (ended === 0) return
  work.audit({
    // stored in the access log: keeps its first name on purpose
    action: 'records.endCare',
    subject: 'care_relationship',
    patientId,
    subjectId,
    detail: { cause, ended },
  })
}
