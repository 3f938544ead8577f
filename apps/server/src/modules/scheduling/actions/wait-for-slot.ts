import type { Appointment, AppointmentKind, Programme, WaitlistEntry } from '@moinha/contracts/scheduling'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { removeJob } from '../../../platform/jobs/add-job.ts'
import { ensurePatient, grantAccess } from '../../records/index.ts'
import { stateAfterChoice } from '../domain/appointment-states.ts'
import { kindsAllowed } from '../domain/booking-rules.ts'
import { schedulingErrors } from '../errors.ts'
import { appointmentBooked, appointmentConfirmed } from '../events.ts'
import { mayBookFor } from '../policy.ts'
import { changeState } from '../store/appointment-changes.ts'
import { findAppointment } from '../store/appointment-rows.ts'
import { readServices, readSettings } from '../store/plan-rows.ts'
import { isPatientKnown } from '../store/accounts-for.ts'
import { findWait, insertWait, leaveOffer, listWaits, stopWaiting, type WaitView } from '../store/waitlist-rows.ts'
import { openRoom } from './appointment-room.ts'
import { releaseOffer } from './offer-slot.ts'
import { requireRoomToBook, requireRoomToWait } from './require-room.ts'
import { factOf, showAppointment } from './show-appointment.ts'
import { accountsFor, notifyScreens } from './notify-screens.ts'
import { pathOf } from '../../facilities/index.ts'

export interface Waiting {
  id: string
  patientId: string
  facilityId: string
  practitionerId: string | null
  kind: AppointmentKind
  programme: Programme | null
  reason: string
  fromDay: string
  toDay: string
}

/** A citizen waits for a freed time. */
export async function joinWaitlist(work: Work, waiting: Waiting): Promise<WaitlistEntry> {
  const { actor, tx } = work
  if (!mayBookFor(actor, waiting.patientId) || !actor.personId) throw schedulingErrors.NOT_YOUR_FAMILY()
  const known = await findWait(tx, waiting.id)
  if (known) return replay(known, waiting)
  await judge(work, waiting)
  await requireRoomToWait(work, { id: waiting.id, patientId: waiting.patientId, accountId: actor.personId })
  if (!(await isPatientKnown(tx, waiting.patientId))) await ensurePatient(work, waiting.patientId)
  if (!(await insertWait(tx, { ...waiting, createdBy: actor.personId }))) throw schedulingErrors.ALREADY_WAITING()
  work.audit({ action: 'scheduling.wait', subject: 'waitlist', subjectId: waiting.id, patientId: waiting.patientId })
  return toEntry(await load(work, waiting.id))
}

async function judge(work: Work, { facilityId, fromDay, toDay, kind }: Waiting): Promise<void> {
  if (!(await pathOf(work.tx, facilityId))) throw schedulingErrors.STATION_UNKNOWN()
  const today = localDateOf(work.now)
  const { horizonDays } = await readSettings(work.tx, facilityId)
  const last = addDays(today, horizonDays)
  if (toDay < fromDay || toDay < today || toDay > last) throw schedulingErrors.WAIT_DAYS_WRONG({ today, last })
  if (!kindsAllowed(await readServices(work.tx, facilityId, fromDay < today ? today : fromDay)).includes(kind))
    throw schedulingErrors.SERVICE_NOT_ANNOUNCED()
}

function replay(known: WaitView, waiting: Waiting): WaitlistEntry {
  if (known.patient.id !== waiting.patientId || known.facility.id !== waiting.facilityId)
    throw platformErrors.ID_TAKEN()
  return toEntry(known)
}

/** What I and my family wait for. */
export async function myWaitlist(work: Work): Promise<WaitlistEntry[]> {
  const { personId, proxyFor } = work.actor
  const waits = await listWaits(work.tx, personId ? [personId, ...proxyFor] : [])
  if (personId && waits.length > 0) {
    const patientIds = waits.map((wait) => wait.patient.id)
    work.audit({
      action: 'scheduling.readWaitlist',
      subject: 'person',
      subjectId: personId,
      patientIds,
      detail: { count: waits.length },
    })
  }
  return waits.map(toEntry)
}

/** Takes the held time: it becomes an ordinary appointment. */
export async function acceptOffer(work: Work, id: string): Promise<Appointment> {
  const { offer, patient, facility, state } = await load(work, id)
  if (state === 'accepted') return acceptedBefore(work, id)
  if (!offer || !(await leaveOffer(work.tx, id, offer.appointmentId, 'accepted'))) throw schedulingErrors.OFFER_GONE()
  if (work.actor.personId)
    await requireRoomToBook(work, { id: offer.appointmentId, patientId: patient.id, accountId: work.actor.personId })
  const next = stateAfterChoice((await readSettings(work.tx, facility.id)).autoConfirm)
  if (!(await changeState(work.tx, offer.appointmentId, { state: next, from: ['offered'], bookedAt: work.now })))
    throw schedulingErrors.OFFER_GONE()
  await removeJob(work.tx, `scheduling.endOffer ${offer.appointmentId}`)
  await grantAccess(work, {
    patientId: patient.id,
    facilityId: facility.id,
    reason: 'appointment',
    subjectId: offer.appointmentId,
  })
  await announce(work, offer.appointmentId)
  return showAppointment(work, offer.appointmentId)
}

async function acceptedBefore(work: Work, id: string): Promise<Appointment> {
  const row = await work.tx
    .selectFrom('scheduling.waitlist_entry')
    .where('id', '=', id)
    .select('offer_id')
    .executeTakeFirst()
  if (!row?.offer_id) throw schedulingErrors.OFFER_GONE()
  return showAppointment(work, row.offer_id)
}

async function announce(work: Work, appointmentId: string): Promise<void> {
  const view = await findAppointment(work.tx, appointmentId)
  if (!view) throw schedulingErrors.OFFER_GONE()
  await work.emit(appointmentBooked, { ...factOf(view), bookedAt: work.now })
  if (view.state === 'confirmed') {
    await openRoom(work, view)
    await work.emit(appointmentConfirmed, factOf(view))
  }
  const told = {
    id: view.id,
    facilityId: view.facility.id,
    practitionerId: view.worker?.personId ?? null,
    state: view.state,
  }
  await notifyScreens(work, told, await accountsFor(work, view.patient.id))
  work.audit({
    action: 'scheduling.acceptOffer',
    subject: 'appointment',
    subjectId: view.id,
    patientId: view.patient.id,
  })
}

/** Lets the time go to the next person and keeps waiting. */
export async function declineOffer(work: Work, id: string): Promise<WaitlistEntry> {
  const { offer } = await load(work, id)
  if (offer && (await releaseOffer(work, id, offer.appointmentId)))
    await removeJob(work.tx, `scheduling.endOffer ${offer.appointmentId}`)
  return toEntry(await load(work, id))
}

/** Stops waiting; a time held meanwhile goes to the next. */
export async function leaveWaitlist(work: Work, id: string): Promise<void> {
  const { offer } = await load(work, id)
  if (offer) await declineOffer(work, id)
  await stopWaiting(work.tx, id)
}

async function load(work: Work, id: string): Promise<WaitView> {
  const wait = await findWait(work.tx, id)
  if (!wait || !mayBookFor(work.actor, wait.patient.id)) throw schedulingErrors.WAIT_UNKNOWN()
  return wait
}

function toEntry({ createdBy: _, ...wait }: WaitView): WaitlistEntry {
  const { offer } = wait
  return {
    ...wait,
    offer: offer && { ...offer, start: iso(offer.start), end: iso(offer.end), until: iso(offer.until) },
  }
}

const iso = (text: string) => new Date(text).toISOString()
