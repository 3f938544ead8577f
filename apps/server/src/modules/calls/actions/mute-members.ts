import type { Work } from '../../../platform/db/work.ts'
import { callsErrors } from '../errors.ts'
import { participantsIn } from '../store/participant-rows.ts'
import { muteMembers } from './media-role.ts'
import { requireHost } from './require-inside.ts'

/**
 * Silences one member or everybody else in the room: their pages are told, and the media server carries them no more
 * until they speak again by themselves. Answers how many.
 */
export async function silence(work: Work, visitId: string, personId: string | null): Promise<number> {
  const { members, membership } = await requireHost(work, visitId)
  if (personId !== null && !members.some((member) => member.person_id === personId)) throw callsErrors.MEMBER_UNKNOWN()
  const others = (await participantsIn(work.tx, visitId))
    .map((participant) => participant.personId)
    .filter((one) => one !== membership.person_id)
  const people = [...new Set(others)].filter((one) => personId === null || one === personId)
  await muteMembers(work, visitId, people)
  await work.live(`visit:${visitId}`, 'call:muted', { visitId, personId, by: membership.person_id })
  return people.length
}
