import { sql } from 'kysely'
import { isWithin } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { mayMove } from '../policy.ts'
import type { SuccessionTable } from '../store/tables.ts'
import { livesOn, lockTree, rangeOf, rebuildPaths, unitPlace, type UnitPlace } from '../store/unit-place.ts'
import { ownUnit } from './own-unit.ts'

interface Ending {
  id: string
  version: number
  on: string
  kind: SuccessionTable['kind'] | undefined
  successors: readonly string[]
  beneathTo: string | undefined
  source: string
}

/**
 * Ends a unit on a day: its place, links and services end with it, those beneath go where they are told, successors are
 * written down.
 */
export async function endUnit(work: Work, ending: Ending): Promise<void> {
  await lockTree(work.tx)
  const unit = await ownUnit(work, ending.id)
  if (unit.validTo === ending.on) return
  if (unit.version !== ending.version) throw platformErrors.CHANGED_MEANWHILE()
  if (ending.on <= unit.validFrom || (unit.validTo !== null && ending.on > unit.validTo))
    throw facilityErrors.UNIT_NOT_THEN({ from: unit.validFrom, to: unit.validTo })
  await refuseTakingFromAbove(work, ending)
  const successors = await livingSuccessors(work, ending)
  await moveBeneath(work, ending, unit, successors)
  await closeFacts(work, ending)
  await writeSuccessions(work, ending)
  await rebuildPaths(work.tx)
  await announceChange(work, 'endUnit', ending.id, { on: ending.on, kind: ending.kind, successors: ending.successors })
}

/** A unit ends by decision of the node above it. */
async function refuseTakingFromAbove(work: Work, ending: Ending): Promise<void> {
  const parent = await work.tx
    .selectFrom('facilities.placement')
    .where('facility_id', '=', ending.id)
    .where(sql<boolean>`valid @> (${ending.on}::date - 1)`)
    .select('parent_id')
    .executeTakeFirst()
  const above = parent?.parent_id ? await unitPlace(work.tx, parent.parent_id, localDateOf(work.now)) : undefined
  const path = above?.path ?? null
  if (!mayMove(work.actor, { from: path, to: path }))
    throw platformErrors.NOT_ALLOWED({ permission: 'facility.manage' })
}

async function livingSuccessors(work: Work, ending: Ending): Promise<UnitPlace[]> {
  const found: UnitPlace[] = []
  for (const id of ending.successors) {
    const successor = await unitPlace(work.tx, id, ending.on)
    if (!successor || id === ending.id || !livesOn(successor, ending.on))
      throw facilityErrors.SUCCESSOR_NOT_THEN({ id })
    found.push(successor)
  }
  return found
}

interface Beneath {
  id: string
  facilityId: string
  from: string
  to: string | null
}

async function moveBeneath(
  work: Work,
  ending: Ending,
  unit: UnitPlace,
  successors: readonly UnitPlace[],
): Promise<void> {
  const { rows } = await sql<Beneath>`
    select id, facility_id as "facilityId", lower(valid) as from, upper(valid) as to from facilities.placement
    where parent_id = ${ending.id} and (upper_inf(valid) or upper(valid) > ${ending.on}::date)`.execute(work.tx)
  if (rows.length === 0) return
  const heir = ending.beneathTo ?? (successors.length === 1 ? successors[0]?.id : undefined)
  if (!heir) throw facilityErrors.UNIT_HAS_BENEATH({ count: rows.length })
  await refuseHeir(work, ending, unit, heir)
  for (const row of rows) await handOver(work, ending, row, heir)
}

async function refuseHeir(work: Work, ending: Ending, unit: UnitPlace, heir: string): Promise<void> {
  const target = await unitPlace(work.tx, heir, ending.on)
  if (!target || heir === ending.id || !livesOn(target, ending.on))
    throw facilityErrors.SUCCESSOR_NOT_THEN({ id: heir })
  if (!mayMove(work.actor, { from: target.path, to: target.path }))
    throw platformErrors.NOT_ALLOWED({ permission: 'facility.manage' })
  if (target.path === null || isWithin(target.path, unit.path ?? '')) throw facilityErrors.TREE_CYCLE()
}

async function handOver(work: Work, ending: Ending, row: Beneath, heir: string): Promise<void> {
  if (row.from >= ending.on)
    return void (await work.tx
      .updateTable('facilities.placement')
      .where('id', '=', row.id)
      .set({ parent_id: heir })
      .execute())
  await work.tx
    .updateTable('facilities.placement')
    .where('id', '=', row.id)
    .set({ valid: rangeOf(row.from, ending.on) })
    .execute()
  await work.tx
    .insertInto('facilities.placement')
    .values({
      facility_id: row.facilityId,
      parent_id: heir,
      valid: rangeOf(ending.on, row.to),
      source: ending.source || null,
      certainty: 'U',
    })
    .execute()
}

/** Cuts every dated fact of the unit at the day; what would only begin later is taken away. */
async function closeFacts(work: Work, { id, on }: Ending): Promise<void> {
  const cut = sql`valid = daterange(lower(valid), ${on}::date)`
  const crosses = sql`lower(valid) < ${on}::date and (upper_inf(valid) or upper(valid) > ${on}::date)`
  await sql`delete from facilities.placement where facility_id = ${id} and lower(valid) >= ${on}::date`.execute(work.tx)
  await sql`update facilities.placement set ${cut} where facility_id = ${id} and ${crosses}`.execute(work.tx)
  await sql`delete from facilities.support_link where (from_id = ${id} or to_id = ${id})
    and lower(valid) >= ${on}::date`.execute(work.tx)
  await sql`update facilities.support_link set ${cut}, version = version + 1 where (from_id = ${id} or to_id = ${id})
    and ${crosses}`.execute(work.tx)
  await sql`update facilities.tele_service set ended_on = ${on}::date where facility_id = ${id}
    and (ended_on is null or ended_on > ${on}::date)`.execute(work.tx)
  await sql`update facilities.facility set ${cut}, version = version + 1, updated_at = ${work.now}
    where id = ${id}`.execute(work.tx)
}

async function writeSuccessions(work: Work, ending: Ending): Promise<void> {
  if (ending.successors.length === 0) return
  const kind = ending.kind ?? (ending.successors.length > 1 ? 'split' : 'merge')
  const source = ending.source || null
  await work.tx
    .insertInto('facilities.succession')
    .values(
      ending.successors.map((successor_id) => ({
        predecessor_id: ending.id,
        successor_id,
        kind,
        on_date: ending.on,
        source,
        certainty: source ? 'D' : 'U',
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
