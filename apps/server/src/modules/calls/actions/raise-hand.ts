import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { callsErrors } from '../errors.ts'
import { lowerHandRows, setHand } from '../store/stage-rows.ts'
import { requireHost, requireInside } from './require-inside.ts'

/** Raises one's own hand or lowers it; raised twice it keeps its place in the queue. */
export async function raiseHand(work: Work, visitId: string, raised: boolean): Promise<Date | null> {
  const { membership } = await requireInside(work, visitId)
  const personId = membership.person_id
  const at = await asSystem(work, systemActor, ({ tx }) => setHand(tx, visitId, personId, raised ? work.now : null))
  await tellHand(work, visitId, personId, at)
  return at
}

/** Lowers the hand of one member or all hands: the host heard them. */
export async function lowerHands(work: Work, visitId: string, personId: string | null): Promise<void> {
  const { members } = await requireHost(work, visitId)
  if (personId !== null && !members.some((member) => member.person_id === personId)) throw callsErrors.MEMBER_UNKNOWN()
  const lowered = await asSystem(work, systemActor, ({ tx }) => lowerHandRows(tx, visitId, personId))
  for (const one of lowered) await tellHand(work, visitId, one, null)
}

const tellHand = (work: Work, visitId: string, personId: string, at: Date | null): Promise<void> =>
  work.live(`visit:${visitId}`, 'call:hand', { visitId, personId, raisedAt: at?.toISOString() ?? null })
