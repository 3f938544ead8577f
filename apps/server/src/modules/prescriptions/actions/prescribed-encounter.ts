import { systemActor } from '../../../platform/access/actor.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { encounterFor } from '../../records/index.ts'
import { firstIssued } from '../store/prescriptions.ts'

/** Modes in which patient and practitioner are apart: what row 5 of the annex counts. */
const remote: ReadonlySet<string> = new Set(['DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY'])

/**
 * A finished remote encounter with an acknowledged prescription is one activity, at the first acknowledgement, however
 * many prescriptions it has and however often they were replaced.
 */
export async function prescribedActivities(work: Work, encounterId: string): Promise<ExpectedActivity[]> {
  return asSystem(work, systemActor, async (system) => {
    const first = await firstIssued(system.tx, encounterId)
    if (!first?.issued_at) return []
    const { facilityId, patientId, remoteMode, status } = await encounterFor(system, encounterId)
    if (status !== 'finished' || !remote.has(remoteMode)) return []
    return [
      { kind: 'remote_prescription', at: first.issued_at, facilityId, practitionerId: first.prescriber_id, patientId },
    ]
  })
}
