import type { Tx } from '../../../platform/db/database.ts'

/** Is there a record of the patient that the actor may see? */
export async function isPatientKnown(tx: Tx, patientId: string): Promise<boolean> {
  return (
    (await tx.selectFrom('records.patient_card').where('id', '=', patientId).select('id').executeTakeFirst()) !==
    undefined
  )
}
