import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { publishableAreas } from '../policy.ts'
import './tables.ts'

export interface Named {
  id: string
  name: string
}

/** Where I and the people I act for are at home; row-level security shows exactly these rows. */
export async function homesOf({ tx, actor }: Work): Promise<Named[]> {
  const people = actor.personId ? [actor.personId, ...actor.proxyFor] : []
  const { rows } = await sql<Named>`select distinct f.id, f.name from records.patient_card p
      join facilities.unit f on f.id = p.home_facility_id
    where p.id = any (${people}::uuid[]) order by f.name`.execute(tx)
  return rows
}

/** The units and every unit above them: messages to any of these concern them. */
export async function areasAround({ tx }: Work, facilityIds: readonly string[]): Promise<string[]> {
  if (facilityIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`select distinct up.facility_id as id from facilities.current_path home
    join facilities.current_path up on up.path @> home.path
      where home.facility_id = any (${facilityIds}::uuid[])`.execute(tx)
  return rows.map((row) => row.id)
}

/** Provinces and the nation: what a visitor sees who named no unit. */
export async function wideAreas({ tx }: Work): Promise<(Named & { depth: number })[]> {
  const { rows } = await sql<
    Named & { depth: number }
  >`select f.id, f.name, nlevel(p.path) as depth from facilities.current_path p
    join facilities.unit f on f.id = p.facility_id where nlevel(p.path) <= 2 order by f.name`.execute(tx)
  return rows
}

/** Areas the actor may send to, widest first, with how many people are at home there. */
export async function findAreas(work: Work, q: string) {
  const { rows } = await sql<Named & { type: string; parent: string | null }>`
    select f.id, f.name, f.type, parent.name as parent from facilities.unit f
      join facilities.current_path p on p.facility_id = f.id
    left join facilities.current_path up on nlevel(p.path) > 1 and up.path = subpath(p.path, 0, nlevel(p.path) - 1)
    left join facilities.unit parent on parent.id = up.facility_id
    where ${publishableAreas(work.actor, sql.ref('p.path'))} and f.search like '%' || platform.fold(${q}) || '%'
    order by nlevel(p.path), f.name limit 40`.execute(work.tx)
  const people = await peopleIn(
    work,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.type,
    parentName: row.parent,
    people: people.get(row.id) ?? 0,
  }))
}

/** How many people are at home in each area. A count over everybody, so it is asked as the system. */
export async function peopleIn(work: Work, areaIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<{ id: string; people: number }>`
    select area.facility_id as id, count(*)::int as people from facilities.current_path area
    join facilities.current_path below on below.path <@ area.path
      join records.patient_card p on p.home_facility_id = below.facility_id
    where area.facility_id = any (${[...new Set(areaIds)]}::uuid[]) group by 1`.execute(tx),
  )
  return new Map(rows.map((row) => [row.id, row.people]))
}
