import { isDeepStrictEqual } from 'node:util'
import type { saveDraft as saveDraftRoute } from '@moinha/contracts/consults'
import type { HandlerInput } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { holdEncounter } from '../../records/index.ts'
import { isPossible, tookPartStatuses } from '../domain/life-cycle.ts'
import { consultsErrors } from '../errors.ts'
import { consultSubmitted } from '../events.ts'
import { mayRequest } from '../policy.ts'
import { findConsult, moveConsult, nextNumber } from '../store/consult-rows.ts'
import { requestedEncounter, type RequestedEncounter } from '../store/requested-encounter.ts'
import type { ConsultRow } from '../store/tables.ts'
import { explainMissing, findRoute } from './find-route.ts'
import { lockConsult } from './part-in-case.ts'
import { readConsult } from './read-consult.ts'
import { ringNext } from './ring-next.ts'
import { factOf } from './notify-consult.ts'

type Draft = HandlerInput<typeof saveDraftRoute>['body']

/** The encounter, if it is the actor's unit's and still open. */
async function requireOpenEncounter(work: Work, id: string): Promise<RequestedEncounter> {
  // whoever takes the encounter back in this moment waits, and then takes back the request too
  await asSystem(work, systemActor, ({ tx }) => holdEncounter(tx, id))
  const encounter = await requestedEncounter(work.tx, id)
  if (!encounter || !work.actor.clinicalFacilityIds.includes(encounter.facilityId))
    throw consultsErrors.CONSULT_ENCOUNTER_UNKNOWN()
  if (encounter.status !== 'in_progress') throw consultsErrors.CONSULT_ENCOUNTER_CLOSED({ status: encounter.status })
  return encounter
}

/**
 * Writes a request or corrects a returned one. The id comes from the screen: sent twice, it is kept once. What a
 * colleague wrote meanwhile is not overwritten: whoever comes second is told what stands.
 */
