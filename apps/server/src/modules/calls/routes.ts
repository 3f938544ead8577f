import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import { serve, serveInSteps } from '../../platform/http/serve.ts'
import { admitMembers, knock, listWaiting } from './actions/knock.ts'
import { present } from './actions/present.ts'
import { closeFloor, giveFloor } from './actions/give-floor.ts'
import { silence } from './actions/mute-members.ts'
import { lowerHands, raiseHand } from './actions/raise-hand.ts'
import { removeFromRoom } from './actions/remove-from-room.ts'
import { finishOwnVisit } from './actions/finish-visit.ts'
import { issueTicket, type TicketParts } from './actions/issue-ticket.ts'
import { getVisit, myVisits } from './actions/read-visits.ts'
import { answerRing, cancelRing, myRings, ringMember } from './actions/ring-member.ts'

export function registerRoutes(app: FastifyInstance, parts: TicketParts): void {
  serve(app, contract.myVisits, async (work) => ({ visits: await myVisits(work) }))
  serve(app, contract.getVisit, async (work, { params }) => ({
    ...(await getVisit(work, params.visitId)),
    transport: parts.engine().livekit === null ? ('mesh' as const) : ('livekit' as const),
  }))
  serveInSteps(app, contract.issueTicket, async (begin, { params }, { request }) => {
    const ticket = await issueTicket(begin, { visitId: params.visitId, cookie: request.headers.cookie ?? '' }, parts)
    return async () => ticket
  })
  serve(app, contract.ringMember, async (work, { params, body }) => ({
    ringId: body.ringId,
    until: (await ringMember(work, params.visitId, body)).toISOString(),
  }))
  serve(app, contract.answerRing, async (work, { params, body }) => {
    await answerRing(work, params.visitId, body)
    return { visitId: params.visitId, answer: body.answer }
  })
  serve(app, contract.cancelRing, async (work, { params, body }) => {
    await cancelRing(work, params.visitId, body.ringId)
    return { ringId: body.ringId }
  })
  serve(app, contract.myRings, async (work) => ({ rings: await myRings(work) }))
  serve(app, contract.finishVisit, async (work, { params }) => ({
    visitId: params.visitId,
    finishedAt: (await finishOwnVisit(work, params.visitId)).toISOString(),
  }))
  registerRoomRoutes(app)
}

/** Order in a room of many: hands, the door, who shows something. */
function registerRoomRoutes(app: FastifyInstance): void {
  serve(app, contract.raiseHand, async (work, { params: { visitId }, body }) => ({
    visitId,
    raisedAt: (await raiseHand(work, visitId, body.raised))?.toISOString() ?? null,
  }))
  serve(app, contract.lowerHands, async (work, { params: { visitId }, body }) => {
    await lowerHands(work, visitId, body.personId ?? null)
    return { visitId }
  })
  serve(app, contract.muteMembers, async (work, { params: { visitId }, body }) => ({
    visitId,
    muted: await silence(work, visitId, body.personId ?? null),
  }))
  serve(app, contract.giveFloor, async (work, { params: { visitId }, body }) => {
    await giveFloor(work, visitId, body.personId, body.maySpeak)
    return { visitId }
  })
  serve(app, contract.closeFloor, async (work, { params: { visitId }, body }) => {
    await closeFloor(work, visitId, body.closed)
    return { visitId }
  })
  serve(app, contract.knock, async (work, { params: { visitId } }) => ({
    visitId,
    admitted: await knock(work, visitId),
  }))
  serve(app, contract.listWaiting, async (work, { params }) => ({ waiting: await listWaiting(work, params.visitId) }))
  serve(app, contract.admitMembers, async (work, { params: { visitId }, body }) => ({
    visitId,
    admitted: await admitMembers(work, visitId, body.personId ?? null),
  }))
  serve(app, contract.removeFromRoom, async (work, { params: { visitId }, body }) => {
    await removeFromRoom(work, visitId, body.personId)
    return { visitId }
  })
  serve(app, contract.present, async (work, { params: { visitId }, body }) => ({
    visitId,
    presenter: await present(work, visitId, body),
  }))
}
