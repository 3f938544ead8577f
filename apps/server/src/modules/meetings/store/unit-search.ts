import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { organisedBy } from '../policy.ts'

const found = (q: string) => sql`f.search like '%' || platform.fold(${q}) || '%'`

/** Units in whose name the actor may call a meeting, widest first. */
export async function findOrganisers({ tx, actor }: Work, q: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select f.id, f.name from facilities.unit f
      join facilities.current_path p on p.facility_id = f.id
    where ${organisedBy(actor, sql.ref('p.path'))} and ${found(q)}
    order by nlevel(p.path), f.name, f.id limit 40`.execute(tx)
  return rows
}

interface Invitable {
  id: string
  name: string
  type: string
  parentName: string | null
  units: number
}

/** Units to invite, with how many stand beneath each; of a parent its children. The tree is no secret among staff. */
export async function findInvitable({ tx }: Work, { q, parentId }: { q: string; parentId: string | undefined }) {
  const beneath =
    parentId === undefined
      ? sql`true`
      : sql`p.path ~ ((select path::text from facilities.current_path
          where facility_id = ${parentId}) || '.*{1}')::lquery`
  const { rows } = await sql<Invitable>`
    select f.id, f.name, f.type, parent.name as "parentName",
      (select count(*)::int from facilities.current_path below where below.path <@ p.path) as units
    from facilities.unit f join facilities.current_path p on p.facility_id = f.id
      left join facilities.current_path up on nlevel(p.path) > 1 and up.path = subpath(p.path, 0, nlevel(p.path) - 1)
      left join facilities.unit parent on parent.id = up.facility_id
    where ${beneath} and ${found(q)}
    order by nlevel(p.path), f.name, f.id limit 200`.execute(tx)
  return rows
}
