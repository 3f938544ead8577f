import * as contract from '@moinha/contracts/programmes'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import { correctAnchor, endEnrolment, keepOutside, noteCall, takeOutsideBack } from './actions/change-enrolment.ts'
import { enrol } from './actions/enrol.ts'
import { listDue } from './actions/list-due.ts'
import { enrolmentsOfPatient, ownEnrolments } from './actions/read-enrolments.ts'
import { listProgrammes, saveProgramme } from './actions/save-programme.ts'

const done = { done: true as const }

export function programmeRoutes(app: FastifyInstance): void {
  serve(app, contract.listProgrammes, (work) => listProgrammes(work))
  serve(app, contract.saveProgramme, async (work, { body }) => {
    await saveProgramme(work, body)
    return done
  })
  serve(app, contract.ofPatient, (work, { params }) => enrolmentsOfPatient(work, params.patientId))
  serve(app, contract.due, (work, { params, query }) => listDue(work, params.facilityId, query))
  serve(app, contract.own, (work) => ownEnrolments(work))
  serveChanges(app)
}

function serveChanges(app: FastifyInstance): void {
  serve(app, contract.enrol, (work, { body }) => enrol(work, body))
  serve(app, contract.correctAnchor, (work, { params, body }) => correctAnchor(work, params.id, body))
  serve(app, contract.endEnrolment, async (work, { params, body }) => {
    await endEnrolment(work, params.id, body)
    return done
  })
  serve(app, contract.keepOutside, async (work, { params, body }) => {
    await keepOutside(work, params.id, body)
    return done
  })
  serve(app, contract.takeOutsideBack, async (work, { params }) => {
    await takeOutsideBack(work, params.id, params.visitId)
    return done
  })
  serve(app, contract.noteCall, async (work, { params, body }) => {
    await noteCall(work, params.id, body)
    return done
  })
}
