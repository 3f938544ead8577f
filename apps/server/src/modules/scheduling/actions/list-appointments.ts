import type { CallReply } from '@moinha/contracts/route'
import type {
  dayList as dayListRoute,
  getAppointment as getRoute,
  myAppointments as mineRoute,
} from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { markList, type Marked } from '../../../platform/changes/mark.ts'
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
import { changedOfDay, changedOfPeople, leftOfDay, leftOfPeople, type Since } from '../store/changed-appointments.ts'
import { pageOf, readPlace } from '../store/cursor.ts'
import { loadAppointment, toReply } from './show-appointment.ts'

interface PageAsked {
  after?: string | undefined
  limit: number
  since?: string | undefined
}

/** What is answered of a list: the page asked for, or of `since` what changed and what left. */
interface Found {
  rows: AppointmentView[]
  next: string | null
  gone: string[] | null
}

/** A way to read a list whole, and one to read only what changed. */
interface Readings {
  page(): Promise<AppointmentView[]>
  changed(since: Since): Promise<AppointmentView[]>
  left(since: Since): Promise<string[]>
}

/**
 * Where more changed than a page holds, the list itself is no dearer. Without `since` the list is asked for in one go
 * with its mark, behind it.
 */
async function readSince(work: Work, asked: PageAsked, marking: Promise<Marked>, read: Readings): Promise<Found> {
  const since = asked.since === undefined || asked.after ? undefined : (await marking).since
  if (since) {
    const span = { mark: since, now: work.now, limit: asked.limit + 1 }
    const [rows, left] = await Promise.all([read.changed(span), read.left(span)])
    if (rows.length <= asked.limit) {
      const here = new Set(rows.map(({ id }) => id))
      return { rows, next: null, gone: left.filter((id) => !here.has(id)) }
    }
  }
  return { ...pageOf(await read.page(), asked.limit), gone: null }
}

/** The station's day, in order of time. */
export async function dayList(
  work: Work,
  facilityId: string,
  asked: PageAsked & { date?: string | undefined },
): Promise<CallReply<typeof dayListRoute>> {
  if (!maySeeDay(work.actor, facilityId)) throw platformErrors.NOT_ALLOWED({ permission: 'appointment.attend' })
  const { tx } = work
  const date = asked.date ?? localDateOf(work.now)
  const day = { start: instantOf(date), end: instantOf(addDays(date, 1)) }
  const after = readPlace(asked.after)
  const marking = markList(work, { list: ['dayList', facilityId, date], since: asked.since })
  const [{ rows, next, gone }, counts, { now }] = await Promise.all([
    readSince(work, asked, marking, {
      page: () => listDay(tx, facilityId, day, { after, limit: asked.limit + 1 }),
      changed: (span) => changedOfDay(tx, facilityId, day, span),
      left: (span) => leftOfDay(tx, facilityId, day, span),
    }),
    countDay(tx, facilityId, day),
    marking,
  ])
  if (gone === null || rows.length > 0) auditDay(work, { facilityId, date }, rows)
  const items = rows.map((view) => toReply(view, standpoint(work, view), work.now))
  return { items, next, date, counts, waiting: counts['arrived'] ?? 0, now, gone }
}

function auditDay(work: Work, of: { facilityId: string; date: string }, rows: readonly AppointmentView[]): void {
  work.audit({
    action: 'scheduling.readDay',
    subject: 'facility',
    subjectId: of.facilityId,
    facilityId: of.facilityId,
    patientIds: rows.map((view) => view.patient.id),
    detail: { date: of.date, count: rows.length },
  })
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
  const { tx } = work
  const { when } = asked
  const people = [personId, ...proxyFor]
  const after = readPlace(asked.after)
  const marking = markList(work, { list: ['myAppointments', when], since: asked.since })
  const [{ rows, next, gone }, { now }] = await Promise.all([
    readSince(work, asked, marking, {
      page: () => listOfPeople(tx, people, { when, now: work.now, after, limit: asked.limit + 1 }),
      changed: (span) => changedOfPeople(tx, people, when, span),
      left: (span) => leftOfPeople(tx, people, when, span),
    }),
    marking,
  ])
  if (rows.length > 0) {
    work.audit({
      action: 'scheduling.readMine',
      subject: 'person',
      subjectId: personId,
      patientIds: rows.map((view) => view.patient.id),
      detail: { when, count: rows.length },
    })
  }
  return { items: rows.map((view) => toReply(view, 'citizen', work.now)), next, now, gone }
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
