import type { Seat } from '@moinha/contracts/calls'

/** Everybody sends to everybody in the mesh: 4 people are 3 uploads each, the most a weak link bears. */
export const MESH_PEER_LIMIT = 4

/** Who must get up so that this newcomer can sit: the same tab before its reload, never somebody else. */
export function seatsToClear(seated: readonly Seat[], newcomer: Seat): Seat[] {
  return seated.filter((seat) => seat.socketId !== newcomer.socketId && (seat.device === newcomer.device || seat.peer === newcomer.peer))
}

/** Does the newcomer find a chair? When all are taken, a person's other device gives way to the present one. */
export function placeFor(seated: readonly Seat[], newcomer: Seat, limit: number): { ok: boolean; clear: Seat[] } {
  const clear = seatsToClear(seated, newcomer)
  const staying = seated.filter((seat) => seat.socketId !== newcomer.socketId && !clear.includes(seat))
  if (staying.length < limit) return { ok: true, clear }
  const ownOther = staying.find((seat) => seat.personId === newcomer.personId)
  return ownOther === undefined ? { ok: false, clear: [] } : { ok: true, clear: [...clear, ownOther] }
}
