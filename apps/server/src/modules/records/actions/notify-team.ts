import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { holdersOf } from '../store/relationships.ts'

/**
 * Screens of everybody who may see the patient now, the consultant's too, fetch what is known of them anew. The wire
 * carries an id only.
 */
export async function notifyTeam(work: Work, patientId: string): Promise<void> {
  const holders = await asSystem(work, systemActor, ({ tx }) => holdersOf(tx, patientId))
  for (const { facilityId, personId } of holders) {
    const topic = facilityId === null ? `person:${personId}` : `facility:${facilityId}`
    await work.live(topic, 'records.factsChanged', { patientId })
  }
}
