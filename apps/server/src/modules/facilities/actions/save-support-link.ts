import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { onOverlap } from '../store/on-overlap.ts'
import type { SupportRole } from '../store/tables.ts'
import { livesOn, rangeOf, unitPlace, type UnitPlace } from '../store/unit-place.ts'
import { ownUnit } from './own-unit.ts'

interface Link {
  id: string
  rowId: string
  version: number
  toId: string
  specialty: string | null
  phase: string
  rank: number
  role: SupportRole
  from: string
  to: string | null
  source: string
}

/** Adds (`version` 0) or changes a link; of two who change it at once the second is told. */
export async function saveSupportLink(work: Work, link: Link): Promise<{ version: number }> {
  const unit = await ownUnit(work, link.id)
  await refuseWrong(work, unit, link)
  const stored = await work.tx
    .selectFrom('facilities.support_link')
    .where('id', '=', link.rowId)
    .select(['from_id', 'to_id', 'specialty', 'phase', 'rank', 'role', 'version', sql<string>`valid::text`.as('valid')])
    .executeTakeFirst()
  if (stored && stored.from_id !== link.id) throw platformErrors.ID_TAKEN()
  const columns = {
    to_id: link.toId,
    specialty: link.specialty,
    phase: link.phase,
    rank: link.rank,
    role: link.role,
    valid: rangeOf(link.from, link.to),
    source: link.source || null,
    certainty: link.source ? 'D' : 'U',
  }
  const same =
    stored &&
    (['to_id', 'specialty', 'phase', 'rank', 'role', 'valid'] as const).every((name) => stored[name] === columns[name])
  if (same) return { version: stored.version }
  if ((stored?.version ?? 0) !== link.version) throw platformErrors.CHANGED_MEANWHILE()
  const version = await write(work, link, columns)
  await announceChange(work, 'saveSupportLink', link.id, { rowId: link.rowId, toId: link.toId })
  return { version }
}

async function refuseWrong(work: Work, unit: UnitPlace, link: Link): Promise<void> {
  if (link.toId === link.id) throw facilityErrors.LINK_TO_SELF()
  if (link.to !== null && link.to <= link.from) throw facilityErrors.DATES_BACKWARDS()
  if (!livesOn(unit, link.from)) throw facilityErrors.UNIT_NOT_THEN({ from: unit.validFrom, to: unit.validTo })
  const target = await unitPlace(work.tx, link.toId, localDateOf(work.now))
  if (!target || !livesOn(target, link.from))
    throw facilityErrors.LINK_TARGET_NOT_THEN({ from: target?.validFrom, to: target?.validTo })
  if (link.specialty === null) return
  const known = await work.tx
    .selectFrom('facilities.specialty')
    .where('code', '=', link.specialty)
    .select('code')
    .executeTakeFirst()
  if (!known) throw facilityErrors.SPECIALTY_UNKNOWN({ specialty: link.specialty })
}

type Columns = Omit<Link, 'id' | 'rowId' | 'version' | 'toId' | 'from' | 'to' | 'source'> & {
  to_id: string
  valid: string
  source: string | null
  certainty: string
}

async function write(work: Work, link: Link, columns: Columns): Promise<number> {
  const overlaps = () => facilityErrors.LINK_OVERLAPS()
  const row = await onOverlap(async () => {
    if (link.version === 0)
      return work.tx
        .insertInto('facilities.support_link')
        .values({ id: link.rowId, from_id: link.id, ...columns })
        .returning('version')
        .executeTakeFirst()
    return work.tx
      .updateTable('facilities.support_link')
      .where('id', '=', link.rowId)
      .where('version', '=', link.version)
      .set({ ...columns, version: sql`version + 1` })
      .returning('version')
      .executeTakeFirst()
  }, overlaps)
  if (!row) throw platformErrors.CHANGED_MEANWHILE()
  return row.version
}

/** Takes back a link; taking it back twice is fine. */
export async function removeSupportLink(work: Work, id: string, rowId: string): Promise<void> {
  await ownUnit(work, id)
  const gone = await work.tx
    .deleteFrom('facilities.support_link')
    .where('id', '=', rowId)
    .where('from_id', '=', id)
    .returning(['to_id', 'specialty', 'phase', 'rank', 'role', sql<string>`valid::text`.as('valid')])
    .executeTakeFirst()
  if (gone) await announceChange(work, 'removeSupportLink', id, { rowId, ...gone })
}
