import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface SupportRoute {
  facilityId: string
  /** 1 is asked first. */
  rank: number
  /** How many links away: 1 backs the unit itself, 2 backs the backer … */
  distance: number
  specialty: string | null
  phase: string
}

/** Links of that day, of the very specialty or for all of them. */
const fitting = (specialty: string, onDate: string) =>
  sql`l.valid @> ${onDate}::date and (l.specialty = ${specialty} or l.specialty is null)`

/** A hospital reached on several ways is asked once, at its nearest and best link. */
const best = sql`
  select distinct on (to_id) to_id, rank, distance, specialty, phase from chain
  order by to_id, distance, (specialty is null), rank`

/**
 * The hospitals that back a unit for a specialty on a date, in the order they are asked: nearest first, a link
 * of the very specialty before one for all, then by rank.
 */
export async function supportRoutes(
  tx: Tx,
  fromId: string,
  specialty: string,
  onDate: string,
): Promise<SupportRoute[]> {
  const { rows } = await sql<SupportRoute>`
    with recursive chain as (
      select l.to_id, l.rank, 1 as distance, l.specialty, l.phase, array[l.from_id, l.to_id] as seen
      from facilities.support_link l
      where l.from_id = ${fromId} and ${fitting(specialty, onDate)}
      union all
      select l.to_id, l.rank, c.distance + 1, l.specialty, l.phase, c.seen || l.to_id
      from chain c join facilities.support_link l on l.from_id = c.to_id
      where ${fitting(specialty, onDate)} and l.to_id <> all (c.seen) and c.distance < 4
    ), best as (${best})
    select to_id as "facilityId", rank, distance, specialty, phase from best
    order by distance, (specialty is null), rank, to_id`.execute(tx)
  return rows
}
