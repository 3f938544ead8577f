import type { EncounterChanges, EncounterContent } from '@moinha/contracts/records'
import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { encounterCorrected } from '../domain/events.ts'
import { recordsErrors } from '../errors.ts'
import { mayWriteEncounter } from '../policy.ts'
import { columnsOf, diagnosesOf, encounterOr404, replaceDiagnoses } from '../store/encounters.ts'
import { keepVersion } from './finish-encounter.ts'
import { tellScreens, writeEncounter } from './save-encounter.ts'

/** Corrects a finished encounter: a new version with its reason; the version before stays as it was. */
export async function correctEncounter(work: Work, id: string, body: { version: number; reason: string; changes: EncounterChanges }): Promise<{ version: number }> {
  const before = await encounterOr404(work.tx, id)
  if (!mayWriteEncounter(work.actor, before)) throw platformErrors.NOT_ALLOWED()
  if (before.status !== 'finished') throw recordsErrors.ENCOUNTER_NOT_FINISHED()
  const saved = await writeEncounter(work, before, body.version, { ...columnsOf(body.changes), corrections: before.corrections + 1 })
  if (saved.conclusion.trim() === '') throw recordsErrors.ENCOUNTER_INCOMPLETE({ missing: ['conclusion'] })
  if (body.changes.diagnoses) await replaceDiagnoses(work.tx, saved, body.changes.diagnoses)
  await keepVersion(work, saved, await diagnosesOf(work.tx, id), body.reason)
  work.audit({ action: 'records.correctEncounter', subject: 'encounter', subjectId: id, patientId: saved.patient_id, facilityId: saved.facility_id, detail: { pieces: Object.keys(body.changes) } })
  await tellScreens(work, saved)
  await work.emit(encounterCorrected, { encounterId: id })
  return { version: saved.version }
}

/** Every locked state, newest first. */
export async function encounterVersions(work: Work, id: string): Promise<HandlerReply<typeof contract.encounterVersions>> {
  const encounter = await encounterOr404(work.tx, id)
  const rows = await work.tx.selectFrom('records.encounter_version').where('encounter_id', '=', id).orderBy('no', 'desc').selectAll().execute()
  work.audit({ action: 'records.encounterVersions', subject: 'encounter', subjectId: id, patientId: encounter.patient_id })
  return { items: rows.map((row) => ({ no: row.no, at: row.at.toISOString(), authorName: row.author_name, reason: row.reason, content: row.content as unknown as EncounterContent })) }
}
