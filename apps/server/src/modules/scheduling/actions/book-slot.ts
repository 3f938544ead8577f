import type { Appointment, AppointmentKind, AppointmentOrigin, Programme } from '@moinha/contracts/scheduling'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { emergencyEnd, ensurePatient, grantAccess } from '../../records/index.ts'
import { stateAfterChoice } from '../domain/appointment-states.ts'
import { judgeWish } from '../domain/booking-rules.ts'
import { overlaps, type Slot } from '../domain/openings.ts'
import { schedulingErrors } from '../errors.ts'
import { appointmentBooked, appointmentConfirmed } from '../events.ts'
import { mayBookFor, mayRunDesk } from '../policy.ts'
import {
  findAppointment,
  findOfPatient,
  insertAppointment,
  newView,
  type AppointmentView,
} from '../store/appointment-rows.ts'
import { readBookingFacts, type BookingFacts } from '../store/booking-facts.ts'
import { pathOf } from '../../facilities/index.ts'
import { openRoom } from './appointment-room.ts'
import { nearestFree } from './nearest-free.ts'
import { requireRoomAmong, requireRoomToHelp } from './require-room.ts'
import { factOf, requireSide, toReply } from './show-appointment.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'

export interface Booking {
  id: string
  facilityId: string
  patientId: string
  practitionerId: string
  start: string
  kind: AppointmentKind
  programme: Programme | null
  reason: string
}

/** A citizen books for themselves or for family. */
export async function bookAppointment(work: Work, booking: Booking): Promise<Appointment> {
  if (!mayBookFor(work.actor, booking.patientId)) throw schedulingErrors.NOT_YOUR_FAMILY()
  const { personId } = work.actor
  const facts = await readFacts(
    work,
    booking,
    personId !== null ? { origin: 'citizen', accountId: personId } : undefined,
  )
  const state = stateAfterChoice(facts.autoConfirm)
  return reply(work, await reserveSlot(work, booking, facts, { origin: 'citizen', state, bookedBy: personId }))
}

/** The station books for one of its patients; its own word needs no second yes. */
export async function bookAtDesk(work: Work, booking: Booking): Promise<Appointment> {
  const path = await pathOf(work.tx, booking.facilityId)
  if (!path) throw schedulingErrors.STATION_UNKNOWN()
  if (!mayRunDesk(work.actor, booking.facilityId, path))
    throw platformErrors.NOT_ALLOWED({ permission: 'appointment.desk' })
  const facts = await readFacts(work, booking)
  // a record opened in an emergency makes nobody the station's patient for days to come
  const ofStation = facts.patientKnown && (await emergencyEnd(work, booking.patientId)) === undefined
  if (!ofStation && !facts.sentBefore) throw schedulingErrors.PATIENT_NOT_OF_STATION()
  const taking = { origin: 'desk', state: 'confirmed', bookedBy: work.actor.personId } as const
  return reply(work, await reserveSlot(work, booking, facts, taking))
}

/** A helper of the station books for a patient who agreed; `system` acts, since the helper may not see the patient. */
export async function bookForHelper(
  system: Work,
  booking: Booking,
  helper: { personId: string; fullName: string },
): Promise<Taken> {
  const facts = await readFacts(system, booking, { origin: 'helper', accountId: helper.personId })
  const state = stateAfterChoice(facts.autoConfirm)
  const taking = { origin: 'helper', state, bookedBy: helper.personId, helperName: helper.fullName } as const
  return reserveSlot(system, booking, facts, taking)
}

const reply = (work: Work, { view }: Taken): Appointment => toReply(view, requireSide(work, view), work.now)

/** Bookings of citizens and helpers are bounded; the desk's own are not. */
async function readFacts(
  work: Work,
  booking: Booking,
  bound?: { origin: 'citizen' | 'helper'; accountId: string },
): Promise<BookingFacts> {
  const start = new Date(booking.start)
  const facts = await readBookingFacts(work.tx, {
    ...booking,
    start,
    day: localDateOf(start),
    bound: bound && { ...bound, now: work.now },
  })
  if (!facts) throw schedulingErrors.STATION_UNKNOWN()
  return facts
}

interface Taking {
  origin: AppointmentOrigin
  state: 'requested' | 'confirmed'
  bookedBy: string | null
  helperName?: string
}

/** The appointment, and whether this very call made it. */
interface Taken {
  view: AppointmentView
  fresh: boolean
}

