import type { Appointment, Programme } from '@moinha/contracts/scheduling'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { grantAccess } from '../../records/index.ts'
import { schedulingErrors } from '../errors.ts'
import { mayRunDesk } from '../policy.ts'
import { giveQueueNo } from '../store/appointment-changes.ts'
import { findAppointment, insertAppointment } from '../store/appointment-rows.ts'
import { isPatientKnown } from '../store/accounts-for.ts'
import { showAppointment } from './show-appointment.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

/** How long a walk-in is drawn on the day's line; it holds no slot. */
const walkInMinutes = 15

export interface WalkIn {
  id: string
  facilityId: string
  patientId: string
  practitionerId: string | null
  programme: Programme | null
  reason: string
}

/** Takes in who came without an appointment and gives the day's next number. */
export async function takeWalkIn(work: Work, walkIn: WalkIn): Promise<Appointment> {
  await requireDesk(work, walkIn)
  if (!(await isPatientKnown(work.tx, walkIn.patientId))) throw schedulingErrors.PATIENT_NOT_OF_STATION()
  if (walkIn.practitionerId && !(await worksAt(work, walkIn.practitionerId, walkIn.facilityId)))
    throw schedulingErrors.WORKER_NOT_HERE()
  const end = new Date(work.now.getTime() + walkInMinutes * 60_000)
  const fresh = await insertAppointment(work.tx, {
    ...walkIn,
    kind: 'in_person',
    state: 'arrived',
    origin: 'walk_in',
    start: work.now,
    end,
    bookedBy: work.actor.personId,
    bookedAt: null,
  })
  return fresh ? number(work, walkIn) : replay(work, walkIn)
}

async function requireDesk(work: Work, { facilityId }: WalkIn): Promise<void> {
  const path = await pathOf(work.tx, facilityId)
  if (!path) throw schedulingErrors.STATION_UNKNOWN()
  if (!mayRunDesk(work.actor, facilityId, path)) throw platformErrors.NOT_ALLOWED({ permission: 'appointment.desk' })
}

async function worksAt(work: Work, personId: string, facilityId: string): Promise<boolean> {
  return (await practitionerRolesOf(work.tx, [personId])).some(
    (practitionerRole) => practitionerRole.facilityId === facilityId,
  )
}

async function number(work: Work, { id, patientId, facilityId, practitionerId }: WalkIn): Promise<Appointment> {
  await giveQueueNo(work.tx, id, facilityId, localDateOf(work.now))
  await work.tx.updateTable('scheduling.appointment').where('id', '=', id).set({ arrived_at: work.now }).execute()
  await grantAccess(work, { patientId, facilityId, reason: 'appointment', subjectId: id })
  await notifyScreens(work, { id, facilityId, practitionerId, state: 'arrived' }, await accountsFor(work, patientId))
  work.audit({ action: 'scheduling.walkIn', subject: 'appointment', subjectId: id, patientId })
  return showAppointment(work, id)
}

async function replay(work: Work, walkIn: WalkIn): Promise<Appointment> {
  const view = await findAppointment(work.tx, walkIn.id)
  if (view?.patient.id !== walkIn.patientId || view.facility.id !== walkIn.facilityId) throw platformErrors.ID_TAKEN()
  return showAppointment(work, walkIn.id)
}
