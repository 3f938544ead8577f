import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import { agreeToAssist, askAssist, endOwnAssist, readAssist } from './actions/ask-assist.ts'
import { actInAssist, endAssist, listAssists, takeAssist } from './actions/help-assist.ts'

/** Help with sound and picture by somebody who is not in the visit. */
export function registerAssistRoutes(app: FastifyInstance): void {
  serve(app, contract.askAssist, (work, { params, body }) => askAssist(work, params.visitId, body.assistId))
  serve(app, contract.readAssist, async (work, { params }) => ({ assist: await readAssist(work, params.visitId) }))
  serve(app, contract.agreeToAssist, (work, { params }) => agreeToAssist(work, params.visitId, params.assistId))
  serve(app, contract.endOwnAssist, async (work, { params: { visitId, assistId } }) => {
    await endOwnAssist(work, visitId, assistId)
    return { assistId }
  })
  serve(app, contract.listAssists, async (work) => ({ assists: await listAssists(work) }))
  serve(app, contract.takeAssist, async (work, { params: { assistId } }) => {
    await takeAssist(work, assistId)
    return { assistId }
  })
  serve(app, contract.actInAssist, async (work, { params: { assistId }, body }) => {
    await actInAssist(work, assistId, body.action)
    return { assistId }
  })
  serve(app, contract.endAssist, async (work, { params: { assistId } }) => {
    await endAssist(work, assistId)
    return { assistId }
  })
}
