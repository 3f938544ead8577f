import { sql } from 'kysely'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

export interface FacilityCard {
  id: string
  key: string
  name: string
  shortName: string
  type: string
  /** ltree path today; empty when the facility has ended. */
  path: string
}

const facilitiesById = compileOnce((tx, { ids }: { ids: readonly string[] }) =>
  tx
    .selectFrom('facilities.facility as f')
    .leftJoin('facilities.current_path as p', 'p.facility_id', 'f.id')
    .where(sql<boolean>`f.id = any (${ids}::uuid[])`)
    .select(['f.id', 'f.key', 'f.name', 'f.short_name', 'f.type', sql<string>`coalesce(p.path::text, '')`.as('path')]),
)

/** Facilities by id, with their place in today's tree. */
export async function facilityCards(tx: Tx, ids: readonly string[]): Promise<FacilityCard[]> {
  if (ids.length === 0) return []
  const rows = await facilitiesById(tx, { ids })
  return rows.map(({ short_name, ...row }) => ({ ...row, shortName: short_name }))
}

/** The facility, or undefined. */
export async function facilityCard(tx: Tx, id: string): Promise<FacilityCard | undefined> {
  return (await facilityCards(tx, [id]))[0]
}

/** Today's ltree path of a facility, or undefined when it has none. */
export async function pathOf(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('facilities.current_path')
    .where('facility_id', '=', id)
    .select(sql<string>`path::text`.as('path'))
    .executeTakeFirst()
  return row?.path
}

/** Ids of the facility and everything beneath it on a date (`YYYY-MM-DD`). */
export async function subtreeIds(tx: Tx, rootId: string, onDate: string): Promise<string[]> {
  const rows = await sql<{ facility_id: string }>`
    select below.facility_id from facilities.tree_path root join facilities.tree_path below
      on below.path <@ root.path and below.valid @> ${onDate}::date
    where root.facility_id = ${rootId} and root.valid @> ${onDate}::date`.execute(tx)
  return rows.rows.map((row) => row.facility_id)
}
