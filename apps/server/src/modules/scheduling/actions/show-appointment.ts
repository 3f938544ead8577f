import type { Appointment } from '@moinha/contracts/scheduling'
import type { Work } from '../../../platform/db/work.ts'
import { actionsOpen, type Side } from '../domain/appointment-states.ts'
import { schedulingErrors } from '../errors.ts'
import type { AppointmentFact } from '../events.ts'
import { sideOf } from '../policy.ts'
import { findAppointment, type AppointmentView } from '../store/appointment-rows.ts'

/** Which side of the desk the actor stands on; a stranger is refused. */
export function requireSide(work: Work, view: AppointmentView): Side {
  const side = sideOf(work.actor, {
    patientId: view.patient.id,
    facilityId: view.facility.id,
    facilityPath: view.facility.path,
    practitionerId: view.worker?.personId ?? null,
  })
  if (!side) throw schedulingErrors.APPOINTMENT_UNKNOWN()
  return side
}

/** The appointment and the actor's side of it. Who may not know of it hears that there is none. */
export async function loadAppointment(work: Work, id: string): Promise<{ view: AppointmentView; side: Side }> {
  const view = await findAppointment(work.tx, id)
  if (!view) throw schedulingErrors.APPOINTMENT_UNKNOWN()
  return { view, side: requireSide(work, view) }
}

/** The reply of a screen; `side` is undefined for colleagues who may look but not act. */
export function toReply(view: AppointmentView, side: Side | undefined, now: Date): Appointment {
  const { facility, movedFrom, state, bookedBy: _, version: __, ...rest } = view
  return {
    ...rest,
    state: shownState(state),
    facility: { id: facility.id, name: facility.name },
    start: view.start.toISOString(),
    end: view.end.toISOString(),
    arrivedAt: view.arrivedAt?.toISOString() ?? null,
    startedAt: view.startedAt?.toISOString() ?? null,
    endedAt: view.endedAt?.toISOString() ?? null,
    movedFrom: movedFrom && { start: new Date(movedFrom.start).toISOString(), workerName: movedFrom.workerName },
    may: side ? actionsOpen(view, side, now) : [],
  }
}

function shownState(state: AppointmentView['state']): Appointment['state'] {
  if (state === 'offered' || state === 'released') throw new Error('a held slot is no appointment yet')
  return state
}

/** The appointment as it stands now, for the reply of a change. */
export async function showAppointment(work: Work, id: string): Promise<Appointment> {
  const { view, side } = await loadAppointment(work, id)
  return toReply(view, side, work.now)
}

/** What an event tells of an appointment. */
export function factOf(view: AppointmentView): AppointmentFact {
  return {
    appointmentId: view.id,
    patientId: view.patient.id,
    facilityId: view.facility.id,
    practitionerId: view.worker?.personId ?? null,
    kind: view.kind,
    programme: view.programme,
    at: view.start,
  }
}
