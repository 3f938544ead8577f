import type { CallTicket, IceServer } from '@moinha/contracts/calls'
import { createHash, randomUUID } from 'node:crypto'
import { systemActor, type Actor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import { mediaIdentity, mediaRoom } from '../domain/media-pass.ts'
import { hasPlaceIn, mediaRights } from '../domain/media-role.ts'
import { MESH_PEER_LIMIT, participantLimit, transportFor } from '../domain/room-capacity.ts'
import { callsErrors } from '../errors.ts'
import type { Admission, CallEngine, LivekitServer } from '../ports/livekit.ts'
import { followRoom, keepPass } from '../store/media-pass-rows.ts'
import { endPresence } from '../store/media-presence-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import { findVisit, settleNode, type MemberRow, type VisitRow } from '../store/visit-rows.ts'
import { tellMediaLost } from './lose-node.ts'
import { requireInside } from './require-inside.ts'

export interface TicketParts {
  readonly engine: () => CallEngine
  readonly iceServers: IceServer[]
  /** The session by which somebody acts. */
  readonly sessionOf: (actor: Actor, cookie: string) => Promise<string | undefined>
  /** Somebody did not get through to this media server. */
  readonly suspect: (url: string) => void
}

interface Asked {
  readonly visitId: string
  readonly cookie: string
}

/** A place in the room that one media server carries. */
interface Place {
  readonly url: string
  readonly livekit: LivekitServer
  readonly admission: Admission
  readonly roomNo: number
  readonly limit: number | null
}

/** All a member's browser needs to enter once. The media server is asked outside of any transaction. */
export async function issueTicket(begin: BeginStep, asked: Asked, parts: TicketParts): Promise<CallTicket> {
  const { visitId } = asked
  const ticket = { visitId, iceServers: parts.iceServers, peerLimit: MESH_PEER_LIMIT }
  const place = await begin((work) => findPlace(work, asked, parts))
  if (place === undefined) return { ...ticket, transport: 'mesh' }
  await openRoom(begin, visitId, place, parts)
  const { livekit, admission, roomNo } = place
  const token = await livekit.token(admission)
  return { ...ticket, transport: 'livekit', livekit: { url: livekit.url, token, roomNo } }
}

/** Where the member goes; undefined: into a mesh, which needs no place. */
async function findPlace(work: Work, { visitId, cookie }: Asked, parts: TicketParts): Promise<Place | undefined> {
  const { visit, membership: member } = await requireInside(work, visitId)
  const engine = parts.engine()
  const transport = transportFor(await participantsIn(work.tx, visitId), engine.state)
  if (!hasPlaceIn(transport, member.media_role)) throw callsErrors.CALL_NEEDS_SERVER()
  if (transport === 'mesh') return undefined
  const { node, roomNo } = await nodeFor(work, visit, engine)
  const sessionId = await parts.sessionOf(work.actor, cookie)
  const pass = await givePass(work, { visitId, personId: member.person_id, sessionId })
  return {
    ...node,
    roomNo,
    limit: visit.participant_limit,
    admission: admissionOf(member, mediaRoom(visitId, roomNo), mediaIdentity(pass)),
  }
}

const admissionOf = (member: MemberRow, room: string, identity: string): Admission => ({
  room,
  identity,
  name: member.guest_name ?? member.name,
  rights: mediaRights(member.media_role),
})

/** The media server where the room is, if it lives; else one that does, where all of the room then meet anew. */
async function nodeFor(work: Work, visit: VisitRow, { alive }: CallEngine) {
  const present = alive.find((node) => node.url === visit.media_node)
  if (present !== undefined) return { node: present, roomNo: visit.media_room_no }
  // visits are spread over those that live, and two processes choose the same for one visit
  const chosen = alive[(createHash('sha256').update(visit.id).digest()[0] ?? 0) % Math.max(alive.length, 1)]
  if (chosen === undefined) throw callsErrors.MEDIA_AWAY({ retryAfterSeconds: 1 })
  return asSystem(work, systemActor, async (system) => {
    const { settled } = await settleNode(system.tx, visit, chosen.url)
    if (settled) {
      // nobody is in a room whose server is no more, also where no process was left to hear that it went
      await endPresence(system.tx, [visit.id], system.now)
      if (visit.media_node !== null) await tellMediaLost(system, visit.id, visit.media_room_no)
    }
    const now = await findVisit(system.tx, visit.id)
    const node = alive.find(({ url }) => url === now?.media_node)
    if (now === undefined || node === undefined) throw callsErrors.MEDIA_AWAY({ retryAfterSeconds: 1 })
    return { node, roomNo: now.media_room_no }
  })
}

/**
 * A token alone makes no room. A server that lives and cannot make it, e.g. because it takes the room to be at another
 * that died a second ago, gets it under another name at the next try.
 */
async function openRoom(begin: BeginStep, visitId: string, place: Place, { suspect }: TicketParts): Promise<void> {
  const { livekit, admission, roomNo, url, limit } = place
  const made = await livekit.openRoom(admission.room, participantLimit('livekit', limit)).catch(() => undefined)
  if (made) return
  if (made === undefined) suspect(url)
  else await begin((work) => leaveRoomBehind(work, visitId, roomNo))
  throw callsErrors.MEDIA_AWAY({ retryAfterSeconds: 1 })
}

/** Whoever is in it, or got a ticket for it a moment ago, comes along. */
function leaveRoomBehind(work: Work, visitId: string, roomNo: number): Promise<void> {
  return asSystem(work, systemActor, async (system) => {
    if (await followRoom(system.tx, visitId, roomNo)) await tellMediaLost(system, visitId, roomNo)
  })
}

/** The token is good at the media server whatever happens here: who holds it is written down. */
async function givePass(work: Work, member: { visitId: string; personId: string; sessionId: string | undefined }) {
  const { sessionId } = member
  const holderId = work.actor.personId
  if (sessionId === undefined || holderId === null) throw callsErrors.VISIT_UNKNOWN()
  return asSystem(work, systemActor, ({ tx, now }) =>
    keepPass(tx, {
      id: randomUUID(),
      visit_id: member.visitId,
      person_id: member.personId,
      holder_id: holderId,
      session_id: sessionId,
      issued_at: now,
    }),
  )
}