export async function saveDraft(work: Work, id: string, draft: Draft): Promise<void> {
  const row = await findConsult(work, id)
  if (row) return correctDraft(work, row, draft)
  const encounter = await requireOpenEncounter(work, draft.encounterId)
  const { numInsertedOrUpdatedRows } = await work.tx
    .insertInto('consults.consult')
    .values({ id, ...newRequest(work, encounter), ...fieldsOf(draft) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return writeQuestions(work, id, encounter.patientId, draft)
  // written in this very moment by another request, or an id of a case the actor does not see
  const met = await findConsult(work, id)
  if (!met) throw platformErrors.ID_TAKEN()
  return correctDraft(work, met, draft)
}

/** Compare-and-set on the version the writer saw; what stands already changes nothing, in whatever state it is. */
async function correctDraft(work: Work, row: ConsultRow, draft: Draft): Promise<void> {
  if (row.encounter_id !== draft.encounterId || !mayRequest(work.actor, row)) throw platformErrors.ID_TAKEN()
  if (await isWritten(work, row, draft)) return
  await requireOpenEncounter(work, draft.encounterId)
  if (!isPossible('edit', row)) throw consultsErrors.CONSULT_WRONG_STATE({ status: row.status, action: 'edit' })
  const { numUpdatedRows } = await work.tx
    .updateTable('consults.consult')
    .where('id', '=', row.id)
    .where('status', '=', row.status)
    .where('version', '=', row.version)
    .where('version', '=', draft.basedOn)
    .set({ ...fieldsOf(draft), version: row.version + 1 })
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw platformErrors.CHANGED_MEANWHILE({ current: await readConsult(work, row.id) })
  await work.tx.deleteFrom('consults.question').where('consult_id', '=', row.id).execute()
  await writeQuestions(work, row.id, row.patient_id, draft)
}

async function writeQuestions(work: Work, id: string, patientId: string, draft: Draft): Promise<void> {
  await work.tx
    .insertInto('consults.question')
    .values(draft.questions.map((text, index) => ({ consult_id: id, no: index + 1, text })))
    .execute()
  work.audit({ action: 'consults.saveDraft', subject: 'consult', subjectId: id, patientId })
}

/** Does the request say this already? */
async function isWritten(work: Work, row: ConsultRow, draft: Draft): Promise<boolean> {
  const fields = fieldsOf(draft)
  const written = Object.fromEntries(Object.keys(fields).map((key) => [key, row[key as keyof typeof fields]]))
  const questions = await work.tx
    .selectFrom('consults.question')
    .where('consult_id', '=', row.id)
    .orderBy('no')
    .select('text')
    .execute()
  const texts = questions.map((question) => question.text)
  return isDeepStrictEqual([written, texts], [fields, draft.questions])
}

const nothingYet = {
  number: null,
  number_year: null,
  supporting_facility_id: null,
  consultant_id: null,
  visit_id: null,
  scheduled_at: null,
  ask_lead: false,
  step: 0,
  round: 0,
  return_reason: null,
  cancel_reason: null,
  submitted_at: null,
  accepted_at: null,
  started_at: null,
  signed_at: null,
  closed_at: null,
  version: 1,
}

/** A request nobody was asked yet; the patient's name is as the encounter knows it. */
function newRequest(work: Work, encounter: RequestedEncounter) {
  return {
    ...nothingYet,
    status: 'draft' as const,
    encounter_id: encounter.id,
    patient_id: encounter.patientId,
    patient_name: encounter.patientName,
    patient_sex: encounter.patientSex,
    patient_birth_date: encounter.patientBirthDate,
    requesting_facility_id: encounter.facilityId,
    requester_id: work.actor.personId ?? '',
    created_at: work.now,
  }
}

function fieldsOf(draft: Draft) {
  return {
    urgency: draft.urgency,
    specialty: draft.specialty,
    history: draft.history,
    treatment: draft.treatment,
    allergies: draft.allergies,
    diagnosis: draft.diagnosis,
    icd10: draft.icd10,
    preferred_at: draft.preferredAt ? new Date(draft.preferredAt) : null,
    informed_at: draft.patientInformed ? new Date(draft.patientInformed.at) : null,
    informed_how: draft.patientInformed?.how ?? null,
  }
}

/**
 * Sends the request: finds the route and rings the first in the same transaction. Sending what is on its way, or was
 * taken meanwhile, changes nothing and answers how it stands.
 */
export async function submitConsult(work: Work, id: string, askLead: boolean): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayRequest(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  if (row.status === 'submitted' || tookPartStatuses.includes(row.status)) return
  if (!row.informed_at) throw consultsErrors.CONSULT_PATIENT_NOT_INFORMED()
  await requireOpenEncounter(work, row.encounter_id)
  await requireRoute(work, row, askLead)
  const year = Number(localDateOf(work.now).slice(0, 4))
  const number = row.number ?? (await nextNumber(work, row.requesting_facility_id, year))
  const sent = await moveConsult(work, row, 'submit', {
    number,
    number_year: row.number_year ?? year,
    ask_lead: askLead,
    submitted_at: work.now,
    round: row.round + 1,
    supporting_facility_id: null,
    consultant_id: null,
    return_reason: null,
    event: { name: 'submitted' },
  })
  work.audit({
    action: 'consults.submit',
    subject: 'consult',
    subjectId: id,
    patientId: row.patient_id,
    detail: { specialty: row.specialty, urgency: row.urgency },
  })
  const ringing = await asSystem(work, systemActor, (system) => ringNext(system, sent))
  await work.emit(consultSubmitted, factOf(ringing, work.now))
}

async function requireRoute(work: Work, row: ConsultRow, askLead: boolean): Promise<void> {
  const ask = {
    facilityId: row.requesting_facility_id,
    requesterId: row.requester_id,
    specialty: row.specialty,
    askLead,
  }
  const route = await findRoute(work, ask)
  if (route.missing !== null || route.candidates.length === 0) {
    throw consultsErrors.CONSULT_NO_ROUTE(await explainMissing(work, ask, route.missing ?? 'ROSTER'))
  }
}
