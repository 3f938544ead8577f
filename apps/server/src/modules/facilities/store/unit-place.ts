import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface UnitPlace {
  id: string
  key: string
  version: number
  validFrom: string
  validTo: string | null
  /** Path on the day asked; else the nearest known one; null when the unit never had a place. */
  path: string | null
}

/** A unit with its place, or undefined when there is none of this id. */
export async function unitPlace(tx: Tx, id: string, onDate: string): Promise<UnitPlace | undefined> {
  const { rows } = await sql<UnitPlace>`
    select f.id, f.key, f.version, lower(f.valid) as "validFrom", upper(f.valid) as "validTo",
      (select path::text from facilities.tree_path p where p.facility_id = f.id
        order by p.valid @> ${onDate}::date desc, upper(p.valid) desc nulls first limit 1) as path
    from facilities.facility f where f.id = ${id}`.execute(tx)
  return rows[0]
}

/** One change of the tree at a time: paths are rebuilt as a whole, and overlaps are judged against a still map. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('facilities.tree'))`.execute(tx)
}

export async function rebuildPaths(tx: Tx): Promise<void> {
  await sql`select facilities.rebuild_paths()`.execute(tx)
}

/** Half-open range of days; no end means still. */
export const rangeOf = (from: string, to: string | null): string => `[${from},${to ?? ''})`

/** Does a unit exist on a day? */
export const livesOn = (unit: Pick<UnitPlace, 'validFrom' | 'validTo'>, day: string): boolean =>
  unit.validFrom <= day && (unit.validTo === null || day < unit.validTo)
