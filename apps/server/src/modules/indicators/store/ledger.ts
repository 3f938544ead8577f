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

/** Which thing is counted: two kinds may share an id, as an encounter and what was prescribed in it. */
type Subject = Pick<Writing, 'subjectKind' | 'subjectId'>

/** The rows of one thing that nobody took back. */
export async function recordedActivities(tx: Tx, { subjectKind, subjectId }: Subject): Promise<RecordedActivity[]> {
  const { rows } = await sql<RecordedActivity>`
    select a.id, a.kind, a.at, a.facility_id as "facilityId", a.practitioner_id as "practitionerId",
      a.patient_id as "patientId",
      a.self_performed as "selfPerformed", a.counterpart_facility_id as "counterpartFacilityId", a.programme
    from indicators.activity a
    where a.subject_id = ${subjectId} and a.subject_kind = ${subjectKind} and a.sign = 1 and ${neverReversed}`.execute(
    tx,
  )
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

/** What a row says of the thing itself; the rest depends on what was written before. */
const columns = sql`province_key, kind, at, facility_id, patient_id, self_performed, counterpart_facility_id,
  subject_kind, subject_id, programme, cause, recorded_at, practitioner_id`

const valuesOf = (activity: ExpectedActivity, { subjectKind, subjectId, cause, now }: Writing) => sql`
  ${provinceOf(activity.facilityId, activity.at)}, ${activity.kind}, ${activity.at}, ${activity.facilityId},
  ${activity.patientId ?? null}::uuid, ${activity.selfPerformed ?? true},
  ${activity.counterpartFacilityId ?? null}::uuid,
  ${subjectKind}, ${subjectId}, ${activity.programme ?? null}, ${cause}, ${now},
  ${activity.practitionerId ?? null}::uuid`

/** The person's role at the unit, or else the newest of theirs: the title and qualification they are counted under. */
const roleToday = (activity: ExpectedActivity) => sql`
  select title, qualification_code as qualification from identity.practitioner_card
  where person_id = ${activity.practitionerId ?? null}::uuid
  order by (facility_id = ${activity.facilityId}) desc, valid_until is null desc, valid_from desc limit 1`

/** The first row of a thing; false, and nothing written, where it has one already. */
export async function writeFirst(tx: Tx, activity: ExpectedActivity, writing: Writing): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into indicators.activity (${columns}, practitioner_title, practitioner_qualification, revision)
    select ${valuesOf(activity, writing)}, role.title, role.qualification, 1
    from (select) one left join lateral (${roleToday(activity)}) role on true
    where not exists (select from indicators.activity counted
      where counted.subject_id = ${writing.subjectId} and counted.subject_kind = ${writing.subjectKind})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * One countable thing, in the transaction of the thing itself. Counted anew, the person keeps the title and the
 * qualification they had when it was counted first.
 */
export async function writeActivity(tx: Tx, activity: ExpectedActivity, writing: Writing): Promise<void> {
  const practitionerId = activity.practitionerId ?? null
  const before = sql`
    select revision, practitioner_id, practitioner_title as title, practitioner_qualification as qualification
    from indicators.activity
    where subject_id = ${writing.subjectId} and kind = ${activity.kind} and facility_id = ${activity.facilityId}
    order by revision desc limit 1`
  await sql`
    with before as (${before}),
    counted_as as (select title, qualification from before where practitioner_id = ${practitionerId}::uuid),
    role as (select * from counted_as union all
      (select * from (${roleToday(activity)}) today where not exists (select from counted_as)))
    insert into indicators.activity (${columns}, practitioner_title, practitioner_qualification, revision)
    select ${valuesOf(activity, writing)}, (select title from role), (select qualification from role),
      coalesce((select revision from before), 0) + 1`.execute(tx)
}
