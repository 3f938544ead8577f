import type { CallTicket, IceServer } from '@moinha/contracts/calls'
import type { Work } from '../../../platform/db/work.ts'
import { MESH_PEER_LIMIT, transportFor } from '../domain/seating.ts'
import { callsErrors } from '../errors.ts'
import { chairOf } from '../policy.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { seatsIn } from '../store/seat-rows.ts'
import { requireJoinable } from './require-joinable.ts'

export interface TicketParts {
  readonly engine: () => CallEngine
  readonly iceServers: IceServer[]
}

/** All a member's browser needs to enter once. */
export async function issueTicket(work: Work, visitId: string, { engine, iceServers }: TicketParts): Promise<CallTicket> {
  const { members } = await requireJoinable(work, visitId)
  const chair = chairOf(work.actor, members)
  if (chair === undefined) throw callsErrors.VISIT_UNKNOWN()
  const { livekit } = engine()
  const ticket = { visitId, iceServers, peerLimit: MESH_PEER_LIMIT }
  if (livekit === null || transportFor(await seatsIn(work.tx, visitId), true) === 'mesh') return { ...ticket, transport: 'mesh' }
  const token = await livekit.token(visitId, chair.person_id, chair.guest_name ?? chair.name)
  return { ...ticket, transport: 'livekit', livekit: { url: livekit.url, token } }
}
