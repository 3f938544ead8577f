import type { EncounterChanges, EncounterContent } from '@moinha/contracts/records'
import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { encounterCorrected } from '../domain/events.ts'
import { recordsErrors } from '../errors.ts'
import { mayWriteEncounter } from '../policy.ts'
import { columnsOf, diagnosesOf, encounterOr404, replaceDiagnoses, type EncounterRow } from '../store/encounters.ts'
import { keepVersion } from './finish-encounter.ts'
import { holdPilotPlace } from './hold-pilot-place.ts'
import { judgeEnding, refuseIncomplete, type Judgement } from './judge-ending.ts'
import { requireUsable } from './require-usable.ts'
import { notifyScreens, ownWriting, tryWriteEncounter } from './save-encounter.ts'

type Changes = Omit<EncounterChanges, 'disposition'>

interface Correction {
  version: number
  reason: string
  changes: Changes
}

/** New diagnoses are those of the list of the day on which the visit ended. */
async function requireCorrectable(work: Work, before: EncounterRow, { diagnoses }: Changes): Promise<void> {
  if (diagnoses) await requireUsable(work, { diagnoses, at: before.finished_at ?? work.now })
}

/** Corrects a finished encounter: a new version with its reason; the version before stays as it was. */
export async function correctEncounter(work: Work, id: string, body: Correction): Promise<{ version: number }> {
  const before = await encounterOr404(work.tx, id)
  if (!mayWriteEncounter(work.actor, before)) throw platformErrors.NOT_ALLOWED()
  if (before.status !== 'finished') throw recordsErrors.ENCOUNTER_NOT_FINISHED()
  await requireCorrectable(work, before, body.changes)
  const columns = columnsOf(body.changes)
  const judged = await judgeCorrection(work, { ...before, ...columns }, body.changes)
  const corrected = { ...columns, ...judged, corrections: before.corrections + 1 }
  const saved = await tryWriteEncounter(work, before, body.version, corrected)
  // sent again it changes nothing, and is no further version
  if (!saved) return { version: (await ownWriting(work, id, body)).version }
  if (body.changes.diagnoses) await replaceDiagnoses(work.tx, saved, body.changes.diagnoses)
  const diagnoses = await diagnosesOf(work.tx, id)
  await holdPilotPlace(work, saved, diagnoses[0]?.code)
  await keepVersion(work, saved, diagnoses, body.reason)
  work.audit({
    action: 'records.correctEncounter',
    subject: 'encounter',
    subjectId: id,
    patientId: saved.patient_id,
    facilityId: saved.facility_id,
    detail: { pieces: Object.keys(body.changes) },
  })
  await notifyScreens(work, saved)
  await work.emit(encounterCorrected, { encounterId: id })
  return { version: saved.version }
}

/**
 * A correction passes the gate of the finish: what could not be finished so cannot be corrected so. List and setting
 * are those of the day it was finished. What leaves primary diagnosis and channel as they are keeps the judgement it
 * had.
 */
async function judgeCorrection(work: Work, after: EncounterRow, changes: Changes): Promise<Partial<Judgement>> {
  const before = await diagnosesOf(work.tx, after.id)
  const diagnoses = changes.diagnoses ?? before
  const ending = { ...after, disposition: after.disposition ?? 'advice', diagnoses, at: after.finished_at ?? work.now }
  const otherDisease = changes.diagnoses !== undefined && diagnoses[0]?.code !== before[0]?.code
  const touched = changes.channel !== undefined || otherDisease
  if (touched) return judgeEnding(work, ending)
  refuseIncomplete(ending)
  return {}
}

/** Locked states are never rewritten: those of before the word was changed say `outcome` for `disposition`. */
type WrittenContent = EncounterContent & { outcome?: EncounterContent['disposition'] }

const lockedContent = ({ outcome = null, ...content }: WrittenContent): EncounterContent => ({
  ...content,
  disposition: content.disposition ?? outcome,
})

/** Every locked state, newest first. */
export async function encounterVersions(
  work: Work,
  id: string,
): Promise<HandlerReply<typeof contract.encounterVersions>> {
  const encounter = await encounterOr404(work.tx, id)
  const rows = await work.tx
    .selectFrom('records.encounter_version')
    .where('encounter_id', '=', id)
    .orderBy('no', 'desc')
    .selectAll()
    .execute()
  work.audit({
    action: 'records.encounterVersions',
    subject: 'encounter',
    subjectId: id,
    patientId: encounter.patient_id,
  })
  return {
    items: rows.map((row) => ({
      no: row.no,
      at: row.at.toISOString(),
      authorName: row.author_name,
      reason: row.reason,
      content: lockedContent(row.content as unknown as WrittenContent),
    })),
  }
}
