import type { contractKinds, contractTerms } from '@moinha/contracts/facilities'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { onOverlap } from '../store/on-overlap.ts'
import { livesOn, unitPlace } from '../store/unit-place.ts'
import { announceChange } from './announce-change.ts'
import { ownUnit } from './own-unit.ts'

interface NewContract {
  id: string
  rowId: string
  kind: (typeof contractKinds)[number]
  /** Which side the unit of the page is: near the patient, or far. */
  side: 'near' | 'far'
  partnerId: string
  number: string
  terms: readonly (typeof contractTerms)[number][]
  from: string
  source: string
}

/** Writes a contract down. Sent twice is once. */
export async function addContract(work: Work, input: NewContract): Promise<void> {
  await ownUnit(work, input.id)
  await refuseWrong(work, input)
  const sentBefore = await work.tx
    .selectFrom('facilities.tele_contract')
    .where('id', '=', input.rowId)
    .select(['facility_id', 'partner_id'])
    .executeTakeFirst()
  if (sentBefore && sentBefore.facility_id !== input.id && sentBefore.partner_id !== input.id)
    throw platformErrors.ID_TAKEN()
  if (sentBefore) return
  const [near, far] = input.side === 'near' ? [input.id, input.partnerId] : [input.partnerId, input.id]
  await onOverlap(
    () =>
      work.tx
        .insertInto('facilities.tele_contract')
        .values({
          id: input.rowId,
          kind: input.kind,
          facility_id: near,
          partner_id: far,
          number: input.number,
          terms: [...new Set(input.terms)],
          valid_from: input.from,
          valid_until: null,
          source: input.source || null,
          recorded_by: work.actor.personId,
          ended_by: null,
          ended_at: null,
        })
        .execute(),
    () => facilityErrors.CONTRACT_OVERLAPS(),
  )
  await tellBoth(work, 'addContract', { facilityId: input.id, partnerId: input.partnerId, rowId: input.rowId })
}

async function refuseWrong(work: Work, { id, partnerId, from }: NewContract): Promise<void> {
  if (partnerId === id) throw facilityErrors.CONTRACT_WITH_SELF()
  const partner = await unitPlace(work.tx, partnerId, localDateOf(work.now))
  if (!partner || !livesOn(partner, from))
    throw facilityErrors.LINK_TARGET_NOT_THEN({ from: partner?.validFrom, to: partner?.validTo })
}

interface Ending {
  id: string
  rowId: string
  on: string
}

/** Ends a contract from a day on; one that had ended by then stays as it was. */
export async function endContract(work: Work, { id, rowId, on }: Ending): Promise<void> {
  await ownUnit(work, id)
  const kept = await work.tx
    .selectFrom('facilities.tele_contract')
    .where('id', '=', rowId)
    .where((is) => is.or([is('facility_id', '=', id), is('partner_id', '=', id)]))
    .select(['facility_id', 'partner_id', 'valid_from', 'valid_until'])
    .forUpdate()
    .executeTakeFirst()
  if (!kept) throw platformErrors.NOT_FOUND()
  const { valid_from: from, valid_until: until } = kept
  if (until === on) return
  if (on < from || until !== null) throw facilityErrors.CONTRACT_NOT_THEN({ from, until })
  await work.tx
    .updateTable('facilities.tele_contract')
    .set({ valid_until: on, ended_by: work.actor.personId, ended_at: work.now })
    .where('id', '=', rowId)
    .execute()
  await tellBoth(work, 'endContract', { facilityId: kept.facility_id, partnerId: kept.partner_id, rowId })
}

/** Both units' screens hear of it. */
async function tellBoth(work: Work, action: string, about: Record<'facilityId' | 'partnerId' | 'rowId', string>) {
  const { facilityId, partnerId, rowId } = about
  await announceChange(work, action, facilityId, { rowId })
  await announceChange(work, action, partnerId, { rowId })
}
