import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { noteUpperLevel } from '../../records/index.ts'
import { signedStatuses, tookPartStatuses } from '../domain/life-cycle.ts'
import type { ConsultFact } from '../events.ts'
import { findConsult } from '../store/consult-rows.ts'
import { factOf } from './notify-consult.ts'

/** The case as it stands now, if its minutes are signed; for modules that count it, whoever acts. `at` is when they were. */
export async function signedConsult(work: Work, id: string): Promise<ConsultFact | undefined> {
  const row = await asSystem(work, systemActor, (system) => findConsult(system, id))
  if (!row?.signed_at || !signedStatuses.includes(row.status)) return undefined
  return factOf(row, row.signed_at)
}

/**
 * Tells the record whether a doctor of the upper level has a case of this encounter. Derived from the cases, not remembered:
 * a case that is returned or withdrawn leaves the encounter as the unit's own again. One at a time for each encounter, so
 * that the last to say it has seen all cases.
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
