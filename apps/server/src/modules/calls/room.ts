import type { Seat } from '@moinha/contracts/calls'
import type { Socket } from 'socket.io'

/** The seats this page has taken, by visit. The truth for everybody is `calls.seat`; this is the page's own copy. */
export type Seated = Omit<Socket, 'data'> & { data: { seats: Record<string, Seat> } }

/** Who is in the room of a visit. */
export const callRoom = (visitId: string): string => `visit:${visitId}:call`

/** The topic on which transactions tell about a visit. */
export const visitTopic = (visitId: string): string => `visit:${visitId}`

/** One page within one room: signals are addressed here, so that they never reach another room. */
export const addressOf = (visitId: string, socketId: string): string => `visit:${visitId}:at:${socketId}`
