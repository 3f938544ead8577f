import { sql } from 'kysely'
import type { TreeNode } from '@moinha/contracts/facilities'
import type { Actor } from '../../../platform/access/actor.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { manageable } from '../policy.ts'
import { pendingOf } from './read-profile.ts'

/** The tree of a day (or one branch of it), parents before children, siblings by name. */
export async function readTree(tx: Tx, actor: Actor, onDate: string, rootId: string | undefined): Promise<TreeNode[]> {
  const within = rootId
    ? sql`p.path <@ (select path from facilities.tree_path where facility_id = ${rootId} and valid @> ${onDate}::date)`
    : sql`true`
  const { rows } = await sql<TreeNode>`
    select f.id, f.key, f.name, f.short_name as "shortName", f.type, place.parent_id as "parentId",
      nlevel(p.path) as depth, p.path::text as path,
      ${pendingOf} as pending, f.is_demo as "isDemo", f.certainty, ${manageable(actor, 'today.path')} as "mayManage"
    from facilities.tree_path p
    join facilities.facility f on f.id = p.facility_id
    left join facilities.placement place on place.facility_id = p.facility_id and place.valid @> ${onDate}::date
    left join facilities.current_path today on today.facility_id = p.facility_id
    where p.valid @> ${onDate}::date and f.valid @> ${onDate}::date and ${within}
    order by nlevel(p.path), f.type, f.name, f.id`.execute(tx)
  return rows
}
