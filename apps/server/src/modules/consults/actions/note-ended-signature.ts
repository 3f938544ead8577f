import type { Work } from '../../../platform/db/work.ts'
import type { EndedSignature } from '../../signatures/index.ts'
import { findConsult, writeEvent } from '../store/consult-rows.ts'
import { findMinutes } from '../store/minutes-rows.ts'
import { notifyConsult } from './notify-consult.ts'

/** A signature was asked for and will not come: a line in the case, and the signer's screen offers to sign again. */
export async function noteEndedSignature(work: Work, ended: EndedSignature): Promise<void> {
  if (ended.subjectKind !== 'minutes') return
  const minutes = await findMinutes(work.tx, ended.subjectId)
  const row = minutes && (await findConsult(work, minutes.consult_id))
  if (!row) return
  await writeEvent(work, row.id, { name: 'signing_ended', actorId: ended.signerId })
  await notifyConsult(work, row, [ended.signerId])
}
