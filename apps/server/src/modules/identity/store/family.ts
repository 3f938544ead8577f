import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** The people somebody acts for today, oldest declaration first. */
export async function currentFamily(tx: Tx, guardianId: string) {
  const rows = await tx.selectFrom('identity.family_member as f').innerJoin('identity.person as p', 'p.id', 'f.dependant_id')
    .where('f.guardian_id', '=', guardianId).where('f.valid_until', 'is', null)
    .select(['p.id', 'p.full_name', 'p.birth_date', 'p.sex', 'f.relation', 'f.valid_from']).orderBy(sql`f.valid_from`).orderBy('f.id').execute()
  return rows.map((row) => ({
    personId: row.id, fullName: row.full_name, relation: row.relation, birthDate: row.birth_date, sex: row.sex, since: row.valid_from.toISOString(),
  }))
}
