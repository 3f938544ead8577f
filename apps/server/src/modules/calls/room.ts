import type { Participant } from '@moinha/contracts/calls'
import type { Socket } from 'socket.io'

/** As whom this page is in rooms, by visit. The truth for everybody is `calls.participant`; this is the page's copy. */
export type PageInRooms = Omit<Socket, 'data'> & { data: { joined: Record<string, Participant> } }

/** Who is in the room of a visit. */
export const callRoom = (visitId: string): string => `visit:${visitId}:call`

/** The topic on which transactions tell about a visit. */
export const visitTopic = (visitId: string): string => `visit:${visitId}`

/** The pages of the one who helps; figures go here and nowhere else. */
export const assistTopic = (assistId: string): string => `assist:${assistId}`

/** Where helpers of a unit hear of requests, by its place in the tree. */
export const helpersTopic = (path: string): string => `assists:${path}`

/** One page within one room: signals are addressed here, so that they never reach another room. */
export const addressOf = (visitId: string, socketId: string): string => `visit:${visitId}:at:${socketId}`
