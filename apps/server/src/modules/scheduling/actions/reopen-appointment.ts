import type { Work } from '../../../platform/db/work.ts'
import { stateAfterTakeBack } from '../domain/appointment-states.ts'
import { revertStart } from '../store/appointment-changes.ts'
import { findAppointment } from '../store/appointment-rows.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

/**
 * The encounter was opened by mistake: its appointment waits as before and can be started again. The room of a remote
 * one stays open, the citizen may sit in it already. Encounters without an appointment are none of ours.
 */
export async function reopenAppointment(work: Work, appointmentId: string | null, encounterId: string): Promise<void> {
  const view = appointmentId ? await findAppointment(work.tx, appointmentId) : undefined
  if (!view) return
  const state = stateAfterTakeBack(view)
  if (!(await revertStart(work.tx, view.id, encounterId, state))) return
  const people = await accountsFor(work, view.patient.id)
  await notifyScreens(
    work,
    { id: view.id, facilityId: view.facility.id, practitionerId: view.worker?.personId ?? null, state },
    people,
  )
  work.audit({
    // stored in the access log: keeps its first name on purpose
    action: 'scheduling.putBack',
    subject: 'appointment',
    subjectId: view.id,
    patientId: view.patient.id,
    detail: { state },
  })
}
