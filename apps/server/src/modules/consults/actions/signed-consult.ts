import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { noteUpperLevel } from '../../records/index.ts'
import { signedStatuses, tookPartStatuses } from '../domain/life-cycle.ts'
import { findConsult } from '../store/consult-rows.ts'
import { factOf } from './notify-consult.ts'

/**
 * What a case counts as by its facts of now, whoever acts. A signed consult is one activity of who asked (annex row 10)
 * and one of who answered (row 11), at the time its minutes were signed.
 */
export async function consultActivities(work: Work, id: string): Promise<ExpectedActivity[]> {
  const row = await asSystem(work, systemActor, (system) => findConsult(system, id))
  if (!row?.signed_at || !signedStatuses.includes(row.status)) return []
  const { supportingFacilityId: answering, requestingFacilityId: asking, ...consult } = factOf(row, row.signed_at)
  const { at, patientId } = consult
  const asked: ExpectedActivity = {
    kind: 'consult',
    at,
    patientId,
    facilityId: asking,
    practitionerId: consult.requesterId,
    counterpartFacilityId: answering,
    selfPerformed: false,
  }
  if (!answering) return [asked]
  const answered: ExpectedActivity = {
    kind: 'consult_answer',
    at,
    patientId,
    facilityId: answering,
    practitionerId: consult.consultantId,
    counterpartFacilityId: asking,
  }
  return [asked, answered]
}

/**
 * Tells the record whether a doctor of the upper level has a case of this encounter. Derived from the cases, not
 * remembered: a case that is returned or withdrawn leaves the encounter as the unit's own again. One at a time for each
 * encounter, so that the last to say it has seen all cases.
 */
export async function tellRecord(work: Work, encounterId: string): Promise<void> {
  const tookPart = await asSystem(work, systemActor, async ({ tx }) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`consults.encounter ${encounterId}`}, 0))`.execute(tx)
    const row = await tx
      .selectFrom('consults.consult')
      .where('encounter_id', '=', encounterId)
      .where('status', 'in', [...tookPartStatuses])
      .select('id')
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  })
  await noteUpperLevel(work, encounterId, tookPart)
}
