import { systemActor } from '../../../platform/access/actor.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { FinishedEncounter } from '../domain/events.ts'
import { wasSentUp, type EncounterRow } from '../store/encounters.ts'
import type { RemoteMode } from '../store/tables.ts'

/** What other modules learn of an encounter that is finished; nothing of one that is not. */
export function finishedFact(row: EncounterRow): FinishedEncounter | undefined {
  if (row.status !== 'finished' || row.finished_at === null) return undefined
  return {
    encounterId: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    practitionerId: row.practitioner_id,
    remoteMode: row.remote_mode,
    referredUp: wasSentUp(row),
    prescribed: false,
    finishedAt: row.finished_at,
  }
}

const kindOfMode: Partial<Record<RemoteMode, string>> = {
  HEALTH_ADVICE: 'health_advice',
  DIRECT_TO_PATIENT: 'remote_exam',
  VIA_RECEIVING_FACILITY: 'remote_exam',
}

/**
 * What a finished encounter counts as, by its facts of now, whoever acts. In person, or support between facilities, is
 * not counted here: the consult itself is.
 */
export async function encounterActivities(work: Work, id: string): Promise<ExpectedActivity[]> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx.selectFrom('records.encounter').where('id', '=', id).selectAll().executeTakeFirst(),
  )
  const done = row && finishedFact(row)
  const kind = done && kindOfMode[done.remoteMode]
  if (!done || !kind) return []
  const { finishedAt: at, facilityId, practitionerId, patientId, referredUp } = done
  return [{ kind, at, facilityId, practitionerId, patientId, selfPerformed: !referredUp }]
}
