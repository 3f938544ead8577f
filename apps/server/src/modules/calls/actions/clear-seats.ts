import type { Work } from '../../../platform/db/work.ts'
import { recordExit } from '../store/participation-rows.ts'
import { takeSeatsOf } from '../store/seat-rows.ts'

/** Pages of processes that died are gone from their rooms; those who stayed are told. Runs as the system. */
export async function clearSeatsOf(work: Work, processIds: readonly string[]): Promise<void> {
  for (const { visitId, seat } of await takeSeatsOf(work.tx, processIds)) {
    await recordExit(work.tx, { visitId, peer: seat.peer, reason: 'dropped', at: work.now })
    // names do not travel this way; those in the room know whom they lost
    await work.live(`visit:${visitId}`, 'call:left', { visitId, seat: { ...seat, name: '' }, reason: 'dropped' })
  }
}
