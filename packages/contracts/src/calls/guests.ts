import { z } from 'zod'
import { Id, Instant, Line } from '../common.ts'
import { defineRoute } from '../route.ts'
import { visitParams } from './visits.ts'

/** As what somebody without an account comes into a visit. */
export const GuestKind = z.enum(['relative', 'interpreter', 'sign-interpreter'])

/** How long a link may wait for its first entry, in minutes. */
export const guestMinutes = { least: 1, most: 30, usual: 10 } as const

/** `waiting` and `expired`: nobody has entered; `ended`: withdrawn or shown out. */
export const GuestState = z.enum(['waiting', 'expired', 'entered', 'ended'])

/** An invitation as the host sees it. */
export const Guest = z.object({
  guestId: Id,
  kind: GuestKind,
  name: z.string(),
  state: GuestState,
  enterUntil: Instant,
  enteredAt: Instant.nullable(),
  /** In the room at this moment. */
  present: z.boolean(),
  /** What stands behind `#` of the link; only while it waits. */
  secret: z.string().nullable(),
})

/** What stands behind `#` of a link. */
const GuestSecret = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** What the holder of a link reads before entering. */
export const GuestWelcome = z.object({ kind: GuestKind, name: z.string(), invitedBy: z.string(), enterUntil: Instant })

/** A guest as their own page knows them. */
export const GuestSelf = z.object({
  guestId: Id,
  visitId: Id,
  kind: GuestKind,
  name: z.string(),
  invitedBy: z.string(),
})

export type GuestKind = z.infer<typeof GuestKind>
export type GuestState = z.infer<typeof GuestState>
export type Guest = z.infer<typeof Guest>
export type GuestWelcome = z.infer<typeof GuestWelcome>
export type GuestSelf = z.infer<typeof GuestSelf>

export const inviteGuest = defineRoute({
  id: 'calls.inviteGuest',
  method: 'POST',
  path: '/api/calls/visits/:visitId/guests',
  permission: 'call.join',
  idempotent: true,
  summary: 'Invite somebody without an account by a one-time link',
  params: visitParams,
  body: z.object({
    guestId: Id,
    kind: GuestKind,
    name: Line(60),
    minutes: z.number().int().min(guestMinutes.least).max(guestMinutes.most),
  }),
  reply: Guest,
})

export const listGuests = defineRoute({
  id: 'calls.listGuests',
  method: 'GET',
  path: '/api/calls/visits/:visitId/guests',
  permission: 'call.join',
  summary: 'Guests and open invitations of a visit, for whoever may finish it; the newest hundred',
  params: visitParams,
  reply: z.object({ guests: z.array(Guest) }),
})

export const endGuest = defineRoute({
  id: 'calls.endGuest',
  method: 'POST',
  path: '/api/calls/visits/:visitId/guests/:guestId/end',
  permission: 'call.join',
  idempotent: true,
  summary: 'Withdraw an invitation, or show its guest out at once',
  params: visitParams.extend({ guestId: Id }),
  reply: z.object({ guestId: Id }),
})

export const lookGuestLink = defineRoute({
  id: 'calls.lookGuestLink',
  method: 'POST',
  path: '/api/calls/guest/look',
  permission: 'public',
  idempotent: true,
  summary: 'Who invites whom by this link',
  limitPerMinute: 10,
  body: z.object({ secret: GuestSecret }),
  reply: GuestWelcome,
})

export const enterAsGuest = defineRoute({
  id: 'calls.enterAsGuest',
  method: 'POST',
  path: '/api/calls/guest/enter',
  permission: 'public',
  idempotent: true,
  summary: 'Enter by a one-time link: this browser is bound to it',
  limitPerMinute: 10,
  body: z.object({
    secret: GuestSecret,
    /** Random, made by the page for this entry: a reply that got lost is asked for again with the same one. */
    key: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
  }),
  reply: GuestSelf,
})

export const guestSelf = defineRoute({
  id: 'calls.guestSelf',
  method: 'GET',
  path: '/api/calls/guest/self',
  permission: 'public',
  summary: 'As which guest this browser may come back, if any',
  reply: z.object({ guest: GuestSelf.nullable() }),
})

export const guestRoutes = { inviteGuest, listGuests, endGuest, lookGuestLink, enterAsGuest, guestSelf }