async function requireRoom(work: Work, { patientId }: Booking, { held }: BookingFacts, taking: Taking): Promise<void> {
  if (!held || taking.bookedBy === null) return
  if (taking.origin === 'helper') return requireRoomToHelp(held)
  await requireRoomAmong(work, { patientId, accountId: taking.bookedBy }, held)
}

async function reserveSlot(work: Work, booking: Booking, facts: BookingFacts, taking: Taking): Promise<Taken> {
  if (facts.sentBefore) return replay(work, booking, taking)
  const verdict = judgeWish(facts, { start: new Date(booking.start), kind: booking.kind }, work.now)
  if ('refused' in verdict) throw schedulingErrors[verdict.refused]({ nearest: await nearestFree(work, booking) })
  if (facts.taken) return refuseTaken(work, booking, await ownAt(work, facts, verdict.slot), taking)
  await requireRoom(work, booking, facts, taking)
  if (!facts.patientKnown) await ensurePatient(work, booking.patientId)
  const { start, end } = verdict.slot
  const row = { ...booking, ...taking, start, end, bookedAt: work.now }
  const won = await insertAppointment(work.tx, row)
  if (!won) return explainConflict(work, booking, verdict.slot, taking)
  const view = facts.patientKnown ? newView(row, facts.names) : await findAppointment(work.tx, booking.id)
  if (!view) throw schedulingErrors.APPOINTMENT_UNKNOWN()
  await afterBooked(work, view, taking)
  return { view, fresh: true }
}

async function afterBooked(work: Work, view: AppointmentView, { origin, state }: Taking): Promise<void> {
  const [id, patientId, facilityId] = [view.id, view.patient.id, view.facility.id]
  await grantAccess(work, { patientId, facilityId, reason: 'appointment', subjectId: id })
  await work.emit(appointmentBooked, { ...factOf(view), bookedAt: work.now })
  if (state === 'confirmed') await afterConfirmed(work, view)
  const people =
    origin === 'citizen' && work.actor.personId ? [work.actor.personId] : await accountsFor(work, patientId)
  await notifyScreens(work, { id, facilityId, practitionerId: view.worker?.personId ?? null, state }, people)
  const detail = { kind: view.kind, origin }
  work.audit({ action: 'scheduling.book', subject: 'appointment', subjectId: id, patientId, facilityId, detail })
}

async function afterConfirmed(work: Work, view: AppointmentView): Promise<void> {
  await openRoom(work, view)
  await work.emit(appointmentConfirmed, factOf(view))
}

/** The same booking sent again answers the same; another one under the id is refused. */
async function replay(work: Work, booking: Booking, { bookedBy }: Taking): Promise<Taken> {
  const view = await findAppointment(work.tx, booking.id)
  const same =
    view &&
    view.patient.id === booking.patientId &&
    view.facility.id === booking.facilityId &&
    view.bookedBy === bookedBy
  if (!same) throw platformErrors.ID_TAKEN()
  return { view, fresh: false }
}

/** The constraints refused: sent twice at the same moment, or somebody was quicker by a breath. */
async function explainConflict(work: Work, booking: Booking, slot: Slot, taking: Taking): Promise<Taken> {
  const sent = await asSystem(work, systemActor, ({ tx }) => findAppointment(tx, booking.id))
  if (sent) return replay(work, booking, taking)
  return refuseTaken(work, booking, await findOfPatient(work.tx, booking.patientId, slot), taking)
}

/** The patient's own appointment that lies in the way, as the facts have it. */
async function ownAt(work: Work, { own }: BookingFacts, slot: Slot): Promise<AppointmentView | undefined> {
  const inTheWay = own.find(({ start, end }) => overlaps({ start: new Date(start), end: new Date(end) }, slot))
  return inTheWay && findAppointment(work.tx, inTheWay.id)
}

/** The patient is elsewhere at that time, or somebody has the slot: the nearest free times. */
async function refuseTaken(
  work: Work,
  booking: Booking,
  own: AppointmentView | undefined,
  { origin }: Taking,
): Promise<never> {
  // where else the patient is, is not a helper's to know
  if (own && origin === 'helper') throw schedulingErrors.HELPED_PATIENT_BUSY()
  if (own) {
    throw schedulingErrors.PATIENT_BUSY({
      appointmentId: own.id,
      start: own.start.toISOString(),
      end: own.end.toISOString(),
      facilityName: own.facility.name,
      workerName: own.worker?.fullName ?? '',
    })
  }
  throw schedulingErrors.SLOT_TAKEN({ nearest: await nearestFree(work, booking) })
}
