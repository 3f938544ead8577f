import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { endAccess } from '../../records/index.ts'
import { appointmentDone } from '../events.ts'
import { changeState } from '../store/appointment-changes.ts'
import { findAppointment } from '../store/appointment-rows.ts'
import { closeRoom } from './appointment-room.ts'
import { factOf } from './show-appointment.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

/** The encounter was finished: its appointment is done. Encounters without one are none of ours. */
export async function finishAppointment(work: Work, encounterId: string, finishedAt: Date): Promise<void> {
  const view = await asSystem(work, systemActor, async ({ tx }) => {
    const row = await tx
      .selectFrom('scheduling.appointment')
      .where('encounter_id', '=', encounterId)
      .where('state', '=', 'in_progress')
      .select('id')
      .executeTakeFirst()
    if (!row || !(await changeState(tx, row.id, { state: 'done', from: ['in_progress'], endedAt: finishedAt })))
      return undefined
    return findAppointment(tx, row.id)
  })
  if (!view) return
  await closeRoom(work, view)
  // from here on the encounter is the reason, and has its own end
  await endAccess(work, { patientId: view.patient.id, subjectId: view.id, cause: 'done' })
  await work.emit(appointmentDone, factOf(view))
  await notifyScreens(
    work,
    { id: view.id, facilityId: view.facility.id, practitionerId: view.worker?.personId ?? null, state: 'done' },
    await accountsFor(work, view.patient.id),
  )
}
