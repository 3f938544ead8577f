import * as contract from '@moinha/contracts/records'
import * as emergency from '@moinha/contracts/records/emergency'
import type { FastifyInstance } from 'fastify'
import type { AuditNote } from '../../platform/audit/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import type { Work } from '../../platform/db/work.ts'
import { CodedError, platformErrors } from '../../platform/errors/coded-error.ts'
import { file, type Answer } from '../../platform/http/reply.ts'
import { serve, serveInSteps } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { readTable } from '../facilities/index.ts'
import { drawPaper } from '../../platform/pdf/draw-in-thread.ts'
import type { Paper } from '../../platform/pdf/paper.ts'
import { addIdentifier } from './actions/add-identifier.ts'
import { breakGlassFind, breakGlassOf } from './actions/break-glass.ts'
import { cancelEncounter } from './actions/cancel-encounter.ts'
import { claimedPatient, claimProxy, confirmProxyClaim } from './actions/claim-proxy.ts'
import { changeFact } from './actions/change-fact.ts'
import { correctEncounter, encounterVersions } from './actions/correct-encounter.ts'
import { editPatient } from './actions/edit-patient.ts'
import { myEmergencyNotices, readEmergencyNotice } from './actions/emergency-notices.ts'
import { listEmergencyOpenings, reviewEmergencyOpening } from './actions/review-emergency-opening.ts'
import { readDocument } from './actions/file-document.ts'
import { finishEncounter } from './actions/finish-encounter.ts'
import {
  enableTeleRow,
  searchDiagnoses,
  setGateBinding,
  setTeleGate,
  teleList,
} from './actions/keep-reference-lists.ts'
import { applyTeleImport, checkTeleImport } from './actions/import-tele-list.ts'
import { addPilot, endPilot, listPilots, pilotUses } from './actions/keep-pilots.ts'
import { applyDiagnosisList, checkDiagnosisList, diagnosisEditions } from './actions/import-diagnoses.ts'
import { endProxy, linkGuardian } from './actions/link-guardian.ts'
import { doubles, notesOfRefusedNumber, notesOfRefusedRegistration } from './actions/note-refused-double.ts'
import { openEncounter } from './actions/open-encounter.ts'
import { openEncounters, readEncounter } from './actions/read-encounter.ts'
import { patientReadings, patientTimeline } from './actions/read-history.ts'
import { readOwnAccess, readOwnDocument, readOwnRecord } from './actions/read-own-record.ts'
import { readPatient } from './actions/read-patient.ts'
import { printDocument, printOwnDocument } from './actions/print-document.ts'
import { factVersions, listFacts } from './actions/read-facts.ts'
import { recordFact } from './actions/record-fact.ts'
import { registerPatient } from './actions/register-patient.ts'
import { saveEncounter } from './actions/save-encounter.ts'
import { saveObservations } from './actions/save-observations.ts'
import { searchPatients } from './actions/search-patients.ts'
import { summariseEncounter } from './actions/summarise-encounter.ts'
import { diagnosisSheetShape } from './domain/diagnosis-list.ts'
import { teleImportShape } from './domain/tele-import.ts'
import { worksAt } from './policy.ts'
import { patientOr404 } from './store/patients.ts'

export function recordsRoutes(app: FastifyInstance, { db }: Platform): void {
  serveEmergencies(app)
  servePatients(app)
  serveProxies(app, db)
  serveEncounters(app)
  serveFacts(app)
  serveLists(app)
  serveDiagnosisList(app)
  servePilots(app)
  serveOwnRecord(app)
}

function servePatients(app: FastifyInstance): void {
  serve(app, contract.searchPatients, (work, { body }) => searchPatients(work, body))
  serve(app, contract.registerPatient, async (work, { body }, { request }) =>
    noteRefused(
      app,
      { work, requestId: request.id, codes: doubles },
      () => registerPatient(work, body),
      (own, refusal) => notesOfRefusedRegistration(own, body, refusal),
    ),
  )
  serve(app, contract.editPatient, (work, { params, body }) => editPatient(work, params.patientId, body))
  serve(app, contract.addIdentifier, (work, { params, body }, { request }) =>
    noteRefused(
      app,
      { work, requestId: request.id, codes: doubles },
      () => addIdentifier(work, params.patientId, body),
      (own) => notesOfRefusedNumber(own, params.patientId, body),
    ),
  )
  serve(app, contract.readPatient, (work, { params }) => readPatient(work, params.patientId))
  serve(app, contract.breakGlassFind, (work, { body }) => breakGlassFind(work, body))
  serve(app, contract.breakGlass, (work, { body }) => breakGlassOf(work, body.handle, body.reason))
}

