import type * as contract from '@moinha/contracts/records'
import type { HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { stableId } from '../../../platform/ids/stable-id.ts'
import { recordsErrors } from '../errors.ts'
import { mayWriteEncounter } from '../policy.ts'
import { newestVersion } from '../store/documents.ts'
import { diagnosesOf, encounterOr404, observationsOf, type EncounterRow } from '../store/encounters.ts'
import { allergiesOf, currentMedicinesOf } from '../store/facts.ts'
import { fileDocument } from './file-document.ts'
import { patientOnPaper } from './patient-on-paper.ts'

/**
 * Files the summary of a finished encounter, out of what is written there. Asked again it is the same document; after a
 * correction, a new version of it.
 */
export async function summariseEncounter(
  work: Work,
  encounterId: string,
): Promise<HandlerReply<typeof contract.summariseEncounter>> {
  const row = await encounterOr404(work.tx, encounterId)
  if (!mayWriteEncounter(work.actor, row)) throw platformErrors.NOT_ALLOWED()
  if (row.status !== 'finished') throw recordsErrors.ENCOUNTER_NOT_FINISHED()
  const id = stableId(`record-summary/${encounterId}`)
  const filed = await asSystem(work, systemActor, ({ tx }) => newestVersion(tx, id))
  if (filed?.content['encounterVersion'] === row.version) return { id }
  await fileDocument(work, {
    id,
    patientId: row.patient_id,
    encounterId,
    facilityId: row.facility_id,
    kind: 'record_summary',
    title: 'Tóm tắt hồ sơ bệnh án',
    version: (filed?.version ?? 0) + 1,
    content: await contentOf(work, row),
  })
  return { id }
}

async function contentOf(work: Work, row: EncounterRow): Promise<Record<string, unknown>> {
  const by = { facilityId: row.facility_id, personId: row.practitioner_id }
  const { complaint, findings, conclusion, disposition, advice } = row
  const observations = await observationsOf(work, row.id)
  const paper = await patientOnPaper(work, row.patient_id, by)
  return {
    ...paper,
    // as they stood on the day of the encounter (REQ-TELE-03)
    issuer: { name: row.practitioner_name, licenceNo: row.licence_no },
    encounterVersion: row.version,
    from: row.started_at.toISOString(),
    until: (row.finished_at ?? work.now).toISOString(),
    ...{ complaint, findings, conclusion, disposition, advice },
    observations: observations.map((one) => ({
      name: one.display,
      value: `${one.value} ${one.unit}`,
      at: one.takenAt,
    })),
    allergies: (await allergiesOf(work, row.patient_id)).map((one) => one.display),
    medicines: (await currentMedicinesOf(work, row.patient_id)).map((one) => one.display),
    diagnoses: await diagnosesOf(work.tx, row.id),
    nextAppointmentOn: row.next_appointment_on,
  }
}
