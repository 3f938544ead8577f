import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { tellVoidSignature } from '../../identity/index.ts'
import type { EndedSignature } from '../../signatures/index.ts'
import { selectConsultForUpdate, writeEvent } from '../store/consult-rows.ts'
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
    if (!minutes) return
    // held: of two roles that end at once, one sees the line of the other
    const row = await selectConsultForUpdate(system, minutes.consult_id)
    const { signerId, reason } = ended
    if (await isNoted(system, row.id, ended)) return
    await writeEvent(system, row.id, { name: 'signing_ended', actorId: signerId, note: reason })
    await notifyConsult(system, row, [signerId])
    if (isSignerRefusal(reason)) await tellVoidSignature(system, signerId)
  })
}

/** One line for a person who wished to sign in two roles; a wish that came after the line has one of its own. */
async function isNoted({ tx }: Work, consultId: string, { signerId, reason, preparedAt }: EndedSignature) {
  const line = await tx
    .selectFrom('consults.event')
    .where('consult_id', '=', consultId)
    .where('name', '=', 'signing_ended')
    .where('actor_id', '=', signerId)
    .where('note', '=', reason)
    .where('at', '>=', preparedAt)
    .select('at')
    .limit(1)
    .executeTakeFirst()
  return line !== undefined
}