interface Refusable {
  work: Work
  requestId: string
  /** Refusals to write down; those of status 403 and 404 are written by the platform. */
  codes: readonly string[]
}

/** The transaction of a refused request is undone, but that somebody tried must stay written. */
async function noteRefused<T>(
  app: FastifyInstance,
  { work, requestId, codes }: Refusable,
  run: () => Promise<T>,
  note: (own: Work, refusal: CodedError) => Promise<AuditNote | AuditNote[]>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof CodedError && codes.includes(error.code)) {
      const { code } = error
      await app.transact(
        work.actor,
        async (own) => {
          for (const one of [await note(own, error)].flat()) own.audit({ ...one, outcome: 'refused', detail: { code } })
        },
        requestId,
      )
    }
    throw error
  }
}

/** Refusals of somebody who tried to act for another. */
const proxyRefusals = [
  'GUARDIAN_CODE_WRONG',
  'OTP_TOO_MANY_TRIES',
  'GUARDIAN_MINOR',
  'GUARDIAN_BIRTH_DATE_MISSING',
  'DEPENDANT_MUST_AGREE',
  'DEPENDANT_BIRTH_DATE_MISSING',
  'GUARDIAN_IS_DEPENDANT',
  'FAMILY_FULL',
  'CLAIM_CODE_WRONG',
  'CLAIM_TOO_MANY_TRIES',
]

function serveProxies(app: FastifyInstance, db: Db): void {
  serve(app, contract.linkGuardian, (work, { params: { patientId }, body }, { request }) =>
    noteRefused(
      app,
      { work, requestId: request.id, codes: proxyRefusals },
      () => linkGuardian(work, db, patientId, body),
      async () => ({ action: 'records.linkGuardian', subject: 'family_member', patientId }),
    ),
  )
  serve(app, contract.endProxy, async (work, { params, body }) => {
    await endProxy(work, params.patientId, params.id, body.reason)
    return { done: true as const }
  })
  serve(app, contract.claimProxy, (work, { body }) => claimProxy(work, db, body))
  serve(app, contract.confirmProxyClaim, (work, { params, body }, { request }) =>
    noteRefused(
      app,
      { work, requestId: request.id, codes: proxyRefusals },
      () => confirmProxyClaim(work, db, params.id, body),
      async (own) => ({
        action: 'records.confirmProxyClaim',
        subject: 'proxy_claim',
        subjectId: params.id,
        ...(await claimedPatient(own, params.id)),
      }),
    ),
  )
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
  serve(app, contract.saveEncounter, (work, { params, body }) =>
    saveEncounter(work, params.id, body.version, body.changes),
  )
  serve(app, contract.saveObservations, (work, { params, body }) => saveObservations(work, params.id, body.items))
  serve(app, contract.finishEncounter, (work, { params, body }) =>
    finishEncounter(work, params.id, body.version, body.disposition),
  )
  serve(app, contract.cancelEncounter, (work, { params, body }) =>
    cancelEncounter(work, params.id, body.version, body.reason),
  )
  serve(app, contract.correctEncounter, (work, { params, body }) => correctEncounter(work, params.id, body))
  serve(app, contract.encounterVersions, (work, { params }) => encounterVersions(work, params.id))
  serve(app, contract.summariseEncounter, (work, { params }) => summariseEncounter(work, params.id))
  serve(app, contract.readDocument, (work, { params, query }) => readDocument(work, params.id, query.version))
  serveInSteps(app, contract.documentPdf, async (begin, { params, query }) =>
    pdfOf(await begin((work) => printDocument(work, params.id, query)), params.id),
  )
}

/** Drawn after the transaction that read it. Its name says no patient's name: files lie about on shared machines. */
async function pdfOf(paper: Paper, id: string): Promise<() => Promise<Answer>> {
  const bytes = await drawPaper(paper)
  return async () => file(bytes, { type: 'application/pdf', fileName: `${id}.pdf` })
}

