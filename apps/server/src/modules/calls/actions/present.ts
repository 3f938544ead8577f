import type { Presenter } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { mediaRights } from '../domain/media-role.ts'
import { callsErrors } from '../errors.ts'
import { lockRoom } from '../store/participation-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import { presenterOf, setPresenter } from '../store/stage-rows.ts'
import { requireInside } from './require-inside.ts'

export interface Presenting {
  /** The page that shows. */
  readonly peer: string
  readonly on: boolean
  readonly takeOver: boolean
}

/** One page shows to all: the first one, until it ends, leaves, or another takes over on purpose. */
export async function present(
  work: Work,
  visitId: string,
  { peer, on, takeOver }: Presenting,
): Promise<Presenter | null> {
  const { membership } = await requireInside(work, visitId)
  const personId = membership.person_id
  const { before, after } = await asSystem(work, systemActor, async ({ tx }) => {
    await lockRoom(tx, visitId)
    const before = (await presenterOf(tx, visitId)) ?? null
    const here = (await participantsIn(tx, visitId)).some((one) => one.peer === peer && one.personId === personId)
    if (on && !here) throw callsErrors.MEMBER_UNKNOWN()
    if (on && !mediaRights(membership.media_role).sends.includes('screen')) throw callsErrors.CALL_HOSTS_ONLY()
    if (on && before !== null && before.peer !== peer && !takeOver) throw callsErrors.CALL_PRESENTED_BY_OTHER()
    const after = afterwards(before, { personId, peer }, on)
    await setPresenter(tx, visitId, after?.peer ?? null)
    return { before, after }
  })
  if (before?.peer !== after?.peer)
    await work.live(`visit:${visitId}`, 'call:presenting', { visitId, presenter: after })
  return after
}

/** Who shows then: whoever begins; nobody once the presenter ends; who does not show ends nothing. */
function afterwards(before: Presenter | null, caller: Presenter, on: boolean): Presenter | null {
  if (on) return caller
  return before?.peer === caller.peer ? null : before
}
