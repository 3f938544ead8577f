import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { StoredState } from '../domain/appointment-states.ts'
import type { AppointmentFact } from '../events.ts'
import { findAppointment } from '../store/appointment-rows.ts'
import { factOf } from './show-appointment.ts'

/** An appointment as other modules may know it. */
export interface AppointmentCard extends AppointmentFact {
  state: StoredState
  encounterId: string | null
}

/** The appointment, whoever asks; the asking module's own policy said yes already. */
export async function appointmentFor(work: Work, id: string): Promise<AppointmentCard | undefined> {
  const view = await asSystem(work, systemActor, ({ tx }) => findAppointment(tx, id))
  return view && { ...factOf(view), state: view.state, encounterId: view.encounterId }
}
