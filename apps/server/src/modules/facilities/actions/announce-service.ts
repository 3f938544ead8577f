import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { announceChange } from './announce-change.ts'
import { noteAnnounceAgain, settleAnnounceNotes, type AnnounceReason } from '../store/announce-notes.ts'
import { onOverlap } from '../store/on-overlap.ts'
import { ownUnit } from './own-unit.ts'

interface Announcement {
  id: string
  rowId: string
  service: string
  submittedOn: string
  publishedOn: string | null
  endedOn: string | null
  source: string
}

/** Records an announcement; it settles "must announce again" for changes up to its day. */
export async function announceService(work: Work, input: Announcement): Promise<{ allowedFrom: string }> {
  await ownUnit(work, input.id)
  if (input.publishedOn !== null && input.publishedOn < input.submittedOn)
    throw facilityErrors.PUBLISHED_BEFORE_SUBMITTED()
  if (input.endedOn !== null && input.endedOn < input.submittedOn) throw facilityErrors.DATES_BACKWARDS()
  const columns = {
    service: input.service,
    submitted_on: input.submittedOn,
    published_on: input.publishedOn,
    ended_on: input.endedOn,
    source: input.source || null,
  }
  const row = await onOverlap(
    () =>
      work.tx
        .insertInto('facilities.tele_service')
        .values({ id: input.rowId, facility_id: input.id, ...columns })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(columns).where('facilities.tele_service.facility_id', '=', input.id),
        )
        .returning('allowed_from')
        .executeTakeFirst(),
    () => facilityErrors.ANNOUNCED_ALREADY({ service: input.service }),
  )
  if (!row) throw platformErrors.ID_TAKEN()
  if (input.endedOn === null) await settleAnnounceNotes(work.tx, input.id, input.submittedOn)
  await announceChange(work, 'announceService', input.id, { rowId: input.rowId, service: input.service })
  return { allowedFrom: row.allowed_from }
}

/** Somebody says what changed: the unit must announce again (REQ-TELE-02). */
export async function noteChange(work: Work, id: string, reason: AnnounceReason): Promise<void> {
  await ownUnit(work, id)
  await mustAnnounceAgain(work, id, reason)
}

/** For other modules, e.g. a new practitioner of the unit. */
export async function mustAnnounceAgain(work: Work, id: string, reason: AnnounceReason): Promise<void> {
  await noteAnnounceAgain(work.tx, id, reason, localDateOf(work.now))
  await announceChange(work, 'noteChange', id, { reason })
}
