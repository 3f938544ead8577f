import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { defineRoute } from '../route.ts'

const visitParams = z.object({ visitId: Id })
const done = z.object({ visitId: Id })

/** Somebody who asked to come in and waits at the door. */
export const Waiting = z.object({ personId: Id, name: z.string(), role: z.string(), since: Instant })

/** Who shows a screen or a document to all: one page at a time. */
export const Presenter = z.object({ personId: Id, peer: Id })

export type Waiting = z.infer<typeof Waiting>
export type Presenter = z.infer<typeof Presenter>

export const raiseHand = defineRoute({
  id: 'calls.raiseHand',
  method: 'POST',
  path: '/api/calls/visits/:visitId/hand',
  permission: 'call.join',
  idempotent: true,
  guests: true,
  summary: 'Raise one’s own hand, or lower it',
  params: visitParams,
  body: z.object({ raised: z.boolean() }),
  reply: z.object({ visitId: Id, raisedAt: Instant.nullable() }),
})

export const lowerHands = defineRoute({
  id: 'calls.lowerHands',
  method: 'POST',
  path: '/api/calls/visits/:visitId/hands/lower',
  permission: 'call.join',
  idempotent: true,
  summary: 'Lower the hand of one member, or all hands; for hosts',
  params: visitParams,
  body: z.object({ personId: Id.optional() }),
  reply: done,
})

export const muteMembers = defineRoute({
  id: 'calls.muteMembers',
  method: 'POST',
  path: '/api/calls/visits/:visitId/mute',
  permission: 'call.join',
  idempotent: true,
  summary: 'Silence one member, or all but oneself; they may speak again unless the floor is closed. For hosts',
  params: visitParams,
  body: z.object({ personId: Id.optional() }),
  reply: z.object({ visitId: Id, muted: z.number().int() }),
})

export const giveFloor = defineRoute({
  id: 'calls.giveFloor',
  method: 'POST',
  path: '/api/calls/visits/:visitId/floor',
  permission: 'call.join',
  idempotent: true,
  summary: 'Let one member speak, or only listen; for hosts',
  params: visitParams,
  body: z.object({ personId: Id, maySpeak: z.boolean() }),
  reply: done,
})

export const closeFloor = defineRoute({
  id: 'calls.closeFloor',
  method: 'POST',
  path: '/api/calls/visits/:visitId/floor/closed',
  permission: 'call.join',
  idempotent: true,
  summary: 'Only hosts and whom they let may speak, or everybody again; for hosts',
  params: visitParams,
  body: z.object({ closed: z.boolean() }),
  reply: done,
})

export const knock = defineRoute({
  id: 'calls.knock',
  method: 'POST',
  path: '/api/calls/visits/:visitId/knock',
  permission: 'call.join',
  idempotent: true,
  summary: 'Ask to be let in where one waits at the door; asked again while waiting',
  params: visitParams,
  reply: z.object({ visitId: Id, admitted: z.boolean() }),
})

export const listWaiting = defineRoute({
  id: 'calls.listWaiting',
  method: 'GET',
  path: '/api/calls/visits/:visitId/waiting',
  permission: 'call.join',
  summary: 'Who waits at the door; for hosts',
  params: visitParams,
  reply: z.object({ waiting: z.array(Waiting) }),
})

export const admitMembers = defineRoute({
  id: 'calls.admitMembers',
  method: 'POST',
  path: '/api/calls/visits/:visitId/admit',
  permission: 'call.join',
  idempotent: true,
  summary: 'Let one of those who wait in, or all of them; for hosts',
  params: visitParams,
  body: z.object({ personId: Id.optional() }),
  reply: z.object({ visitId: Id, admitted: z.number().int() }),
})

export const removeFromRoom = defineRoute({
  id: 'calls.removeFromRoom',
  method: 'POST',
  path: '/api/calls/visits/:visitId/remove',
  permission: 'call.join',
  idempotent: true,
  summary: 'Show a member out for good; for hosts, and never a host',
  params: visitParams,
  body: z.object({ personId: Id }),
  reply: done,
})

export const present = defineRoute({
  id: 'calls.present',
  method: 'POST',
  path: '/api/calls/visits/:visitId/present',
  permission: 'call.join',
  idempotent: true,
  summary: 'Begin or end to show a screen or document; one page at a time, taking over is asked for by name',
  params: visitParams,
  /** `peer`: the page that shows, as it entered the room. */
  body: z.object({ peer: Id, on: z.boolean(), takeOver: z.boolean().default(false) }),
  reply: z.object({ visitId: Id, presenter: Presenter.nullable() }),
})

export const roomRoutes = {
  raiseHand,
  lowerHands,
  muteMembers,
  giveFloor,
  closeFloor,
  knock,
  listWaiting,
  admitMembers,
  removeFromRoom,
  present,
}
