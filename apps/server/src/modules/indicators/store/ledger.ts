import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import type { RecordedActivity } from '../domain/ledger-difference.ts'
import './tables.ts'

/** The thing whose rows are written, and what brought that about. */
export interface Writing {
  subjectKind: string
  subjectId: string
  /** Name of the event. */
  cause: string
  now: Date
}

/** Makes activities that count the same thing wait for each other, so that each sees the rows of the one before. */
export async function holdSubject(tx: Tx, subjectId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`indicators.subject ${subjectId}`}, 0))`.execute(tx)
}

/** The rows of one thing that nobody took back. */
export async function recordedActivities(tx: Tx, subjectId: string): Promise<RecordedActivity[]> {
  const { rows } = await sql<RecordedActivity>`
    select a.id, a.kind, a.at, a.facility_id as "facilityId", a.practitioner_id as "practitionerId",
      a.patient_id as "patientId",
      a.self_performed as "selfPerformed", a.counterpart_facility_id as "counterpartFacilityId", a.programme
    from indicators.activity a where a.subject_id = ${subjectId} and a.sign = 1 and ${neverReversed}`.execute(tx)
  return rows
}

/** Condition over a row `a` of sign 1: nobody took it back. */
export const neverReversed = sql<boolean>`not exists (
  select from indicators.activity back where back.reverses = a.id and back.province_key = a.province_key)`

/** Takes rows back: each gets its reversal, a row alike with the other sign. */
export async function reverseActivities(tx: Tx, ids: readonly string[], { cause, now }: Writing): Promise<void> {
  if (ids.length > 0) await sql`select indicators.reverse(${[...ids]}::uuid[], ${cause}, ${now})`.execute(tx)
}

/** The province's node on the day: the key a large installation partitions by. */
const provinceOf = (facilityId: string, at: Date) => sql`
  coalesce((select subltree(path, 1, 2)::text from facilities.tree_path
    where facility_id = ${facilityId} and nlevel(path) > 1 and valid @> ${localDateOf(at)}::date), 'none')`

/** The first row of a thing; false, and nothing written, where it has one already. */
export async function writeFirst(tx: Tx, activity: ExpectedActivity, writing: Writing): Promise<boolean> {
  const { subjectKind, subjectId, cause, now } = writing
  const practitionerId = activity.practitionerId ?? null
  const { numAffectedRows } = await sql`
    insert into indicators.activity (province_key, kind, at, facility_id, practitioner_id,
      practitioner_title, practitioner_qualification, patient_id, self_performed,
      counterpart_facility_id, subject_kind, subject_id, programme, revision, cause, recorded_at)
    select ${provinceOf(activity.facilityId, activity.at)},
      ${activity.kind}, ${activity.at}, ${activity.facilityId}, ${practitionerId}::uuid, post.title,
      post.qualification_code,
      ${activity.patientId ?? null}::uuid, ${activity.selfPerformed ?? true},
      ${activity.counterpartFacilityId ?? null}::uuid,
      ${subjectKind}, ${subjectId}, ${activity.programme ?? null}, 1, ${cause}, ${now}
    from (select) one
    left join lateral (select title, qualification_code from identity.practitioner_card
      where person_id = ${practitionerId}::uuid
      order by (facility_id = ${activity.facilityId}) desc, valid_until is null desc, valid_from desc
        limit 1) post on true
    where not exists (select from indicators.activity counted where counted.subject_id = ${subjectId})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * One countable thing, in the transaction of the thing itself. Counted anew, the person keeps the title and the
 * qualification they had when it was counted first.
 */
export async function writeActivity(tx: Tx, activity: ExpectedActivity, writing: Writing): Promise<void> {
  const { subjectKind, subjectId, cause, now } = writing
  const practitionerId = activity.practitionerId ?? null
  await sql`
    with before as (
      select revision, practitioner_id, practitioner_title, practitioner_qualification from indicators.activity
      where subject_id = ${subjectId} and kind = ${activity.kind} and facility_id = ${activity.facilityId}
      order by revision desc limit 1),
    post as (
      select practitioner_title as title, practitioner_qualification as qualification from before
      where practitioner_id = ${practitionerId}::uuid
      union all
      (select title, qualification_code from identity.practitioner_card where person_id = ${practitionerId}::uuid
        and not exists (select from before where practitioner_id = ${practitionerId}::uuid)
        order by (facility_id = ${activity.facilityId}) desc, valid_until is null desc, valid_from desc limit 1))
    insert into indicators.activity (province_key, kind, at, facility_id, practitioner_id,
      practitioner_title, practitioner_qualification, patient_id, self_performed,
      counterpart_facility_id, subject_kind, subject_id, programme, revision, cause, recorded_at)
    select ${provinceOf(activity.facilityId, activity.at)},
      ${activity.kind}, ${activity.at}, ${activity.facilityId}, ${practitionerId}::uuid,
      (select title from post), (select qualification from post),
      ${activity.patientId ?? null}::uuid, ${activity.selfPerformed ?? true},
      ${activity.counterpartFacilityId ?? null}::uuid,
      ${subjectKind}, ${subjectId}, ${activity.programme ?? null},
      coalesce((select revision from before), 0) + 1, ${cause}, ${now}`.execute(tx)
}
