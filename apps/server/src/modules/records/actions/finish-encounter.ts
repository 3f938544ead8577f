import type { Disposition } from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { encounterFinished } from '../domain/events.ts'
import { finishedFact } from './finished-encounter.ts'
import { holdPilotPlace } from './hold-pilot-place.ts'
import { judgeEnding } from './judge-ending.ts'
import { contentOf, diagnosesOf, type EncounterRow } from '../store/encounters.ts'
import { nameOf } from '../store/people.ts'
import { endAccess } from './grant-access.ts'
import { requireUsable } from './require-usable.ts'
import { notifyScreens, ownEnding, writableEncounter, writeEncounter } from './save-encounter.ts'

/** Finishes and locks: from here on only corrections with a reason. */
export async function finishEncounter(
  work: Work,
  id: string,
  version: number,
  disposition: Disposition,
): Promise<{ finishedAt: string }> {
  const known = await ownEnding(work, id, { status: 'finished', version })
  if (known?.finished_at && known.disposition === disposition) return { finishedAt: known.finished_at.toISOString() }
  const before = await writableEncounter(work, id)
  const diagnoses = await diagnosesOf(work.tx, id)
  await requireUsable(work, { diagnoses, at: work.now })
  const judged = await judgeEnding(work, { ...before, disposition, diagnoses, at: work.now })
  const saved = await writeEncounter(work, before, version, {
    status: 'finished',
    disposition,
    finished_at: work.now,
    closed_by: work.actor.personId,
    ...judged,
  })
  await holdPilotPlace(work, saved, diagnoses[0]?.code)
  await keepVersion(work, saved, diagnoses, null)
  work.audit({
    action: 'records.finishEncounter',
    subject: 'encounter',
    subjectId: id,
    patientId: saved.patient_id,
    facilityId: saved.facility_id,
    detail: { disposition },
  })
  await notifyScreens(work, saved)
  const fact = finishedFact(saved)
  if (fact) await work.emit(encounterFinished, fact)
  await endAccess(work, { patientId: saved.patient_id, subjectId: id, cause: 'finished' })
  return { finishedAt: work.now.toISOString() }
}

/** Writes down a locked state: 1 as finished, then one per correction. */
export async function keepVersion(
  work: Work,
  row: EncounterRow,
  diagnoses: { code: string; display: string }[],
  reason: string | null,
): Promise<void> {
  await work.tx
    .insertInto('records.encounter_version')
    .values({
      encounter_id: row.id,
      no: row.corrections + 1,
      patient_id: row.patient_id,
      content: JSON.stringify(contentOf(row, diagnoses)),
      reason,
      author_id: work.actor.personId,
      author_name: await nameOf(work, work.actor.personId),
      at: work.now,
    })
    .execute()
}
