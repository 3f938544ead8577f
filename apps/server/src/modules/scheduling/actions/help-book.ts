import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/scheduling'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { queueSms } from '../../identity/index.ts'
import { proofNumber } from '../domain/booking-helper.ts'
import { schedulingErrors } from '../errors.ts'
import { findAppointment, listOfHelper, type AppointmentView } from '../store/appointment-rows.ts'
import { pageOf, readPlace } from '../store/cursor.ts'
import { agreedPatient, helpingAt, type HelperRow } from '../store/booking-helper-rows.ts'
import { bookForHelper } from './book-slot.ts'
import { callOff } from './change-appointment.ts'
import { factOf } from './show-appointment.ts'

type Wish = HandlerInput<typeof contract.helpBook>['body']
type Booking = HandlerReply<typeof contract.helpBook>
type Page = HandlerReply<typeof contract.helpedBookings>

/** The stations that named me, today. */
export async function helperStations(work: Work): Promise<HandlerReply<typeof contract.helperStations>> {
  const rows = await myTerms(work)
  const { personId } = work.actor
  if (personId && rows.length > 0) {
    work.audit({
      action: 'scheduling.readHelping',
      subject: 'person',
      subjectId: personId,
      detail: { count: rows.length },
    })
  }
  return {
    items: rows.map(({ facilityId, facilityName, fromDay, untilDay }) => ({
      facilityId,
      facilityName,
      fromDay,
      untilDay,
    })),
  }
}

async function myTerms({ tx, actor, now }: Work): Promise<HelperRow[]> {
  return actor.kind === 'citizen' && actor.personId ? helpingAt(tx, actor.personId, localDateOf(now)) : []
}

async function requireHelper(work: Work, facilityId: string): Promise<HelperRow> {
  const term = (await myTerms(work)).find((row) => row.facilityId === facilityId)
  if (!term) throw platformErrors.NOT_ALLOWED({ permission: 'appointment.book' })
  return term
}

/**
 * A helper books for a patient who stands beside them: number and birth date in full, never a list to choose from.
 * Unknown, registered elsewhere and not agreed are one answer, so that nobody learns who is whose patient.
 */
export async function helpBook(work: Work, wish: Wish): Promise<Booking> {
  const helper = await requireHelper(work, wish.facilityId)
  const { number, birthDate, present: _, ...rest } = wish
  return asSystem(work, systemActor, async (system) => {
    const proof = { facilityId: wish.facilityId, birthDate, today: localDateOf(work.now), ...proofNumber(number) }
    const patient = await agreedPatient(system.tx, proof)
    if (!patient) throw schedulingErrors.HELPED_PATIENT_UNKNOWN()
    const { view, fresh } = await bookForHelper(system, { ...rest, patientId: patient.id }, helper)
    if (fresh) await tellPatient(system, view, patient.phone, helper)
    return toBooking(view, work.now)
  })
}

/** The patient hears of it on their own phone, and whom to ask if they know of nothing. */
async function tellPatient(
  system: Work,
  view: AppointmentView,
  phone: string | null,
  helper: HelperRow,
): Promise<void> {
  if (phone === null) return
  const at = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short', timeStyle: 'short' })
  const when = at.format(view.start)
  const text = `Mọi Nhà: ${helper.fullName} đặt giúp bạn lịch khám ngày ${when}, ${view.facility.name}. Nếu bạn không nhờ, xin báo trạm.`
  await queueSms(system, { to: phone, text, purpose: 'helped_booking', validUntil: view.start })
}

/** What I booked as a helper and has not passed, soonest first; of stations that name me still. */
export async function helpedBookings(work: Work, asked: { after?: string | undefined; limit: number }): Promise<Page> {
  const facilityIds = (await myTerms(work)).map((row) => row.facilityId)
  const { personId } = work.actor
  if (!personId || facilityIds.length === 0) return { items: [], next: null }
  const query = { personId, facilityIds, now: work.now, after: readPlace(asked.after), limit: asked.limit + 1 }
  const { rows, next } = pageOf(await asSystem(work, systemActor, ({ tx }) => listOfHelper(tx, query)), asked.limit)
  for (const view of rows) {
    work.audit({
      action: 'scheduling.readHelped',
      subject: 'appointment',
      subjectId: view.id,
      patientId: view.patient.id,
    })
  }
  return { items: rows.map((view) => toBooking(view, work.now)), next }
}

/** Calls off a booking one made as a helper; anything else there is not. */
export async function helpCancel(work: Work, id: string): Promise<Booking> {
  const terms = await myTerms(work)
  return asSystem(work, systemActor, async (system) => {
    const view = await findAppointment(system.tx, id)
    const mine = view?.origin === 'helper' && view.bookedBy === work.actor.personId
    if (!mine || !terms.some((term) => term.facilityId === view.facility.id))
      throw schedulingErrors.APPOINTMENT_UNKNOWN()
    if (view.state !== 'cancelled') await callOff(system, view, 'citizen', '')
    const after = await findAppointment(system.tx, id)
    return toBooking(after ?? view, work.now)
  })
}

/** What a helper sees: the booking they made, nothing of the record. */
function toBooking(view: AppointmentView, now: Date): Booking {
  const { appointmentId: id, kind } = factOf(view)
  const state = view.state === 'offered' || view.state === 'released' ? 'cancelled' : view.state
  return {
    id,
    kind,
    state,
    start: view.start.toISOString(),
    end: view.end.toISOString(),
    patientName: view.patient.fullName,
    facility: { id: view.facility.id, name: view.facility.name },
    workerName: view.worker?.fullName ?? '',
    mayCancel: view.start > now && ['requested', 'confirmed', 'moved'].includes(view.state),
  }
}
