import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** Today's paths of a unit and of all that came out of it: one that ended in 2025 has none of its own. */
export async function heirPaths(tx: Tx, unitId: string): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    with recursive heirs as (
      select ${unitId}::uuid as id union
      select s.successor_id from facilities.succession s join heirs h on h.id = s.predecessor_id
    ) select p.path::text from heirs join facilities.current_path p on p.facility_id = heirs.id`.execute(tx)
  return rows.map((row) => row.path)
}

export interface Inhabitants {
  people: number
  /** Stations among the units without a figure for the year. */
  missing: number
  source: string | null
}

/** People living in the areas of the stations among the units, in the year. */
export async function inhabitantsOf(tx: Tx, unitIds: readonly string[], year: number): Promise<Inhabitants> {
  const { rows } = await sql<{ people: number | null; missing: number; source: string | null }>`
    select sum(p.population)::int8 as people, count(*) filter (where p.population is null) as missing,
      string_agg(distinct p.source, ', ') as source
    from facilities.facility f left join facilities.population p on p.facility_id = f.id and p.year = ${year}
    where f.id = any (${[...unitIds]}::uuid[]) and f.type = 'commune_station'`.execute(tx)
  const [row] = rows
  return { people: row?.people ?? 0, missing: row?.missing ?? 0, source: row?.source ?? null }
}
