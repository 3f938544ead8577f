import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** The numbers that units show to everybody, in the order asked; units without one are left out. */
export async function unitPhones(tx: Tx, unitIds: readonly string[]): Promise<{ name: string; phone: string }[]> {
  if (unitIds.length === 0) return []
  const rows = await tx
    .selectFrom('facilities.unit')
    .where(sql<boolean>`id = any (${unitIds}::uuid[])`)
    .where('phone', 'is not', null)
    .select(['id', 'name', 'phone'])
    .execute()
  return unitIds.flatMap((id) => {
    const unit = rows.find((row) => row.id === id)
    return unit?.phone ? [{ name: unit.name, phone: unit.phone }] : []
  })
}
