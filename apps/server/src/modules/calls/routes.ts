import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import { finishOwnVisit } from './actions/finish-visit.ts'
import { issueTicket, type TicketParts } from './actions/issue-ticket.ts'
import { listMessages } from './actions/list-messages.ts'
import { getVisit, myVisits } from './actions/read-visits.ts'
import { answerRing, cancelRing, myRings, ringMember } from './actions/ring-member.ts'
import { sendMessage, settleCallBack } from './actions/send-message.ts'
import { showPhones } from './actions/show-phones.ts'

export function registerRoutes(app: FastifyInstance, parts: TicketParts): void {
  serve(app, contract.myVisits, async (work) => ({ visits: await myVisits(work) }))
  serve(app, contract.getVisit, (work, { params }) => getVisit(work, params.visitId))
  serve(app, contract.issueTicket, (work, { params }, { request }) =>
    issueTicket(work, { visitId: params.visitId, cookie: request.headers.cookie ?? '' }, parts),
  )
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
  registerMessageRoutes(app)
}

function registerMessageRoutes(app: FastifyInstance): void {
  serve(app, contract.listMessages, (work, { params, query }) => listMessages(work, params.visitId, query))
  serve(app, contract.sendMessage, (work, { params, body }) => sendMessage(work, params.visitId, body))
  serve(app, contract.settleCallBack, (work, { params }) => settleCallBack(work, params.visitId, params.messageId))
  serve(app, contract.showPhones, async (work, { params }) => ({ phones: await showPhones(work, params.visitId) }))
}
