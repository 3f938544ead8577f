import type { Seat, Transport } from '@moinha/contracts/calls'

/** Everybody sends to everybody in the mesh: 4 people are 3 uploads each, the most a weak link bears. */
export const MESH_PEER_LIMIT = 4

/** An SFU carries many; this only keeps a broken page from filling a room. */
const SFU_SEAT_LIMIT = 60

/** How many may sit in a room of this kind. */
export const seatLimit = (transport: Transport): number => (transport === 'mesh' ? MESH_PEER_LIMIT : SFU_SEAT_LIMIT)

/** One room, one engine: a mesh that goes on stays a mesh, also when a media server has come up meanwhile. */
export function transportFor(seated: readonly Seat[], livekitHere: boolean): Transport {
  return livekitHere && !seated.some((seat) => seat.transport === 'mesh') ? 'livekit' : 'mesh'
}

/** Who must get up so that this newcomer can sit: the same tab before its reload, never somebody else. */
function seatsToClear(seated: readonly Seat[], newcomer: Seat): Seat[] {
  return seated.filter(
    (seat) => seat.socketId !== newcomer.socketId && (seat.device === newcomer.device || seat.peer === newcomer.peer),
  )
}

/** Does the newcomer find a seat? When all are taken, a person's other device gives way to the present one. */
export function placeFor(seated: readonly Seat[], newcomer: Seat, limit: number): { ok: boolean; clear: Seat[] } {
  const clear = seatsToClear(seated, newcomer)
  const staying = seated.filter((seat) => seat.socketId !== newcomer.socketId && !clear.includes(seat))
  if (staying.length < limit) return { ok: true, clear }
  const ownOther = staying.find((seat) => seat.personId === newcomer.personId)
  return ownOther === undefined ? { ok: false, clear: [] } : { ok: true, clear: [...clear, ownOther] }
}
