import * as contract from '@moinha/contracts/records'
import * as emergency from '@moinha/contracts/records-emergency'
import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../../platform/audit/audit.ts'
import { CodedError } from '../../platform/errors/coded-error.ts'
import { serve } from '../../platform/http/serve.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { addIdentifier } from './actions/add-identifier.ts'
import { breakGlass, breakGlassFind } from './actions/break-glass.ts'
import { cancelEncounter } from './actions/cancel-encounter.ts'
import { correctEncounter, encounterVersions } from './actions/correct-encounter.ts'
import { editPatient } from './actions/edit-patient.ts'
import { myEmergencyNotices, readEmergencyNotice } from './actions/emergency-notices.ts'
import { listEmergencyOpenings, reviewEmergencyOpening } from './actions/review-emergency-opening.ts'
import { readDocument } from './actions/file-document.ts'
import { finishEncounter } from './actions/finish-encounter.ts'
import { enableTeleRow, searchDiagnoses, setTeleGate, teleList } from './actions/keep-reference-lists.ts'
import { openEncounter } from './actions/open-encounter.ts'
import { openEncounters, readEncounter } from './actions/read-encounter.ts'
import { readOwnAccess, readOwnDocument, readOwnRecord } from './actions/read-own-record.ts'
import { listEncounters, readPatient } from './actions/read-patient.ts'
import { registerPatient } from './actions/register-patient.ts'
import { saveEncounter } from './actions/save-encounter.ts'
import { saveObservations } from './actions/save-observations.ts'
import { searchPatients } from './actions/search-patients.ts'
import { worksAt } from './policy.ts'
import { patientOr404 } from './store/patients.ts'

export function recordsRoutes(app: FastifyInstance): void {
  serveEmergencies(app)
  servePatients(app)
  serveEncounters(app)
  serveLists(app)
  serveOwnRecord(app)
}

function servePatients(app: FastifyInstance): void {
  serve(app, contract.searchPatients, (work, { body }) => searchPatients(work, body))
  serve(app, contract.registerPatient, async (work, { body }, { request }) => {
    try {
      return await registerPatient(work, body)
    } catch (error) {
      // the act is undone, but that somebody was told of possible doubles must stay written
      if (error instanceof CodedError && error.code === 'PATIENT_MAY_EXIST') {
        const note = { action: 'records.registerPatient', subject: 'patient', outcome: 'refused' as const, facilityId: body.facilityId, detail: { code: error.code } }
        await app.act(work.actor, (own) => writeAudit(own.tx, own.actor, request.id, [note]), request.id)
      }
      throw error
    }
  })
  serve(app, contract.editPatient, (work, { params, body }) => editPatient(work, params.patientId, body))
  serve(app, contract.addIdentifier, (work, { params, body }) => addIdentifier(work, params.patientId, body))
  serve(app, contract.readPatient, (work, { params }) => readPatient(work, params.patientId))
  serve(app, contract.listEncounters, (work, { params, query }) => listEncounters(work, params.patientId, query))
  serve(app, contract.breakGlassFind, (work, { body }) => breakGlassFind(work, body))
  serve(app, contract.breakGlass, (work, { params, body }) => breakGlass(work, params.patientId, body.reason))
}

function serveEncounters(app: FastifyInstance): void {
  serve(app, contract.openEncounter, async (work, { body }) => {
    await patientOr404(work.tx, body.patientId)
    if (!worksAt(work.actor, body.facilityId) || work.actor.personId === null) throw platformErrors.NOT_ALLOWED()
    const { id } = await openEncounter(work, { ...body, practitionerId: work.actor.personId })
    return { id }
  })
  serve(app, contract.openEncounters, (work) => openEncounters(work))
  serve(app, contract.readEncounter, (work, { params }) => readEncounter(work, params.id))
  serve(app, contract.saveEncounter, (work, { params, body }) => saveEncounter(work, params.id, body.version, body.changes))
  serve(app, contract.saveObservations, (work, { params, body }) => saveObservations(work, params.id, body.items))
  serve(app, contract.finishEncounter, (work, { params, body }) => finishEncounter(work, params.id, body.version, body.outcome))
  serve(app, contract.cancelEncounter, (work, { params, body }) => cancelEncounter(work, params.id, body.version, body.reason))
  serve(app, contract.correctEncounter, (work, { params, body }) => correctEncounter(work, params.id, body))
  serve(app, contract.encounterVersions, (work, { params }) => encounterVersions(work, params.id))
  serve(app, contract.readDocument, (work, { params, query }) => readDocument(work, params.id, query.version))
}

function serveLists(app: FastifyInstance): void {
  serve(app, contract.searchDiagnoses, (work, { query }) => searchDiagnoses(work, query.q))
  serve(app, contract.teleList, (work) => teleList(work))
  serve(app, contract.setTeleGate, (work, { body }) => setTeleGate(work, body.gate))
  serve(app, contract.enableTeleRow, (work, { params, body }) => enableTeleRow(work, params.id, body.enabled))
}

function serveOwnRecord(app: FastifyInstance): void {
  serve(app, contract.ownRecord, (work, { params }) => readOwnRecord(work, params.patientId))
  serve(app, contract.ownDocument, (work, { params }) => readOwnDocument(work, params.patientId, params.id))
  serve(app, contract.ownAccess, (work, { params, query }) => readOwnAccess(work, params.patientId, query))
}

function serveEmergencies(app: FastifyInstance): void {
  serve(app, emergency.listEmergencyOpenings, (work, { query }) => listEmergencyOpenings(work, query))
  serve(app, emergency.reviewEmergencyOpening, (work, { params, body }) => reviewEmergencyOpening(work, params.id, body))
  serve(app, emergency.myEmergencyNotices, (work) => myEmergencyNotices(work))
  serve(app, emergency.readEmergencyNotice, (work, { params }) => readEmergencyNotice(work, params.id))
}
