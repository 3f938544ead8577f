import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { endCare } from '../../records/index.ts'
import { appointmentDone } from '../events.ts'
import { changeState } from '../store/appointment-changes.ts'
import { findAppointment } from '../store/appointment-rows.ts'
import { closeRoom } from './keep-visit.ts'
import { factOf } from './show-appointment.ts'
import { peopleBehind, tellScreens } from './tell-screens.ts'

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
  await endCare(work, { patientId: view.patient.id, subjectId: view.id, cause: 'done' })
  await work.emit(appointmentDone, factOf(view))
  await tellScreens(
    work,
    { id: view.id, facilityId: view.facility.id, practitionerId: view.worker?.personId ?? null, state: 'done' },
    await peopleBehind(work, view.patient.id),
  )
}
