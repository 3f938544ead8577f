import * as contract from '@moinha/contracts/consults'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../platform/config/config.ts'
import { answer, file } from '../../platform/http/reply.ts'
import { serve, serveInSteps } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { requireUnlocked, signNow, type SigningResult } from '../signatures/index.ts'
import { acceptConsult, declineConsult, returnConsult, scheduleConsult } from './actions/answer-request.ts'
import { closeConsult, reportPatientOutcome } from './actions/close-case.ts'
import { readEscalation, setEscalation } from './actions/escalation-settings.ts'
import { listConsults, listRinging } from './actions/list-consults.ts'
import { startSession } from './actions/open-session.ts'
import { prefillRequest, previewRoute } from './actions/prepare-request.ts'
import { readConsult } from './actions/read-consult.ts'
import { isAwaited, prepareMinutes } from './actions/sign-minutes.ts'
import { signedMinutesPdf } from './actions/signed-minutes.ts'
import { addOpinion, proposeMinutes, saveMinutes } from './actions/write-minutes.ts'
import { cancelConsult } from './actions/withdraw-consult.ts'
import { saveDraft, submitConsult } from './actions/write-request.ts'

const done = { done: true } as const

export function consultsRoutes(app: FastifyInstance, { config }: Platform): void {
  reading(app)
  requesting(app)
  answering(app)
  concluding(app, config)
}

function reading(app: FastifyInstance): void {
  serve(app, contract.prefill, (work, { query }) => prefillRequest(work, query.encounterId))
  serve(app, contract.previewRoute, (work, { query }) => previewRoute(work, query))
  serve(app, contract.list, (work, { query }) => listConsults(work, query))
  serve(app, contract.ringing, (work) => listRinging(work))
  serve(app, contract.escalation, (work, { query }) => readEscalation(work, query.facilityId))
  serve(app, contract.setEscalation, async (work, { body }) => {
    await setEscalation(work, body)
    return done
  })
  serve(app, contract.get, (work, { params }) => readConsult(work, params.id))
}

function requesting(app: FastifyInstance): void {
  serve(app, contract.saveDraft, async (work, { params, body }) => {
    await saveDraft(work, params.id, body)
    return readConsult(work, params.id)
  })
  serve(app, contract.submit, async (work, { params, body }) => {
    await submitConsult(work, params.id, body.askLead)
    return readConsult(work, params.id)
  })
  serve(app, contract.cancel, async (work, { params, body }) => {
    await cancelConsult(work, params.id, body.reason)
    return readConsult(work, params.id)
  })
  serve(app, contract.reportPatientOutcome, async (work, { params, body }) => {
    await reportPatientOutcome(work, params.id, body)
    return readConsult(work, params.id)
  })
}

function answering(app: FastifyInstance): void {
  serve(app, contract.accept, async (work, { params }) => {
    await acceptConsult(work, params.id)
    return readConsult(work, params.id)
  })
  serve(app, contract.decline, async (work, { params, body }) => {
    await declineConsult(work, params.id, body.reason)
    return done
  })
  serve(app, contract.returnConsult, async (work, { params, body }) => {
    await returnConsult(work, params.id, body.reason)
    return done
  })
  serve(app, contract.schedule, async (work, { params, body }) => {
    await scheduleConsult(work, params.id, new Date(body.at))
    return readConsult(work, params.id)
  })
  serve(app, contract.start, async (work, { params }) => {
    await startSession(work, params.id)
    return readConsult(work, params.id)
  })
}

function concluding(app: FastifyInstance, config: Config): void {
  serve(app, contract.addOpinion, async (work, { params, body }) => {
    await addOpinion(work, params.id, body)
    return readConsult(work, params.id)
  })
  serve(app, contract.saveMinutes, async (work, { params, body }) => {
    await saveMinutes(work, params.id, params.minutesId, body)
    return readConsult(work, params.id)
  })
  serve(app, contract.proposeMinutes, async (work, { params }) => {
    await proposeMinutes(work, params.id, params.minutesId)
    return readConsult(work, params.id)
  })
  serveInSteps(app, contract.signMinutes, async (begin, { params, body }) => {
    const requests = await begin(async (work) => {
      const prepared = await prepareMinutes(work, params.id, params.minutesId, body)
      if (prepared.length > 0) await requireUnlocked(work, config, body.unlocking)
      return prepared
    })
    const results: SigningResult[] = []
    for (const id of requests) results.push(await signNow(config, begin, id, body.unlocking))
    const status = isAwaited(results) ? 202 : 200
    return async (work) => answer({ status, value: await readConsult(work, params.id) })
  })
  serve(app, contract.signedMinutesPdf, async (work, { params }) =>
    file(await signedMinutesPdf(work, params.id, params.minutesId), {
      type: 'application/pdf',
      fileName: `${params.minutesId}.pdf`,
    }),
  )
  serve(app, contract.close, async (work, { params }) => {
    await closeConsult(work, params.id)
    return readConsult(work, params.id)
  })
}
