import type { Seat } from '@moinha/contracts/calls'
import type { Server, Socket } from 'socket.io'
import type { Actor } from '../../platform/access/actor.ts'

/** What a call keeps on a socket; rooms and this survive in the adapter, nothing in this process's memory. */
export type Seated = Omit<Socket, 'data'> & { data: { actor: Actor; seats: Record<string, Seat> } }

/** Who is in the room of a visit. */
export const callRoom = (visitId: string): string => `visit:${visitId}:call`

/** The topic on which transactions tell about a visit. */
export const visitTopic = (visitId: string): string => `visit:${visitId}`

/** One page within one room: signals are addressed here, so that they never reach another room. */
export const addressOf = (visitId: string, socketId: string): string => `visit:${visitId}:at:${socketId}`

/** The seats taken at this moment, over all processes. */
export async function seatsOf(io: Server, visitId: string): Promise<Seat[]> {
  const sockets = await io.in(callRoom(visitId)).fetchSockets()
  return sockets.flatMap((socket) => (socket.data as Seated['data']).seats[visitId] ?? [])
}
