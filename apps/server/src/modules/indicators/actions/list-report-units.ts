import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { visibleReports } from '../policy.ts'

/** Units whose reports the actor may read, best match first; searching needs no diacritics. */
export async function listReportUnits({ tx, actor }: Work, q: string) {
  const { rows } = await sql<{ id: string; name: string; parent: string | null; type: string }>`
    select f.id, f.name, f.type, parent.name as parent from facilities.unit f
    join facilities.current_path p on p.facility_id = f.id
    left join facilities.current_path up on nlevel(p.path) > 1 and up.path = subpath(p.path, 0, nlevel(p.path) - 1)
    left join facilities.unit parent on parent.id = up.facility_id
    where ${visibleReports(actor, sql.ref('p.path'))} and f.search like '%' || platform.fold(${q}) || '%'
    order by nlevel(p.path), f.name limit 60`.execute(tx)
  return { items: rows.map((row) => ({ id: row.id, name: row.name, parentName: row.parent, type: row.type })) }
}
