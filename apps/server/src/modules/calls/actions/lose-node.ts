import { systemActor } from '../../../platform/access/actor.ts'
import type { Transact, Work } from '../../../platform/db/work.ts'
import { unwatch } from '../store/media-pass-rows.ts'
import { endPresence } from '../store/media-presence-rows.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { leaveNode, nodesInUse } from '../store/visit-rows.ts'

/**
 * A media server is gone: every screen in a room it carried is told at once and asks for a ticket. Any process that
 * learns it may come here; the rows let one of them tell.
 */
export function loseNode(transact: Transact, url: string): Promise<void> {
  return transact(
    systemActor,
    async (work) => {
      const lost = await leaveNode(work.tx, url)
      if (lost.length === 0) return
      const visits = lost.map(({ visitId }) => visitId)
      await unwatch(work.tx, visits)
      await endPresence(work.tx, visits, work.now)
      for (const { visitId, roomNo } of lost) await tellMediaLost(work, visitId, roomNo)
    },
    'call:media-lost',
  )
}

/**
 * Rooms that stand at a media server which nobody knows any more: the process that would have heard of its end died
 * with it, or the settings name others now. Only while another one answers: before that nobody can say what is gone.
 */
export async function loseUnknownNodes(transact: Transact, { alive, known }: CallEngine): Promise<void> {
  if (alive.length === 0) return
  const used = await transact(systemActor, ({ tx }) => nodesInUse(tx), 'sweep calls.media-nodes')
  for (const url of used) if (!known.includes(url)) await loseNode(transact, url)
}

/**
 * Those in the room do not wait until their own line gives up. Which room is no more is said: the word may come when a
 * page is in the next one.
 */
export async function tellMediaLost(work: Work, visitId: string, roomNo: number): Promise<void> {
  await work.live(`visit:${visitId}`, 'call:media-lost', { visitId, roomNo })
}
