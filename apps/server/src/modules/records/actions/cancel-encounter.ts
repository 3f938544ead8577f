import type { Work } from '../../../platform/db/work.ts'
import { encounterCancelled } from '../domain/events.ts'
import { endAccess } from './grant-access.ts'
import { holdPilotPlace } from './hold-pilot-place.ts'
import { notifyScreens, ownEnding, writableEncounter, writeEncounter } from './save-encounter.ts'

/** Takes back an encounter opened by mistake; what was written stays readable. */
export async function cancelEncounter(
  work: Work,
  id: string,
  version: number,
  reason: string,
): Promise<{ done: true }> {
  if (await ownEnding(work, id, { status: 'cancelled', version })) return { done: true }
  const before = await writableEncounter(work, id)
  const saved = await writeEncounter(work, before, version, {
    status: 'cancelled',
    cancel_reason: reason,
    closed_by: work.actor.personId,
  })
  await holdPilotPlace(work, saved, undefined)
  work.audit({
    action: 'records.cancelEncounter',
    subject: 'encounter',
    subjectId: id,
    patientId: saved.patient_id,
    facilityId: saved.facility_id,
  })
  await notifyScreens(work, saved)
  await work.emit(encounterCancelled, {
    encounterId: id,
    patientId: saved.patient_id,
    facilityId: saved.facility_id,
    appointmentId: saved.appointment_id,
    reason,
  })
  // last, since what happens before may rest on it
  await endAccess(work, { patientId: saved.patient_id, subjectId: id, cause: 'cancelled' })
  return { done: true }
}
