import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { tellVoidSignature } from '../../identity/index.ts'
import type { EndedSignature } from '../../signatures/index.ts'
import { findConsult, writeEvent } from '../store/consult-rows.ts'
import { findMinutes } from '../store/minutes-rows.ts'
import { isSignerRefusal } from './judge-signer.ts'
import { notifyConsult } from './notify-consult.ts'

/**
 * A signature was asked for and will not come: a line in the case with the reason, and the signer's screen offers to
 * sign again. Who may no longer sign perhaps no longer sees the case, and is told at their account.
 */
export async function noteEndedSignature(work: Work, ended: EndedSignature): Promise<void> {
  if (ended.subjectKind !== 'minutes') return
  await asSystem(work, systemActor, async (system) => {
    const minutes = await findMinutes(system.tx, ended.subjectId)
    const row = minutes && (await findConsult(system, minutes.consult_id))
    if (!row) return
    const { signerId, reason } = ended
    await writeEvent(system, row.id, { name: 'signing_ended', actorId: signerId, note: reason })
    await notifyConsult(system, row, [signerId])
    if (isSignerRefusal(reason)) await tellVoidSignature(system, signerId)
  })
}
