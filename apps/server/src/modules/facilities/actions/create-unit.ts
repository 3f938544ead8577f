import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { unitKey } from '../domain/unit-key.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { livesOn, lockTree, rangeOf, rebuildPaths, unitPlace } from '../store/unit-place.ts'
import { profileColumns, type UnitFields } from './edit-unit.ts'
import { ownUnit } from './own-unit.ts'

interface NewUnit extends UnitFields {
  id: string
  parentId: string
  from: string
  source: string
}

/** Creates a unit beneath one the actor administers. Unverified until somebody names a document for it. */
export async function createUnit(work: Work, input: NewUnit): Promise<{ id: string; key: string }> {
  const parent = await ownUnit(work, input.parentId)
  await lockTree(work.tx)
  const already = await unitPlace(work.tx, input.id, localDateOf(work.now))
  if (already) {
    const placed = await work.tx
      .selectFrom('facilities.placement')
      .where('facility_id', '=', input.id)
      .where('parent_id', '=', input.parentId)
      .select('id')
      .executeTakeFirst()
    if (!placed) throw platformErrors.ID_TAKEN()
    return { id: already.id, key: already.key }
  }
  if (!livesOn(parent, input.from)) throw facilityErrors.PARENT_NOT_THEN({ from: parent.validFrom, to: parent.validTo })
  const key = await freeKey(work, parent.key, input.shortName)
  const source = input.source === '' ? null : input.source
  const certainty = source ? 'D' : 'U'
  const valid = rangeOf(input.from, null)
  await work.tx
    .insertInto('facilities.facility')
    .values({ id: input.id, key, ...profileColumns(input), is_demo: false, source, certainty, note: null, valid })
    .execute()
  await work.tx
    .insertInto('facilities.placement')
    .values({ facility_id: input.id, parent_id: input.parentId, valid, source, certainty })
    .execute()
  await rebuildPaths(work.tx)
  await announceChange(work, 'createUnit', input.id, { parentId: input.parentId, from: input.from })
  return { id: input.id, key }
}

async function freeKey(work: Work, parentKey: string, shortName: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const key = unitKey(parentKey, shortName, attempt)
    const taken = await work.tx.selectFrom('facilities.facility').where('key', '=', key).select('id').executeTakeFirst()
    if (!taken) return key
  }
}
