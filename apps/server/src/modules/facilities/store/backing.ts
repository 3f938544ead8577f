import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/**
 * Whom a unit may turn to where no link of a specialty exists: hospitals that back it for anything, then its management
 * parents upward.
 */
export async function unitsAbove(tx: Tx, facilityId: string, onDate: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with backing as (
      select to_id as id, min(rank) as near from facilities.support_link
      where from_id = ${facilityId} and valid @> ${onDate}::date group by to_id
    ), managing as (
      select above.facility_id as id, 100 + nlevel(own.path) - nlevel(above.path) as near
      from facilities.current_path own join facilities.current_path above on own.path <@ above.path
      where own.facility_id = ${facilityId} and above.facility_id <> ${facilityId}
    )
    select id from (select * from backing union all select * from managing) one
    group by id order by min(near), id`.execute(tx)
  return rows.map((row) => row.id)
}

export interface BackedSpecialty {
  code: string
  vi: string
  en: string
  /** Hospitals that back the unit directly for it. */
  backedBy: string[]
}

/** Every specialty in its order, with who backs a unit for it on a date. */
export async function specialtiesBacked(tx: Tx, facilityId: string, onDate: string): Promise<BackedSpecialty[]> {
  const { rows } = await sql<BackedSpecialty>`
    select s.code, s.name_vi as vi, s.name_en as en, array(
      select distinct l.to_id from facilities.support_link l
      where l.from_id = ${facilityId} and l.valid @> ${onDate}::date and (l.specialty is null or l.specialty = s.code)
    ) as "backedBy"
    from facilities.specialty s order by s.sort`.execute(tx)
  return rows
}

/** Stations of the pilot in the support network, and others named by key, in the order of their keys. For the demo. */
export async function pilotStations(
  tx: Tx,
  also: { keys: readonly string[]; types: readonly string[] },
): Promise<{ id: string; key: string }[]> {
  const { rows } = await sql<{ id: string; key: string }>`
    select f.id, f.key from facilities.facility f
    where f.type = any (${[...also.types]}::text[]) and upper_inf(f.valid)
      and (f.key = any (${[...also.keys]}::text[])
        or exists (select from facilities.support_link l where l.from_id = f.id and l.phase = 'pilot'))
    order by f.key`.execute(tx)
  return rows
}
