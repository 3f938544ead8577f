import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

export interface GivenItem {
  no: number
  quantity: string
}

interface NewDispensing {
  id: string
  prescriptionId: string
  patientId: string
  facilityId: string | null
  pharmacy: string | null
  givenBy: string | null
  items: readonly GivenItem[]
  at: Date
}

/** What stands under this id; ask as the system. */
export function findDispensing(tx: Tx, id: string) {
  return tx.selectFrom('prescriptions.dispensing').where('id', '=', id).selectAll().executeTakeFirst()
}

/**
 * Adds to what was handed out of each line. Answers how many lines took it: one that would go above what was
 * prescribed, or is not there, does not.
 */
export async function addGiven(tx: Tx, prescriptionId: string, items: readonly GivenItem[]): Promise<number> {
  const { rows } = await sql`
    update prescriptions.line l set dispensed = l.dispensed + g.quantity
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as g(no int, quantity numeric)
    where l.prescription_id = ${prescriptionId} and l.no = g.no and l.dispensed + g.quantity <= l.quantity
    returning l.no`.execute(tx)
  return rows.length
}

export async function insertDispensing(tx: Tx, of: NewDispensing): Promise<void> {
  await tx
    .insertInto('prescriptions.dispensing')
    .values({
      id: of.id,
      prescription_id: of.prescriptionId,
      patient_id: of.patientId,
      facility_id: of.facilityId,
      pharmacy: of.pharmacy,
      given_by: of.givenBy,
      at: of.at,
      items: JSON.stringify(of.items),
    })
    .execute()
}
