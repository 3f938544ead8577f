import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'

/** Whoever may read the encounter that a visit belongs to reads what was written in the visit. */
export async function readsEncounterOf({ tx }: Work, visitId: string): Promise<boolean> {
  const { rows } = await sql`select from records.encounter_card where visit_id = ${visitId} limit 1`.execute(tx)
  return rows.length > 0
}
