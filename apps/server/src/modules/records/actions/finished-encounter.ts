import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { FinishedEncounter } from '../domain/events.ts'
import { wasSentUp, type EncounterRow } from '../store/encounters.ts'

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

/** The encounter as it stands now, if it is finished; for modules that count it, whoever acts. */
export async function finishedEncounter(work: Work, id: string): Promise<FinishedEncounter | undefined> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx.selectFrom('records.encounter').where('id', '=', id).selectAll().executeTakeFirst(),
  )
  return row && finishedFact(row)
}
