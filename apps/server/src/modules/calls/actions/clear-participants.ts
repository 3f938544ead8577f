import type { Work } from '../../../platform/db/work.ts'
import { recordExit } from '../store/participation-rows.ts'
import { removeParticipantsOf } from '../store/participant-rows.ts'
import { restAfterLeaver } from './record-visit.ts'

/** Pages of processes that died are gone from their rooms; those who stayed are told. Runs as the system. */
export async function clearParticipantsOf(work: Work, processIds: readonly string[]): Promise<void> {
  for (const { visitId, participant } of await removeParticipantsOf(work.tx, processIds)) {
    await recordExit(work.tx, { visitId, peer: participant.peer, reason: 'dropped', at: work.now })
    await restAfterLeaver(work, visitId, participant.personId)
    // names do not travel this way; those in the room know whom they lost
    await work.live(`visit:${visitId}`, 'call:left', {
      visitId,
      participant: { ...participant, name: '' },
      reason: 'dropped',
    })
  }
}
