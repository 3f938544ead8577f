import type { CallReply } from '@moinha/contracts/route'
import type {
  dayList as dayListRoute,
  getAppointment as getRoute,
  myAppointments as mineRoute,
} from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { maySeeDay, sideOf } from '../policy.ts'
import {
  countDay,
  listDay,
  listOfPeople,
  readHistory,
  type AppointmentView,
  type HistoryRow,
} from '../store/appointment-rows.ts'
import { pageOf, readPlace } from '../store/cursor.ts'
import { loadAppointment, toReply } from './show-appointment.ts'

interface PageAsked {
  after?: string | undefined
  limit: number
}

/** The station's day, in order of time. */
export async function dayList(
  work: Work,
  facilityId: string,
  asked: PageAsked & { date?: string | undefined },
): Promise<CallReply<typeof dayListRoute>> {
  if (!maySeeDay(work.actor, facilityId)) throw platformErrors.NOT_ALLOWED({ permission: 'appointment.attend' })
  const date = asked.date ?? localDateOf(work.now)
  const day = { start: instantOf(date), end: instantOf(addDays(date, 1)) }
  const [found, counts] = await Promise.all([
    listDay(work.tx, facilityId, day, { after: readPlace(asked.after), limit: asked.limit + 1 }),
    countDay(work.tx, facilityId, day),
  ])
  const { rows, next } = pageOf(found, asked.limit)
  work.audit({
    action: 'scheduling.readDay',
    subject: 'facility',
    subjectId: facilityId,
    facilityId,
    patientIds: rows.map((view) => view.patient.id),
    detail: { date, count: rows.length },
  })
  return {
    items: rows.map((view) => toReply(view, standpoint(work, view), work.now)),
    next,
    date,
    counts,
    waiting: counts['arrived'] ?? 0,
  }
}

function standpoint(work: Work, view: AppointmentView) {
  return sideOf(work.actor, {
    patientId: view.patient.id,
    facilityId: view.facility.id,
    facilityPath: view.facility.path,
    practitionerId: view.worker?.personId ?? null,
  })
}

/** My appointments and my family's. */
export async function myAppointments(
  work: Work,
  asked: PageAsked & { when: 'upcoming' | 'past' },
): Promise<CallReply<typeof mineRoute>> {
  const { personId, proxyFor } = work.actor
  if (!personId) throw platformErrors.SIGN_IN_REQUIRED()
  const found = await listOfPeople(work.tx, [personId, ...proxyFor], {
    when: asked.when,
    now: work.now,
    after: readPlace(asked.after),
    limit: asked.limit + 1,
  })
  const { rows, next } = pageOf(found, asked.limit)
  if (rows.length > 0) {
    work.audit({
      action: 'scheduling.readMine',
      subject: 'person',
      subjectId: personId,
      patientIds: rows.map((view) => view.patient.id),
      detail: { when: asked.when, count: rows.length },
    })
  }
  return { items: rows.map((view) => toReply(view, 'citizen', work.now)), next }
}

/** One appointment with everything that happened to it. */
export async function getAppointment(work: Work, id: string): Promise<CallReply<typeof getRoute>> {
  const [{ view, side }, history] = await Promise.all([loadAppointment(work, id), readHistory(work.tx, id)])
  work.audit({ action: 'scheduling.read', subject: 'appointment', subjectId: id, patientId: view.patient.id })
  return { ...toReply(view, side, work.now), history: history.map(toHistory) }
}

const sides: Readonly<Record<string, 'citizen' | 'station'>> = { citizen: 'citizen', staff: 'station' }

function toHistory({ at, state, start, workerName, actorKind, actorName }: HistoryRow) {
  return {
    at: at.toISOString(),
    state,
    start: start.toISOString(),
    workerName,
    by: sides[actorKind] ?? ('system' as const),
    byName: actorName,
  }
}