function serveFacts(app: FastifyInstance): void {
  serve(app, contract.listFacts, (work, { params }) => listFacts(work, params.patientId))
  serve(app, contract.recordFact, (work, { params, body }) => recordFact(work, params.patientId, body))
  serve(app, contract.changeFact, (work, { params, body }) => changeFact(work, params.id, body))
  serve(app, contract.patientTimeline, (work, { params, query }) => patientTimeline(work, params.patientId, query))
  serve(app, contract.patientReadings, (work, { params }) => patientReadings(work, params.patientId))
  serve(app, contract.factVersions, (work, { params }) => factVersions(work, params.id))
}

function serveLists(app: FastifyInstance): void {
  serve(app, contract.searchDiagnoses, (work, { query }) => searchDiagnoses(work, query))
  serve(app, contract.teleList, (work, { query }) => teleList(work, query.on))
  serveTeleImport(app)
  serve(app, contract.setTeleGate, (work, { body }) => setTeleGate(work, body.gate))
  serve(app, contract.setGateBinding, (work, { params, body }) => setGateBinding(work, params.condition, body.binding))
  serve(app, contract.enableTeleRow, (work, { params, body }) => enableTeleRow(work, params.id, body.enabled))
}

/** Lists are read before their transaction begins: a slow file keeps no connection and no lock. */
function serveDiagnosisList(app: FastifyInstance): void {
  serve(app, contract.diagnosisEditions, (work) => diagnosisEditions(work))
  serveInSteps(app, contract.checkDiagnosisList, async (_begin, { body, query }) => {
    const rows = await readTable(body.bytes, body.type, diagnosisSheetShape)
    return (work) => checkDiagnosisList(work, { rows, ...query })
  })
  serveInSteps(app, contract.applyDiagnosisList, async (_begin, { body, query: { digest, ...list } }) => {
    const rows = await readTable(body.bytes, body.type, diagnosisSheetShape)
    return (work) => applyDiagnosisList(work, { rows, ...list }, digest)
  })
}

/** Files are read before their transaction begins: a slow one keeps no connection and no lock. */
function serveTeleImport(app: FastifyInstance): void {
  serveInSteps(app, contract.checkTeleImport, async (_begin, { body }) => {
    const file = await readTable(body.bytes, body.type, teleImportShape)
    return async (work) => checkTeleImport(work, file)
  })
  serveInSteps(app, contract.applyTeleImport, async (_begin, { body, query }) => {
    const file = await readTable(body.bytes, body.type, teleImportShape)
    return (work) => applyTeleImport(work, file, query.from)
  })
}

function servePilots(app: FastifyInstance): void {
  serve(app, contract.listPilots, (work, { query }) => listPilots(work, query))
  serve(app, contract.pilotUses, (work, { params }) => pilotUses(work, params.id))
  serve(app, contract.addPilot, (work, { params, body }) => addPilot(work, { ...params, ...body }))
  serve(app, contract.endPilot, (work, { params, body }) => endPilot(work, params.id, body.on))
}

function serveOwnRecord(app: FastifyInstance): void {
  serve(app, contract.ownRecord, (work, { params }) => readOwnRecord(work, params.patientId))
  serve(app, contract.ownDocument, (work, { params }) => readOwnDocument(work, params.patientId, params.id))
  serveInSteps(app, contract.ownDocumentPdf, async (begin, { params: { patientId, id }, query }) =>
    pdfOf(await begin((work) => printOwnDocument(work, patientId, id, query)), id),
  )
  serve(app, contract.ownAccess, (work, { params, query }) => readOwnAccess(work, params.patientId, query))
}

function serveEmergencies(app: FastifyInstance): void {
  serve(app, emergency.listEmergencyOpenings, (work, { query }) => listEmergencyOpenings(work, query))
  serve(app, emergency.reviewEmergencyOpening, (work, { params, body }) =>
    reviewEmergencyOpening(work, params.id, body),
  )
  serve(app, emergency.myEmergencyNotices, (work) => myEmergencyNotices(work))
  serve(app, emergency.readEmergencyNotice, (work, { params }) => readEmergencyNotice(work, params.id))
}
