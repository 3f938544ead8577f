import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** The accounts behind a patient: their own and those of the family members who act for them. Call it as the system. */
export async function accountsBehind(tx: Tx, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from identity.account_user u where u.id = ${patientId}
    union
    select f.guardian_id from identity.family_member f where f.dependant_id = ${patientId} and f.valid_until is null`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

/** Is there a record of the patient that the actor may see? */
export async function isPatientKnown(tx: Tx, patientId: string): Promise<boolean> {
  return (
    (await tx.selectFrom('records.patient').where('id', '=', patientId).select('id').executeTakeFirst()) !== undefined
  )
}
