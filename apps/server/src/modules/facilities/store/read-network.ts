import { sql } from 'kysely'
import type { CallReply } from '@moinha/contracts/route'
import type { network } from '@moinha/contracts/facilities'
import type { Tx } from '../../../platform/db/database.ts'
import { pendingOf } from './read-profile.ts'

type Network = CallReply<typeof network>

/**
 * Units that ever lay beneath the root or beneath what it followed (Kon Tum's units on Quảng Ngãi's map), so that one
 * province's network can be read over a merger.
 */
const area = (rootId: string) => sql`
  with recursive line(id) as (
    select ${rootId}::uuid union select case when s.successor_id = line.id then s.predecessor_id else s.successor_id end
    from line join facilities.succession s on line.id in (s.successor_id, s.predecessor_id)
  ), area as (
    select distinct below.facility_id as id from line join facilities.tree_path root on root.facility_id = line.id
    join facilities.tree_path below on below.path <@ root.path and below.valid && root.valid
  )`

/** The links of a day with their units, and on which days the picture changes. */
export async function readNetwork(tx: Tx, rootId: string, onDate: string): Promise<Network> {
  const { rows: links } = await sql<Network['links'][number]>`
    ${area(rootId)} select l.id, l.from_id as "fromId", l.to_id as "toId", l.specialty, l.phase, l.rank, l.role,
    (coalesce(l.certainty, 'U') = 'U') as pending
    from facilities.support_link l where l.from_id in (select id from area) and l.valid @> ${onDate}::date
      order by l.rank, l.specialty nulls first, l.id`.execute(tx)
  const ids = [...new Set(links.flatMap((link) => [link.fromId, link.toId]))]
  const { rows: nodes } = await sql<Network['nodes'][number]>`
    select f.id, f.name, f.short_name as "shortName", f.type, ${pendingOf} as pending from facilities.facility f
    where f.id = any (${`{${ids.join(',')}}`}::uuid[]) order by f.name`.execute(tx)
  const {
    rows: [dates],
  } = await sql<Pick<Network, 'changes' | 'phases'>>`
    ${area(rootId)}, own as (select * from facilities.support_link where from_id in (select id from area))
    select (select coalesce(json_agg(day order by day), '[]')
      from (select lower(valid) as day from own union select upper(valid) from own
      where not upper_inf(valid)) d) as changes,
      (select coalesce(json_agg(json_build_object('phase', phase, 'from', day) order by day), '[]')
        from (select phase, min(lower(valid)) as day from own group by phase) p) as phases`.execute(tx)
  return { on: onDate, nodes, links, changes: dates?.changes ?? [], phases: dates?.phases ?? [] }
}
