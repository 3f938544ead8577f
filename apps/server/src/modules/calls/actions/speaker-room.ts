import type { CodedError } from '../../../platform/errors/coded-error.ts'
import { SPEAKER_LIMIT, speakersAreFull } from '../domain/room-capacity.ts'
import { callsErrors } from '../errors.ts'
import type { MemberRow, VisitRow } from '../store/visit-rows.ts'

/** Why one more member who speaks cannot be taken in: the visit has as many as can be followed. */
export function speakerRefusal(visit: VisitRow, members: readonly MemberRow[]): CodedError | undefined {
  const full = speakersAreFull(visit, members.filter(speaks).length)
  return full ? callsErrors.VISIT_SPEAKERS_FULL({ limit: SPEAKER_LIMIT }) : undefined
}

/** Refuses one who enters the room: counted are the people inside, however many pages they have. */
export function requireSpeakerPlace(
  { visit, members, membership }: { visit: VisitRow; members: readonly MemberRow[]; membership: MemberRow },
  inside: readonly { personId: string }[],
): void {
  if (!speaks(membership)) return
  const others = new Set(inside.map(({ personId }) => personId))
  others.delete(membership.person_id)
  const speaking = members.filter((member) => speaks(member) && others.has(member.person_id))
  if (speakersAreFull(visit, speaking.length)) throw callsErrors.VISIT_SPEAKERS_FULL({ limit: SPEAKER_LIMIT })
}

const speaks = (member: MemberRow): boolean => member.media_role === 'speaker'
