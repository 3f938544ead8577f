import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { asSystem } from '../../../platform/db/work.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import type { CareReason } from './tables.ts'

export interface RelationshipLine {
  id: string
  name: string
  kind: 'facility' | 'person'
  reason: CareReason
  from: string
  until: string | null
  mine: boolean
  note: string | null
}

/** Who may see this patient today and why. Asked only after the actor was found to be one of them (or the patient). */
export async function relationshipsOf(work: Work, patientId: string): Promise<RelationshipLine[]> {
  const { actor } = work
  return asSystem(work, systemActor, async ({ tx }) => {
    const { rows } = await sql<{ id: string; name: string | null; facility_id: string | null; person_id: string | null; reason: CareReason; since: Date; until: Date | null; note: string | null }>`
      select distinct on (c.reason, coalesce(c.facility_id, c.person_id)) c.id, coalesce(f.short_name, p.full_name) as name, c.facility_id, c.person_id, c.reason,
        lower(c.valid) as since, upper(c.valid) as until, case when c.reason = 'break_glass' then c.note end as note
      from records.care_relationship c left join facilities.facility f on f.id = c.facility_id left join identity.person p on p.id = c.person_id
      where c.patient_id = ${patientId} and c.valid @> now()
      order by c.reason, coalesce(c.facility_id, c.person_id), upper(c.valid) desc nulls first`.execute(tx)
    return rows.map((row) => ({
      id: row.id, name: row.name ?? '', kind: row.facility_id ? 'facility' : 'person', reason: row.reason,
      from: row.since.toISOString(), until: row.until?.toISOString() ?? null, note: row.note,
      mine: (row.facility_id !== null && actor.facilityIds.includes(row.facility_id)) || (row.person_id !== null && row.person_id === actor.personId),
    }))
  })
}

/** Was this practitioner let to the patient by a consult when the encounter began? Then they are the side that helps from afar. */
export async function cameByConsult(tx: Tx, seen: { patientId: string; practitionerId: string; at: Date }): Promise<boolean> {
  const { rows } = await sql`select from records.care_relationship where patient_id = ${seen.patientId}
    and person_id = ${seen.practitionerId} and reason = 'consult' and valid @> ${seen.at}::timestamptz limit 1`.execute(tx)
  return rows.length > 0
}

/** Particulars are corrected by a unit that cares for the patient, not by one who was let in for a consult or an emergency. */
export function mayCorrect(work: Work, relationships: readonly RelationshipLine[]): boolean {
  return work.actor.can('patient.register') && relationships.some((one) => one.mine && one.kind === 'facility' && (one.reason === 'registered' || one.reason === 'appointment' || one.reason === 'encounter'))
}
