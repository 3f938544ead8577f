import { sql } from 'kysely'
import { isDeepStrictEqual } from 'node:util'
import type { EncounterChanges } from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { recordsErrors } from '../errors.ts'
import { mayWriteEncounter } from '../policy.ts'
import { requireChannel } from './judge-ending.ts'
import { requireUsable } from './require-usable.ts'
import {
  columnsOf,
  diagnosesOf,
  encounterOr404,
  encounterView,
  replaceDiagnoses,
  type EncounterRow,
} from '../store/encounters.ts'

/** The encounter, if the actor may write into it and it is still open. */
export async function writableEncounter(work: Work, id: string): Promise<EncounterRow> {
  const row = await encounterOr404(work.tx, id)
  if (!mayWriteEncounter(work.actor, row)) throw platformErrors.NOT_ALLOWED()
  requireOpen(row)
  return row
}

export function requireOpen({ status }: EncounterRow): void {
  if (status === 'finished') throw recordsErrors.ENCOUNTER_FINISHED()
  if (status === 'cancelled') throw recordsErrors.ENCOUNTER_CANCELLED()
}

interface Ending {
  status: 'finished' | 'cancelled'
  /** The version it was closed on. */
  version: number
}

/** The encounter, where the actor themselves closed it so on that version: sent again, the ending is not refused. */
export async function ownEnding(work: Work, id: string, ending: Ending): Promise<EncounterRow | undefined> {
  const row = await encounterOr404(work.tx, id)
  const mine = row.closed_by !== null && row.closed_by === work.actor.personId && mayWriteEncounter(work.actor, row)
  return mine && row.status === ending.status && ending.version < row.version ? row : undefined
}

/**
 * Saves the pieces that changed on top of the version the writer saw; a newer version comes back with the refusal, so
 * that nothing typed is lost.
 */
export async function saveEncounter(
  work: Work,
  id: string,
  version: number,
  changes: EncounterChanges,
): Promise<{ version: number; updatedAt: string }> {
  const before = await writableEncounter(work, id)
  if (changes.channel !== undefined) requireChannel({ ...before, channel: changes.channel })
  if (changes.diagnoses) await requireUsable(work, { diagnoses: changes.diagnoses, at: work.now })
  const columns = { ...columnsOf(changes), ...consentTime(work, before, changes) }
  const saved = await tryWriteEncounter(work, before, version, columns)
  if (!saved) return savedAs(await ownWriting(work, id, { version, changes }))
  if (changes.diagnoses) await replaceDiagnoses(work.tx, saved, changes.diagnoses)
  work.audit({
    action: 'records.saveEncounter',
    subject: 'encounter',
    subjectId: id,
    patientId: saved.patient_id,
    facilityId: saved.facility_id,
    detail: { pieces: Object.keys(changes) },
  })
  await notifyScreens(work, saved)
  return savedAs(saved)
}

const savedAs = (row: EncounterRow) => ({ version: row.version, updatedAt: row.updated_at.toISOString() })

function consentTime(work: Work, before: EncounterRow, { consentBy }: EncounterChanges): Partial<EncounterRow> {
  if (consentBy === undefined || consentBy === before.consent_by) return {}
  return { consent_at: consentBy === null ? null : work.now }
}

/** Compare-and-set on version and status; throws CHANGED_MEANWHILE with the newer encounter. */
export async function writeEncounter(
  work: Work,
  before: EncounterRow,
  version: number,
  columns: Partial<EncounterRow>,
): Promise<EncounterRow> {
  return (await tryWriteEncounter(work, before, version, columns)) ?? refuseOlder(work, before.id)
}

/** The same; undefined where somebody wrote meanwhile. */
export async function tryWriteEncounter(
  work: Work,
  before: EncounterRow,
  version: number,
  { judged_conditions: conditions, ...columns }: Partial<EncounterRow>,
): Promise<EncounterRow | undefined> {
  const judged = conditions === undefined ? {} : { judged_conditions: JSON.stringify(conditions) }
  return work.tx
    .updateTable('records.encounter')
    .set({
      ...columns,
      ...judged,
      version: sql<number>`version + 1`,
      updated_at: work.now,
      updated_by: work.actor.personId,
    })
    .where('id', '=', before.id)
    .where('version', '=', version)
    .where('status', '=', before.status)
    .returningAll()
    .executeTakeFirst()
}

async function refuseOlder(work: Work, id: string): Promise<never> {
  throw platformErrors.CHANGED_MEANWHILE({ current: await encounterView(work, await encounterOr404(work.tx, id)) })
}

interface Writing {
  version: number
  changes: EncounterChanges
}

/**
 * The encounter, where what was refused is the actor's own last writing sent again: theirs, one version on, and nobody
 * wrote since. Anything newer is refused with what stands now: an answer would hide it from the writer's screen.
 */
export async function ownWriting(work: Work, id: string, { version, changes }: Writing): Promise<EncounterRow> {
  const row = await encounterOr404(work.tx, id)
  const mine = row.version === version + 1 && row.updated_by !== null && row.updated_by === work.actor.personId
  return mine && (await holds(work, row, changes)) ? row : refuseOlder(work, id)
}

async function holds(work: Work, row: EncounterRow, changes: EncounterChanges): Promise<boolean> {
  const columns = columnsOf(changes)
  if (!Object.keys(columns).every((key) => row[key as keyof EncounterRow] === columns[key as keyof EncounterRow]))
    return false
  return changes.diagnoses === undefined || isDeepStrictEqual(await diagnosesOf(work.tx, row.id), changes.diagnoses)
}

/** Other open screens of the unit fetch the newer state; the wire carries ids only. */
export async function notifyScreens(work: Work, row: EncounterRow): Promise<void> {
  await work.live(`facility:${row.facility_id}`, 'records.encounterChanged', {
    encounterId: row.id,
    version: row.version,
    status: row.status,
  })
}
