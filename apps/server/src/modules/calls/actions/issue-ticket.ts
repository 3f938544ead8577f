import type { CallTicket, IceServer } from '@moinha/contracts/calls'
import { randomUUID } from 'node:crypto'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { mediaIdentity, mediaRoom } from '../domain/media-pass.ts'
import { hasPlaceIn, mediaRights } from '../domain/media-role.ts'
import { MESH_PEER_LIMIT, transportFor } from '../domain/room-capacity.ts'
import { callsErrors } from '../errors.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { keepPass } from '../store/media-pass-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import { requireInside } from './require-inside.ts'

export interface TicketParts {
  readonly engine: () => CallEngine
  readonly iceServers: IceServer[]
  /** The session behind a cookie header. */
  readonly sessionIdOf: (cookie: string) => Promise<string | undefined>
}

/** All a member's browser needs to enter once. */
export async function issueTicket(
  work: Work,
  { visitId, cookie }: { visitId: string; cookie: string },
  { engine, iceServers, sessionIdOf }: TicketParts,
): Promise<CallTicket> {
  const { visit, membership } = await requireInside(work, visitId)
  const { livekit } = engine()
  const ticket = { visitId, iceServers, peerLimit: MESH_PEER_LIMIT }
  const participants = await participantsIn(work.tx, visitId)
  const transport = transportFor(participants, livekit !== null)
  if (!hasPlaceIn(transport, membership.media_role)) throw callsErrors.CALL_NEEDS_SERVER()
  if (livekit === null || transport === 'mesh') return { ...ticket, transport: 'mesh' }
  const pass = await givePass(work, { visitId, personId: membership.person_id, sessionId: await sessionIdOf(cookie) })
  const token = await livekit.token({
    room: mediaRoom(visitId, visit.media_room_no),
    identity: mediaIdentity(pass),
    name: membership.guest_name ?? membership.name,
    rights: mediaRights(membership.media_role),
  })
  return { ...ticket, transport: 'livekit', livekit: { url: livekit.url, token } }
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
