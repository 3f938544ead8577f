import { CareEndCause } from '@moinha/contracts/records'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/access/actor.ts'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { asSystem } from '../../../platform/db/work.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Names, Registries } from '../../../platform/registries/registries.ts'
import { careReasons, lentReasons } from '../care-reasons.ts'

export interface RelationshipLine {
  id: string
  name: string
  kind: 'facility' | 'person'
  reason: string
  reasonName: Names
  from: string
  until: string | null
  current: boolean
  endCause: CareEndCause | null
  mine: boolean
  note: string | null
  /** Rests on a broken glass: it lets one treat, and gives no word on who the patient is or who acts for them. */
  emergency: boolean
}

interface RelationshipRow {
  id: string
  name: string | null
  facility_id: string | null
  person_id: string | null
  reason: string
  name_vi: string
  name_en: string
  since: Date
  until: Date | null
  current: boolean
  end_cause: string | null
  emergency: boolean
  note: string | null
}

/** Past relationships on a patient's page; who wants to know more asks the access log. */
const mostPast = 100

const relationshipsByPatient = compileOnce(
  (_tx, { patientId }: { patientId: string }) => sql<RelationshipRow>`
      with held as (
        select c.id, coalesce(f.short_name, p.full_name) as name, c.facility_id, c.person_id, c.reason, r.name_vi,
          r.name_en, lower(c.valid) as since,
          upper(c.valid) as until, c.valid @> now() as current, c.end_cause, c.emergency
          or c.reason = 'break_glass' as emergency,
          case when c.reason = 'break_glass' then c.note end as note
        from records.care_relationship c join records.care_reason r on r.code = c.reason
        left join facilities.unit f on f.id = c.facility_id left join identity.person_card p on p.id = c.person_id
        where c.patient_id = ${patientId} and not isempty(c.valid)),
      now_held as (select distinct on (reason, coalesce(facility_id, person_id)) * from held where current
        order by reason, coalesce(facility_id, person_id), emergency, until desc nulls first)
      select * from now_held
      union all (select * from held where not current order by until desc, id limit ${mostPast})`,
)

/**
 * Who may see this patient today and why, one line per holder and reason; then who might, newest first.
 * Asked only after the actor was found to be one of them (or the patient).
 */
export async function relationshipsOf(work: Work, patientId: string): Promise<RelationshipLine[]> {
  const rows = await asSystem(work, systemActor, ({ tx }) => relationshipsByPatient(tx, { patientId }))
  return rows.map((row) => lineOf(row, work.actor))
}

/** Units and people who may see this patient now; asked as the system. */
export async function holdersOf(tx: Tx, patientId: string) {
  const { rows } = await sql<{ facilityId: string | null; personId: string | null }>`
    select distinct facility_id as "facilityId", person_id as "personId" from records.care_relationship
    where patient_id = ${patientId} and valid @> now()`.execute(tx)
  return rows
}

interface Meeting {
  patientId: string
  practitionerId: string
  at: Date
}

/**
 * Was the patient lent to this practitioner for a case of others when the encounter began? Then they help from afar.
 */
export async function cameForACase({ tx, registries }: Work, seen: Meeting): Promise<boolean> {
  const { rows } = await sql`select from records.care_relationship where patient_id = ${seen.patientId}
    and person_id = ${seen.practitionerId} and reason = any(${lentReasons(registries)}::text[])
    and valid @> ${seen.at}::timestamptz limit 1`.execute(tx)
  return rows.length > 0
}

function lineOf(row: RelationshipRow, actor: Actor): RelationshipLine {
  const ofUnit = row.facility_id !== null && actor.clinicalFacilityIds.includes(row.facility_id)
  return {
    id: row.id,
    name: row.name ?? '',
    kind: row.facility_id ? 'facility' : 'person',
    reason: row.reason,
    reasonName: { vi: row.name_vi, en: row.name_en },
    from: row.since.toISOString(),
    until: row.until?.toISOString() ?? null,
    current: row.current,
    note: row.note,
    endCause: causeOf(row),
    emergency: row.emergency,
    mine: row.current && (ofUnit || (row.person_id !== null && row.person_id === actor.personId)),
  }
}

/** Why it is over; what still opens the record has no cause yet, though its end may be known. */
function causeOf({ until, current, end_cause, emergency }: RelationshipRow): CareEndCause | null {
  if (until === null || current) return null
  const known = CareEndCause.safeParse(end_cause)
  if (known.success) return known.data
  return emergency ? 'expired' : 'ended'
}

/**
 * Particulars, numbers and guardians are kept by a unit that cares for the patient, not by one who was let in for a
 * consult or an emergency, nor by what the unit opened during one: a day's access must leave nobody a lasting one.
 */
export function mayCorrect(work: Work, relationships: readonly RelationshipLine[]): boolean {
  const keepsThese = (one: RelationshipLine): boolean =>
    one.mine && one.kind === 'facility' && keeps(work.registries, one.reason) && !one.emergency
  return work.actor.can('patient.register') && relationships.some(keepsThese)
}

function keeps(registries: Registries, reason: string): boolean {
  return registries.find(careReasons, reason)?.keepsParticulars === true
}

interface Access {
  actor: Actor
  patientId: string
  since: Date
}

/** Had they access to this record at that time that is over now? Asked as the system: it names whose access it is. */
export async function lostAccessSince({ tx }: Work, { actor, patientId, since }: Access): Promise<boolean> {
  const { rows } = await sql<{ lost: boolean }>`
    select coalesce(bool_or(c.valid @> ${since}::timestamptz) and not bool_or(c.valid @> now()), false) as lost
    from records.care_relationship c where c.patient_id = ${patientId}
      and (c.facility_id = any (${[...actor.clinicalFacilityIds]}::uuid[]) or c.person_id = ${actor.personId})`.execute(
    tx,
  )
  return rows[0]?.lost ?? false
}
