import type { Participant, Transport } from '@moinha/contracts/calls'

/** Everybody sends to everybody in the mesh: 4 people are 3 uploads each, the most a weak link bears. */
export const MESH_PEER_LIMIT = 4

/**
 * So many people can follow each other's voices in a visit or consult; whoever only listens is not counted.
 */
export const SPEAKER_LIMIT = 12

/** An SFU carries many; this only keeps a broken page from filling a room whose opener named no limit. */
const SFU_PARTICIPANT_LIMIT = 60

/** How many pages may be in a room of this kind; `asked` is what the module that opened the visit named. */
export const participantLimit = (transport: Transport, asked: number | null): number =>
  transport === 'mesh' ? MESH_PEER_LIMIT : (asked ?? SFU_PARTICIPANT_LIMIT)

/** Is there no room for one more who speaks? A visit whose opener named a limit has an order of its own. */
export const speakersAreFull = (visit: { participant_limit: number | null }, speaking: number): boolean =>
  visit.participant_limit === null && speaking >= SPEAKER_LIMIT

/**
 * How it stands with media servers: one is up; all are gone and waited for (`returning`); all are gone for so long that
 * small rooms go on without (`away`); there is none.
 */
export type MediaState = 'up' | 'returning' | 'away' | 'none'

/**
 * One room, one engine: a mesh that goes on stays a mesh, also when a media server has come up meanwhile. A room too
 * large for a mesh waits for its media server.
 */
export function transportFor(present: readonly Participant[], media: MediaState): Transport {
  if (media === 'none' || present.some((participant) => participant.transport === 'mesh')) return 'mesh'
  if (media !== 'away') return 'livekit'
  const people = new Set(present.map((participant) => participant.device))
  return people.size > MESH_PEER_LIMIT ? 'livekit' : 'mesh'
}

/** Who must leave so that this newcomer can join: the same tab before its reload, never somebody else. */
function participantsToClear(present: readonly Participant[], newcomer: Participant): Participant[] {
  return present.filter(
    (participant) =>
      participant.personId === newcomer.personId &&
      participant.socketId !== newcomer.socketId &&
      (participant.device === newcomer.device || participant.peer === newcomer.peer),
  )
}

/** The same person on other devices, which stay unless the person says otherwise. */
export function otherDevicesOf(present: readonly Participant[], newcomer: Participant): Participant[] {
  const clear = participantsToClear(present, newcomer)
  return present.filter(
    (participant) =>
      participant.personId === newcomer.personId &&
      participant.socketId !== newcomer.socketId &&
      !clear.includes(participant),
  )
}

/** Does the newcomer find a place? When the room is full, a person's other device gives way to the present one. */
export function placeFor(
  present: readonly Participant[],
  newcomer: Participant,
  limit: number,
): { ok: boolean; clear: Participant[] } {
  const clear = participantsToClear(present, newcomer)
  const staying = present.filter(
    (participant) => participant.socketId !== newcomer.socketId && !clear.includes(participant),
  )
  if (staying.length < limit) return { ok: true, clear }
  const ownOther = staying.find((participant) => participant.personId === newcomer.personId)
  return ownOther === undefined ? { ok: false, clear: [] } : { ok: true, clear: [...clear, ownOther] }
}
