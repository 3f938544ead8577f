import type { Appointment, AppointmentAction } from '@moinha/contracts/scheduling'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { EventType } from '../../../platform/events/events.ts'
import { endAccess } from '../../records/index.ts'
import { actionsOpen, openTo, type Side, type StoredState } from '../domain/appointment-states.ts'
import { schedulingErrors } from '../errors.ts'
import { appointmentCancelled, appointmentConfirmed, appointmentNoShow, type AppointmentFact } from '../events.ts'
import { offerFreedSlot } from '../job-types.ts'
import { changeState, giveQueueNo, type StateChange } from '../store/appointment-changes.ts'
import { findAppointment, type AppointmentView } from '../store/appointment-rows.ts'
import { closeRoom, openRoom } from './appointment-room.ts'
import { factOf, loadAppointment, showAppointment, toReply } from './show-appointment.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

/** The appointment, if this change is open to the actor now. One that was done already answers `done`. */
export async function beginTransition(
  work: Work,
  id: string,
  action: AppointmentAction,
  done: StoredState,
): Promise<{ view: AppointmentView; side: Side; already: boolean }> {
  const { view, side } = await loadAppointment(work, id)
  const already = view.state === done
  if (!already && !actionsOpen(view, side, work.now).includes(action))
    throw schedulingErrors.APPOINTMENT_STATE({ state: view.state, action })
  return { view, side, already }
}

interface Step {
  view: AppointmentView
  side: Side
  action: AppointmentAction
  change: Omit<StateChange, 'from'>
  event?: EventType<AppointmentFact>
  /** What else belongs to the change, before screens are told. */
  also?: (after: AppointmentView) => Promise<void>
}

/** Compare and set, then its consequences, all in one transaction. */
export async function applyTransition(
  work: Work,
  { view, side, action, change, event, also }: Step,
): Promise<Appointment> {
  if (!(await changeState(work.tx, view.id, { ...change, from: openTo[action] })))
    throw platformErrors.CHANGED_MEANWHILE()
  if (action === 'arrive') await giveQueueNo(work.tx, view.id, view.facility.id, localDateOf(work.now))
  const after = await findAppointment(work.tx, view.id)
  if (!after) throw schedulingErrors.APPOINTMENT_UNKNOWN()
  await also?.(after)
  if (event) await work.emit(event, factOf(after))
  await notifyScreens(
    work,
    { id: after.id, facilityId: after.facility.id, practitionerId: after.worker?.personId ?? null, state: after.state },
    await accountsFor(work, after.patient.id),
  )
  work.audit({
    action: `scheduling.${action}`,
    subject: 'appointment',
    subjectId: after.id,
    patientId: after.patient.id,
    detail: { by: side },
  })
  return action === 'start' ? showAppointment(work, view.id) : toReply(after, side, work.now)
}

/** The station says yes; a remote appointment gets its room. */
export async function confirmAppointment(work: Work, id: string): Promise<Appointment> {
  const { view, side, already } = await beginTransition(work, id, 'confirm', 'confirmed')
  if (already) return toReply(view, side, work.now)
  return applyTransition(work, {
    view,
    side,
    action: 'confirm',
    change: { state: 'confirmed' },
    event: appointmentConfirmed,
    also: (after) => openRoom(work, after),
  })
}

/** The citizen knows of the station's new time. */
export async function acknowledgeMove(work: Work, id: string): Promise<Appointment> {
  const { view, side, already } = await beginTransition(work, id, 'acknowledge', 'confirmed')
  if (already) return toReply(view, side, work.now)
  return applyTransition(work, {
    view,
    side,
    action: 'acknowledge',
    change: { state: 'confirmed' },
    also: (after) => openRoom(work, after),
  })
}

/** The patient is at the station: the day's next number. Whatever became of it since, they arrive once. */
export async function arrive(work: Work, id: string): Promise<Appointment> {
  const seen = await loadAppointment(work, id)
  if (seen.side === 'station' && seen.view.arrivedAt) return toReply(seen.view, seen.side, work.now)
  const { view, side } = await beginTransition(work, id, 'arrive', 'arrived')
  return applyTransition(work, { view, side, action: 'arrive', change: { state: 'arrived', arrivedAt: work.now } })
}

/** Only once the time has begun. */
export async function markNoShow(work: Work, id: string): Promise<Appointment> {
  const { view, side, already } = await beginTransition(work, id, 'no_show', 'no_show')
  if (already) return toReply(view, side, work.now)
  return applyTransition(work, {
    view,
    side,
    action: 'no_show',
    change: { state: 'no_show' },
    event: appointmentNoShow,
    also: async () => {
      await closeRoom(work, view)
      await endAccess(work, { patientId: view.patient.id, subjectId: view.id, cause: 'no_show' })
    },
  })
}

/** Called off by either side; the freed time goes to the waitlist. */
export async function cancelAppointment(work: Work, id: string, reason: string): Promise<Appointment> {
  const { view, side, already } = await beginTransition(work, id, 'cancel', 'cancelled')
  if (already) return toReply(view, side, work.now)
  if (side === 'station' && reason === '')
    throw schedulingErrors.CANCEL_REASON_MISSING(undefined, [{ path: 'reason', code: 'required' }])
  return applyCancellation(work, view, side, reason)
}

/** The step itself, for whoever was found to be allowed it. */
export function applyCancellation(work: Work, view: AppointmentView, side: Side, reason: string): Promise<Appointment> {
  return applyTransition(work, {
    view,
    side,
    action: 'cancel',
    event: appointmentCancelled,
    change: { state: 'cancelled', cancelledBy: side, cancelReason: reason },
    also: async () => {
      await closeRoom(work, view)
      await endAccess(work, { patientId: view.patient.id, subjectId: view.id, cause: 'cancelled' })
      if (view.worker && view.start > work.now) {
        await work.enqueue(offerFreedSlot, {
          facilityId: view.facility.id,
          practitionerId: view.worker.personId,
          start: view.start.toISOString(),
        })
      }
    },
  })
}
