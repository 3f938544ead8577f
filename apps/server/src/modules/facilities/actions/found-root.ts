import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { slugOf } from '../domain/unit-key.ts'
import { announceChange } from './announce-change.ts'
import { lockTree, rangeOf, rebuildPaths } from '../store/unit-place.ts'
import { profileColumns } from './edit-unit.ts'

/** The table's own "from always": older facts of the units beneath may still be entered. */
const fromAlways = '1900-01-01'

export interface Root {
  id: string
  name: string
}

/**
 * The top of the tree by its name or key. Where no unit stands yet, a health department of this name is put there;
 * where others do, they are answered instead, and nothing changes.
 */
export async function findOrFoundRoot(work: Work, name: string): Promise<{ root: Root } | { roots: Root[] }> {
  await lockTree(work.tx)
  const { rows: roots } = await sql<Root & { asked: boolean }>`
    select f.id, f.name, f.key = ${name} or platform.fold(f.name) = platform.fold(${name}) as asked
    from facilities.current_path p join facilities.facility f on f.id = p.facility_id
    where nlevel(p.path) <= 2 order by nlevel(p.path), f.name limit 50`.execute(work.tx)
  const root = roots.find(({ asked }) => asked)
  if (root) return { root }
  if (roots.length > 0) return { roots }
  return { root: await foundRoot(work, name) }
}

async function foundRoot(work: Work, name: string): Promise<Root> {
  const id = randomUUID()
  const valid = rangeOf(fromAlways, null)
  const type = 'province_health_department'
  const profile = { name, shortName: name.slice(0, 60), type, communeName: '', address: '', phone: '', about: '' }
  await work.tx
    .insertInto('facilities.facility')
    .values({
      id,
      key: slugOf(name) || 'so-y-te',
      ...profileColumns(profile),
      is_demo: false,
      source: null,
      certainty: 'U',
      note: null,
      valid,
    })
    .execute()
  await work.tx
    .insertInto('facilities.placement')
    .values({ facility_id: id, parent_id: null, valid, source: null, certainty: 'U' })
    .execute()
  await rebuildPaths(work.tx)
  await announceChange(work, 'foundRoot', id, { from: fromAlways })
  return { id, name }
}
