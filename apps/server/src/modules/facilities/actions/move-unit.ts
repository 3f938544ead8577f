import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { mayMove } from '../policy.ts'
import { livesOn, lockTree, rangeOf, rebuildPaths, unitPlace } from '../store/unit-place.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { ownUnit } from './own-unit.ts'

interface Move {
  id: string
  parentId: string
  from: string
  source: string
}

interface Placement {
  id: string
  parentId: string | null
  from: string
  to: string | null
}

/** Closes the placement that holds on the day and opens the new one. */
export async function moveUnit(work: Work, move: Move): Promise<void> {
  await lockTree(work.tx)
  const unit = await ownUnit(work, move.id)
  const parent = await unitPlace(work.tx, move.parentId, move.from)
  if (!parent) throw platformErrors.NOT_FOUND()
  if (!livesOn(unit, move.from)) throw facilityErrors.UNIT_NOT_THEN({ from: unit.validFrom, to: unit.validTo })
  if (!livesOn(parent, move.from)) throw facilityErrors.PARENT_NOT_THEN({ from: parent.validFrom, to: parent.validTo })
  const { current, later } = await placementsFrom(work, move)
  if (current?.parentId === move.parentId) return
  await refuseForeign(work, move, current)
  await refuseCycle(work, move, unit.key)
  if (later) throw facilityErrors.PLACEMENT_OVERLAPS({ from: later.from })
  await place(work, move, current, unit.validTo)
  await rebuildPaths(work.tx)
  await announceChange(work, 'moveUnit', move.id, { parentId: move.parentId, from: move.from })
}

async function placementsFrom(work: Work, move: Move) {
  const { rows } = await sql<Placement>`
    select id, parent_id as "parentId", lower(valid) as from, upper(valid) as to from facilities.placement
    where facility_id = ${move.id} and (upper_inf(valid) or upper(valid) > ${move.from}::date)
      order by lower(valid)`.execute(work.tx)
  const current = rows.find((row) => row.from <= move.from)
  return { current, later: rows.find((row) => row.from > move.from) }
}

/** Taking a unit out needs the node above it, putting it in needs the node it goes to. */
async function refuseForeign(work: Work, move: Move, current: Placement | undefined): Promise<void> {
  const today = localDateOf(work.now)
  const above = current?.parentId ? await unitPlace(work.tx, current.parentId, today) : undefined
  const target = await unitPlace(work.tx, move.parentId, today)
  if (!mayMove(work.actor, { from: above?.path ?? null, to: target?.path ?? null }))
    throw platformErrors.NOT_ALLOWED({ permission: 'facility.manage' })
}

/** Would the unit come to lie beneath itself, on the day or later? */
async function refuseCycle(work: Work, move: Move, key: string): Promise<void> {
  const { rows } = await sql`
    select from facilities.tree_path where facility_id = ${move.parentId}
      and (upper_inf(valid) or upper(valid) > ${move.from}::date)
      and path ~ ('*.' || facilities.label_of(${key}) || '.*')::lquery limit 1`.execute(work.tx)
  if (rows.length > 0 || move.parentId === move.id) throw facilityErrors.TREE_CYCLE()
}

async function place(work: Work, move: Move, current: Placement | undefined, unitEnd: string | null): Promise<void> {
  const source = move.source === '' ? null : move.source
  const valid = rangeOf(move.from, current ? current.to : unitEnd)
  const certainty = source ? 'D' : 'U'
  if (current?.from === move.from) {
    await work.tx
      .updateTable('facilities.placement')
      .where('id', '=', current.id)
      .set({ parent_id: move.parentId, source, certainty })
      .execute()
    return
  }
  if (current)
    await work.tx
      .updateTable('facilities.placement')
      .where('id', '=', current.id)
      .set({ valid: rangeOf(current.from, move.from) })
      .execute()
  await work.tx
    .insertInto('facilities.placement')
    .values({ facility_id: move.id, parent_id: move.parentId, valid, source, certainty })
    .execute()
}
