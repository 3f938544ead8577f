import type { Appointment } from '@moinha/contracts/scheduling'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { actionsOpen, stateAfterMove, type Side } from '../domain/appointment-states.ts'
import { judgeWish } from '../domain/booking-rules.ts'
import { schedulingErrors } from '../errors.ts'
import { appointmentMoved } from '../events.ts'
import { offerFreedSlot } from '../job-types.ts'
import { moveAppointmentRow, type MoveOutcome } from '../store/appointment-changes.ts'
import { findAppointment, findOfPatient, type AppointmentView } from '../store/appointment-rows.ts'
import { readBookingFacts } from '../store/booking-facts.ts'
import { handOverRoom } from './appointment-room.ts'
import { nearestFree } from './nearest-free.ts'
import { factOf, loadAppointment, toReply } from './show-appointment.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

export interface Move {
  start: string
  practitionerId: string
}

/** Another time, another worker, or both, in one step; the id stays, so links and the visit's room stay too. */
export async function moveAppointment(work: Work, id: string, move: Move): Promise<Appointment> {
  const { view, side } = await loadAppointment(work, id)
  const there = view.start.getTime() === new Date(move.start).getTime() && view.worker?.personId === move.practitionerId
  if (there) return toReply(view, side, work.now)
  if (!actionsOpen(view, side, work.now).includes('move'))
    throw schedulingErrors.APPOINTMENT_STATE({ state: view.state })
  const { slot, autoConfirm } = await judgeMove(work, view, move)
  const state = stateAfterMove(side, view.state, autoConfirm)
  const outcome = await moveAppointmentRow(work.tx, id, {
    start: slot.start,
    end: slot.end,
    practitionerId: move.practitionerId,
    version: view.version,
    state,
  })
  if (outcome !== 'moved') return explainRefusal(work, view, move, outcome)
  return tell(work, view, side)
}

async function judgeMove(work: Work, view: AppointmentView, move: Move) {
  const wish = { facilityId: view.facility.id, ...move, kind: view.kind }
  const facts = await readBookingFacts(work.tx, {
    ...wish,
    id: view.id,
    patientId: view.patient.id,
    start: new Date(move.start),
    day: localDateOf(new Date(move.start)),
  })
  if (!facts) throw schedulingErrors.STATION_UNKNOWN()
  const verdict = judgeWish(facts, { start: new Date(move.start), kind: view.kind }, work.now)
  if ('refused' in verdict) throw schedulingErrors[verdict.refused]({ nearest: await nearestFree(work, wish) })
  return { slot: verdict.slot, autoConfirm: facts.autoConfirm }
}

async function explainRefusal(
  work: Work,
  view: AppointmentView,
  move: Move,
  outcome: Exclude<MoveOutcome, 'moved'>,
): Promise<never> {
  if (outcome === 'changed_meanwhile') throw platformErrors.CHANGED_MEANWHILE()
  if (outcome === 'worker_is_free')
    throw schedulingErrors.SLOT_TAKEN({
      nearest: await nearestFree(work, { facilityId: view.facility.id, ...move, kind: view.kind }),
    })
  const start = new Date(move.start)
  const own = await findOfPatient(work.tx, view.patient.id, { start, end: new Date(start.getTime() + 60_000) })
  throw schedulingErrors.PATIENT_BUSY(
    own && own.id !== view.id
      ? { appointmentId: own.id, start: own.start.toISOString(), facilityName: own.facility.name }
      : {},
  )
}

async function tell(work: Work, before: AppointmentView, side: Side): Promise<Appointment> {
  const after = await findAppointment(work.tx, before.id)
  if (!after) throw schedulingErrors.APPOINTMENT_UNKNOWN()
  await handOverRoom(work, before, after)
  if (before.worker) {
    await work.enqueue(offerFreedSlot, {
      facilityId: before.facility.id,
      practitionerId: before.worker.personId,
      start: before.start.toISOString(),
    })
  }
  await work.emit(appointmentMoved, factOf(after))
  const told = {
    id: after.id,
    facilityId: after.facility.id,
    practitionerId: after.worker?.personId ?? null,
    state: after.state,
  }
  await notifyScreens(work, told, [
    ...(await accountsFor(work, after.patient.id)),
    ...(before.worker ? [before.worker.personId] : []),
  ])
  work.audit({
    action: 'scheduling.move',
    subject: 'appointment',
    subjectId: after.id,
    patientId: after.patient.id,
    detail: { by: side },
  })
  return toReply(after, side, work.now)
}
