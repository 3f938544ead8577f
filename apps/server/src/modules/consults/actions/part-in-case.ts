import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { pathOf } from '../../facilities/index.ts'
import { consultsErrors } from '../errors.ts'
import { maySeeConsult, sideOf, type PartInCase, type Side } from '../policy.ts'
import { findConsult, selectConsultForUpdate } from '../store/consult-rows.ts'
import type { ConsultRow } from '../store/tables.ts'

/** The actor's part in a case. */
async function partIn(work: Work, row: ConsultRow, personId = work.actor.personId): Promise<PartInCase> {
  const ring = await work.tx
    .selectFrom('consults.ring')
    .where('consult_id', '=', row.id)
    .where('round', '=', row.round)
    .where('person_id', '=', personId ?? '00000000-0000-0000-0000-000000000000')
    .select('step')
    .executeTakeFirst()
  const supportingPath = row.supporting_facility_id ? await pathOf(work.tx, row.supporting_facility_id) : undefined
  return { rung: ring !== undefined, supportingPath: supportingPath ?? '' }
}

export interface SeenCase {
  row: ConsultRow
  part: PartInCase
  side: Side
}

/** The case if the actor may see it, with their part in it. */
export async function seeCase(work: Work, id: string): Promise<SeenCase> {
  return requireVisible(work, await findConsult(work, id))
}

/** The same with the row held, for an action. */
export async function lockConsult(work: Work, id: string): Promise<SeenCase> {
  return requireVisible(work, await selectConsultForUpdate(work, id))
}

/** Might the actor still act in this case? */
export async function seesCase(work: Work, id: string): Promise<boolean> {
  const row = await findConsult(work, id)
  return row !== undefined && maySeeConsult(work.actor, row, await partIn(work, row))
}

async function requireVisible(work: Work, row: ConsultRow | undefined): Promise<SeenCase> {
  if (!row) throw consultsErrors.CONSULT_UNKNOWN()
  const part = await partIn(work, row)
  const side = sideOf(work.actor, row, part)
  if (!side || !maySeeConsult(work.actor, row, part)) throw consultsErrors.CONSULT_UNKNOWN()
  return { row, part, side }
}

/** The held row past the second wall, for an answer that comes after somebody else’s; the caller judges it. */
export async function lockConsultAsSystem(work: Work, id: string): Promise<{ row: ConsultRow; part: PartInCase }> {
  return asSystem(work, systemActor, async (system) => {
    const row = await selectConsultForUpdate(system, id)
    return { row, part: await partIn(system, row, work.actor.personId) }
  })
}
