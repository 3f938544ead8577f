import type { Appointment, AppointmentKind } from '@moinha/contracts/scheduling'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { openEncounter } from '../../records/index.ts'
import { schedulingErrors } from '../errors.ts'
import { isRemote, admitPractitioner } from './appointment-room.ts'
import { beginTransition, applyTransition } from './change-appointment.ts'
import { keepEncounter } from '../store/appointment-changes.ts'
import type { AppointmentView } from '../store/appointment-rows.ts'
import { showAppointment } from './show-appointment.ts'

/** How records names the three kinds (REQ-TELE-01). */
const remoteModes = {
  in_person: 'IN_PERSON',
  remote_advice: 'HEALTH_ADVICE',
  remote_examination: 'DIRECT_TO_PATIENT',
} as const satisfies Record<AppointmentKind, string>

interface Begin {
  encounterId: string
  /** The patient of a remote appointment came here after all, and why. */
  presentReason?: string | undefined
}

/**
 * Begins: the one who begins answers for the encounter, and is let into the room of a remote one. Sent again it answers
 * the encounter that is open; one taken back as a mistake has put the appointment back (`reopen-appointment.ts`), and
 * this opens another.
 */
export async function startAppointment(work: Work, id: string, begin: Begin): Promise<Appointment> {
  const { view, side, already } = await beginTransition(work, id, 'start', 'in_progress')
  const practitionerId = work.actor.personId
  if (!practitionerId || side !== 'station') throw platformErrors.NOT_ALLOWED({ permission: 'appointment.attend' })
  if (already) {
    await open(work, view, { ...begin, practitionerId })
    return showAppointment(work, id)
  }
  return applyTransition(work, {
    view,
    side,
    action: 'start',
    change: { state: 'in_progress', startedAt: work.now, ...(!view.worker && { practitionerId }) },
    also: (after) => open(work, after, { ...begin, practitionerId }),
  })
}

async function open(work: Work, view: AppointmentView, begin: Begin & { practitionerId: string }): Promise<void> {
  const { encounterId, practitionerId, presentReason } = begin
  const remote = isRemote(view.kind)
  if (remote) await admitPractitioner(work, view, practitionerId)
  const { id, remoteMode } = await openEncounter(work, {
    id: encounterId,
    patientId: view.patient.id,
    facilityId: view.facility.id,
    practitionerId,
    remoteMode: presentReason ? 'IN_PERSON' : remoteModes[view.kind],
    presentReason,
    appointmentId: view.id,
    ...(remote && { visitId: view.id }),
    reason: view.reason,
  })
  // a colleague began it at a distance meanwhile: the reason must not be lost without a word
  if (presentReason && remoteMode !== 'IN_PERSON') {
    throw schedulingErrors.APPOINTMENT_STATE({ state: view.state, action: 'start' })
  }
  if (id !== view.encounterId) await keepEncounter(work.tx, view.id, id)
}
