import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Presenter } from './room.ts'

/** The parameter of every route about one visit. */
export const visitParams = z.object({ visitId: Id })

/**
 * What a member may send and hear: a speaker sends and hears, a listener only hears, a helper does neither, a recorder
 * hears unseen.
 */
export const MediaRole = z.enum(['speaker', 'listener', 'helper', 'recorder'])

/** A person of a visit as the others may see them. */
export const VisitMember = z.object({
  personId: Id,
  name: z.string(),
  role: z.string(),
  mayFinish: z.boolean(),
  /** Came by a one-time link, without an account; the name is the one the host gave. */
  guest: z.boolean().optional(),
  mediaRole: MediaRole,
  /** In the room at this moment, from real connections. */
  present: z.boolean(),
  /** Asked to speak, and since when. */
  handRaisedAt: Instant.nullable(),
})

/** One line of "my open visits". */
export const VisitSummary = z.object({
  visitId: Id,
  kind: z.string(),
  openedAt: Instant,
  /** How many people are in the room now. */
  presentCount: z.number().int(),
  /** When I was last in; null before the first time. */
  lastEnteredAt: Instant.nullable(),
  /** The names of the others, for "Return to the visit with …". */
  others: z.array(z.string()),
  /** Names of others who asked in it to be called by telephone and wait for that. */
  callBacks: z.array(z.string()),
})

/** What carries sound and picture: page to page, or one server in between. */
export const Transport = z.enum(['mesh', 'livekit'])

/** A visit with its members. */
export const VisitView = z.object({
  visitId: Id,
  kind: z.string(),
  openedAt: Instant,
  finishedAt: Instant.nullable(),
  mayFinish: z.boolean(),
  members: z.array(VisitMember),
  /** As whom the caller is in it: themselves, or somebody they act for. */
  self: Id.nullable(),
  /** Who comes waits at the door until a host lets them in. */
  lobby: z.boolean(),
  /** The caller waits at the door. */
  waits: z.boolean(),
  /** Only hosts and whom they let may speak. */
  floorClosed: z.boolean(),
  presenter: Presenter.nullable(),
  /** What would carry the call now, so that a page may fetch its code before it is needed. */
  transport: Transport.optional(),
})

/** A server that helps two browsers find a path to each other (W3C RTCIceServer). */
export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})

/** All a browser needs to enter the room once. */
export const CallTicket = z.object({
  visitId: Id,
  transport: Transport,
  iceServers: z.array(IceServer),
  /** `roomNo`: a visit goes on in the next room where one is lost; news of a loss names the room that is no more. */
  livekit: z.object({ url: z.string(), token: z.string(), roomNo: z.int().nonnegative() }).optional(),
  peerLimit: z.number().int(),
})

/** A ring that waits for an answer. */
export const Ring = z.object({
  ringId: Id,
  visitId: Id,
  kind: z.string(),
  fromName: z.string(),
  fromRole: z.string(),
  rungAt: Instant,
  until: Instant,
})

/** A person in a room with one page, as the signalling socket tells it to the others. */
export const Participant = z.object({
  socketId: z.string(),
  /** Minted by each page load: two loads are two peers. */
  peer: Id,
  /** Kept by a browser tab over reloads: a tab is in a room once. */
  device: Id,
  personId: Id,
  name: z.string(),
  role: z.string(),
  /** Came by a one-time link, without an account. */
  guest: z.boolean().optional(),
  transport: Transport,
})

export type MediaRole = z.infer<typeof MediaRole>
export type Transport = z.infer<typeof Transport>
export type VisitMember = z.infer<typeof VisitMember>
export type VisitSummary = z.infer<typeof VisitSummary>
export type VisitView = z.infer<typeof VisitView>
export type IceServer = z.infer<typeof IceServer>
export type CallTicket = z.infer<typeof CallTicket>
export type Ring = z.infer<typeof Ring>
export type Participant = z.infer<typeof Participant>

export const myVisits = defineRoute({
  id: 'calls.myVisits',
  method: 'GET',
  path: '/api/calls/visits',
  permission: 'call.join',
  summary: 'My open visits, for the way back into one',
  reply: z.object({ visits: z.array(VisitSummary) }),
})

export const getVisit = defineRoute({
  id: 'calls.getVisit',
  method: 'GET',
  path: '/api/calls/visits/:visitId',
  permission: 'call.join',
  guests: true,
  summary: 'One visit with its members and who is in the room now',
  params: visitParams,
  reply: VisitView,
})

export const issueTicket = defineRoute({
  id: 'calls.issueTicket',
  method: 'POST',
  path: '/api/calls/visits/:visitId/ticket',
  permission: 'call.join',
  idempotent: true,
  guests: true,
  summary: 'A short-lived ticket to enter the room of a visit',
  params: visitParams,
  reply: CallTicket,
})

export const ringMember = defineRoute({
  id: 'calls.ringMember',
  method: 'POST',
  path: '/api/calls/visits/:visitId/ring',
  permission: 'call.join',
  idempotent: true,
  summary: 'Ring a member of the visit; the same ring id may be sent twice',
  params: visitParams,
  body: z.object({ ringId: Id, personId: Id }),
  reply: z.object({ ringId: Id, until: Instant }),
})

export const answerRing = defineRoute({
  id: 'calls.answerRing',
  method: 'POST',
  path: '/api/calls/visits/:visitId/ring/answer',
  permission: 'call.join',
  idempotent: true,
  summary: 'Answer or decline the ring',
  params: visitParams,
  body: z.object({ ringId: Id, answer: z.enum(['accept', 'decline']) }),
  reply: z.object({ visitId: Id, answer: z.enum(['accept', 'decline']) }),
})

export const cancelRing = defineRoute({
  id: 'calls.cancelRing',
  method: 'POST',
  path: '/api/calls/visits/:visitId/ring/cancel',
  permission: 'call.join',
  idempotent: true,
  summary: 'Stop ringing',
  params: visitParams,
  body: z.object({ ringId: Id }),
  reply: z.object({ ringId: Id }),
})

export const myRings = defineRoute({
  id: 'calls.myRings',
  method: 'GET',
  path: '/api/calls/rings',
  permission: 'call.join',
  summary: 'Rings that wait for my answer, for a page that opens while it rings',
  reply: z.object({ rings: z.array(Ring) }),
})

export const finishVisit = defineRoute({
  id: 'calls.finishVisit',
  method: 'POST',
  path: '/api/calls/visits/:visitId/finish',
  permission: 'call.join',
  idempotent: true,
  summary: 'Finish the visit for all; only this closes it',
  params: visitParams,
  reply: z.object({ visitId: Id, finishedAt: Instant }),
})

export const visitRoutes = { myVisits, getVisit, issueTicket, ringMember, answerRing, cancelRing, myRings, finishVisit }
