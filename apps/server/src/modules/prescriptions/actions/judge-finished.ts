import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { encounterFor, mayTreat } from '../../records/index.ts'
import { prescriptionsErrors } from '../errors.ts'
import { hasStanding } from '../store/prescriptions.ts'

/**
 * Who prescribed at a distance treated: the encounter ends as treatment, under the gate of treatment, not as advice
 * past it. In person nothing binds how it ends.
 */
export async function requireTreatment(work: Work, encounterId: string): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    if (!(await hasStanding(system.tx, encounterId))) return
    const { disposition } = await encounterFor(system, encounterId)
    const { applies } = await mayTreat(system, encounterId)
    if (applies && disposition !== 'treatment') throw prescriptionsErrors.RX_ENCOUNTER_PRESCRIBED()
  })
}
