import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { SPEAKER_LIMIT } from '../domain/room-capacity.ts'
import { callsErrors } from '../errors.ts'
import { membersOf } from '../store/visit-rows.ts'

/** Refuses one more person who speaks in a visit that has as many as can be followed. */
export async function requireSpeakerRoom(work: Work, visitId: string): Promise<void> {
  const members = await membersOf(work.as(systemActor).tx, [visitId])
  if (members.length >= SPEAKER_LIMIT) throw callsErrors.VISIT_SPEAKERS_FULL({ limit: SPEAKER_LIMIT })
}
