import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { accessChanged } from '../../../platform/realtime/publish.ts'
import { closeGuest } from '../store/guest-rows.ts'

/** Ends an invitation and the session of its guest; false when it was over, or the person is no guest. */
export async function endGuestSession(work: Work, visitId: string, guestId: string): Promise<boolean> {
  const { actor, now } = work
  const ended = await asSystem(work, systemActor, ({ tx }) => closeGuest(tx, guestId, actor.personId, now))
  if (!ended) return false
  // every process looks at the guest's pages and passes at once, as after a sign-out
  await work.live(`person:${guestId}`, accessChanged)
  await work.live(`visit:${visitId}`, 'call:guests', { visitId })
  return true
}
