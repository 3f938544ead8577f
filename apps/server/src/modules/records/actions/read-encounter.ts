import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { mayWriteEncounter } from '../policy.ts'
import { documentLines } from '../store/documents.ts'
import { encounterLines, encounterOr404, encounterView, observationsOf } from '../store/encounters.ts'
import { patientOr404 } from '../store/patients.ts'
import { gateFor } from './judge-ending.ts'

/** One encounter with everything its screen shows. */
export async function readEncounter(work: Work, id: string): Promise<HandlerReply<typeof contract.readEncounter>> {
  const row = await encounterOr404(work.tx, id)
  const patient = await patientOr404(work.tx, row.patient_id)
  work.audit({ action: 'records.readEncounter', subject: 'encounter', subjectId: id, patientId: row.patient_id })
  return {
    encounter: await encounterView(work, row),
    observations: await observationsOf(work, id),
    documents: await documentLines(work.tx, { encounterId: id }),
    patient: { id: patient.id, fullName: patient.full_name, sex: patient.sex, birthDate: patient.birth_date },
    may: { write: mayWriteEncounter(work.actor, row) },
    gate: await gateFor(work, row),
  }
}

/** What is still open at the actor's units. */
export async function openEncounters(work: Work): Promise<HandlerReply<typeof contract.openEncounters>> {
  const found = await encounterLines(work.tx, { openAt: work.actor.clinicalFacilityIds })
  work.audit({
    action: 'records.openEncounters',
    subject: 'encounter',
    patientIds: found.map(({ row }) => row.patient_id),
    detail: { found: found.length },
  })
  return {
    items: found.map(({ row, line }) => ({ ...line, patientId: row.patient_id, patientName: row.patient_name })),
  }
}
