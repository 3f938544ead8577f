import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { onOverlap } from '../store/on-overlap.ts'
import { rangeOf } from '../store/unit-place.ts'
import { ownUnit } from './own-unit.ts'

interface Identifier {
  id: string
  rowId: string
  system: string
  value: string
  from: string
  to: string | null
  source: string
}

/** Adds or corrects an identifier; of one system the same value belongs to one unit at a time. */
export async function saveIdentifier(work: Work, input: Identifier): Promise<void> {
  await ownUnit(work, input.id)
  if (input.to !== null && input.to <= input.from) throw facilityErrors.DATES_BACKWARDS()
  const columns = {
    system: input.system,
    value: input.value,
    valid: rangeOf(input.from, input.to),
    source: input.source || null,
  }
  const row = await onOverlap(
    () =>
      work.tx
        .insertInto('facilities.identifier')
        .values({ id: input.rowId, facility_id: input.id, ...columns })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(columns).where('facilities.identifier.facility_id', '=', input.id),
        )
        .returning('id')
        .executeTakeFirst(),
    () => facilityErrors.FACILITY_IDENTIFIER_TAKEN({ value: input.value }),
  )
  if (!row) throw platformErrors.ID_TAKEN()
  await announceChange(work, 'saveIdentifier', input.id, { rowId: input.rowId })
}

/** Takes back an identifier; taking it back twice is fine. */
export async function removeIdentifier(work: Work, id: string, rowId: string): Promise<void> {
  await ownUnit(work, id)
  const gone = await work.tx
    .deleteFrom('facilities.identifier')
    .where('id', '=', rowId)
    .where('facility_id', '=', id)
    .returning(['system', 'value'])
    .executeTakeFirst()
  if (gone) await announceChange(work, 'removeIdentifier', id, { rowId, ...gone })
}
