import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'

/** Of a case with a room of its own: whoever sees the case and its patient's record reads what was written there. */
export async function readsConsultOf({ tx }: Work, visitId: string): Promise<boolean> {
  const { rows } = await sql`
    select from consults.consult where id = ${visitId} and visit_id = ${visitId} and records.may_see(patient_id)`.execute(
    tx,
  )
  return rows.length > 0
}
