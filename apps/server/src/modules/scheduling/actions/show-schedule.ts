import type { CallReply } from '@moinha/contracts/route'
import type {
  AppointmentKind,
  freeSlots as freeSlotsRoute,
  practitionerWeek as weekRoute,
  stationSchedule as scheduleRoute,
} from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { kindsAllowed, timeOf } from '../domain/booking-rules.ts'
import { tellFree } from '../domain/tell-free.ts'
import { freeSlots, offOn, windowsOf, type Slot, type WorkerPlan } from '../domain/openings.ts'
import { schedulingErrors } from '../errors.ts'
import { maySeeDay } from '../policy.ts'
import { listOfWorker } from '../store/appointment-rows.ts'
import { workersOf } from '../store/hours-rows.ts'
import { readBusy, readPlans, readServices, readSettings } from '../store/plan-rows.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { requireSide, toReply } from './show-appointment.ts'

/** How far ahead "next free" looks. */
const nextFreeDays = 21

/** Who works at a unit and when; for everyone (REQ-TELE-05). */
export async function stationSchedule(work: Work, facilityId: string): Promise<CallReply<typeof scheduleRoute>> {
  const { tx } = work
  const facility = await readFacility(work, facilityId)
  const today = localDateOf(work.now)
  const kinds = kindsAllowed(await readServices(tx, facilityId, today))
  const { autoConfirm, horizonDays } = await readSettings(tx, facilityId)
  const workers = await workersOf(tx, facilityId)
  const { plans, free } = await readFree(work, facilityId, {
    fromDay: today,
    days: Math.min(nextFreeDays, horizonDays + 1),
    kinds,
  })
  return {
    facility,
    kinds,
    autoConfirm,
    horizonDays,
    workers: workers.flatMap((worker) => {
      const plan = plans.find((one) => one.practitionerId === worker.personId)
      return plan
        ? [
            {
              ...worker,
              ...openingsOf(plan, today, kinds),
              nextFree: free.find((slot) => slot.practitionerId === worker.personId)?.start.toISOString() ?? null,
            },
          ]
        : []
    }),
  }
}

async function readFacility({ tx }: Work, id: string) {
  const row = await tx
    .selectFrom('facilities.unit as f')
    .innerJoin('facilities.current_path as p', 'p.facility_id', 'f.id')
    .where('f.id', '=', id)
    .select(['f.id', 'f.name', 'f.commune_name as communeName', 'f.type', 'f.address', 'f.phone'])
    .executeTakeFirst()
  if (!row) throw schedulingErrors.STATION_UNKNOWN()
  return row
}

function openingsOf(plan: WorkerPlan, today: string, allowed: readonly AppointmentKind[]) {
  const hours = plan.hours
    .filter((opening) => opening.validUntil === null || opening.validUntil > today)
    .sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute)
    .map((opening) => ({
      weekday: opening.weekday,
      from: timeOf(opening.fromMinute),
      to: timeOf(opening.toMinute),
      kinds: opening.kinds.filter((kind) => allowed.includes(kind)),
    }))
    .filter((opening) => opening.kinds.length > 0)
  const extra = plan.exceptions
    .filter((exception) => exception.effect === 'extra')
    .flatMap((exception) => exception.kinds)
  return {
    hours,
    kinds: allowed.filter((kind) => extra.includes(kind) || hours.some((opening) => opening.kinds.includes(kind))),
  }
}

interface FreeAsked {
  fromDay: string
  days: number
  kinds: readonly AppointmentKind[]
  practitionerId?: string | undefined
  kind?: AppointmentKind | undefined
}

async function readFree(
  work: Work,
  facilityId: string,
  { fromDay, days, kinds, practitionerId, kind }: FreeAsked,
): Promise<{ plans: WorkerPlan[]; free: Slot[] }> {
  const until = addDays(fromDay, days)
  const plans = await readPlans(work.tx, facilityId, { from: fromDay, until }, practitionerId)
  const busy = await readBusy(
    work.tx,
    plans.map((plan) => plan.practitionerId),
    { start: instantOf(fromDay), end: instantOf(until) },
  )
  const free = freeSlots(plans, busy, { fromDay, days, now: work.now, kind })
    .map((slot) => ({ ...slot, kinds: slot.kinds.filter((one) => kinds.includes(one)) }))
    .filter((slot) => slot.kinds.length > 0)
  return { plans, free }
}

export interface SlotsAsked {
  practitionerId?: string | undefined
  kind?: AppointmentKind | undefined
  from?: string | undefined
  days: number
}

/** Free times of one worker or all of a unit; for everyone. */
export async function showFreeSlots(
  work: Work,
  facilityId: string,
  asked: SlotsAsked,
): Promise<CallReply<typeof freeSlotsRoute>> {
  await readFacility(work, facilityId)
  const today = localDateOf(work.now)
  const { horizonDays } = await readSettings(work.tx, facilityId)
  const from = asked.from && asked.from > today ? asked.from : today
  const last = addDays(today, horizonDays)
  const days = Array.from({ length: asked.days }, (_, index) => addDays(from, index)).filter(
    (day) => day <= last,
  ).length
  const kinds = kindsAllowed(await readServices(work.tx, facilityId, from))
  const { free } = await readFree(work, facilityId, { ...asked, fromDay: from, days, kinds })
  return { from, until: addDays(from, days), ...tellFree(free) }
}

/** Seven days of one worker, for colleagues. */
export async function practitionerWeek(
  work: Work,
  ids: { facilityId: string; practitionerId: string },
  fromAsked?: string,
): Promise<CallReply<typeof weekRoute>> {
  if (!maySeeDay(work.actor, ids.facilityId)) throw platformErrors.NOT_ALLOWED({ permission: 'appointment.attend' })
  const worker = (await workersOf(work.tx, ids.facilityId)).find((one) => one.personId === ids.practitionerId)
  if (!worker) throw schedulingErrors.WORKER_NOT_HERE()
  const from = fromAsked ?? localDateOf(work.now)
  const until = addDays(from, 7)
  const [plan = { practitionerId: ids.practitionerId, hours: [], exceptions: [] }] = await readPlans(
    work.tx,
    ids.facilityId,
    { from, until },
    ids.practitionerId,
  )
  const appointments = await listOfWorker(work.tx, ids, { start: instantOf(from), end: instantOf(until) })
  work.audit({
    action: 'scheduling.readWeek',
    subject: 'appointment',
    subjectId: ids.practitionerId,
    facilityId: ids.facilityId,
    patientIds: appointments.map((view) => view.patient.id),
  })
  return {
    from,
    worker,
    days: Array.from({ length: 7 }, (_, index) => dayOf(plan, addDays(from, index))),
    appointments: appointments.map((view) => toReply(view, requireSide(work, view), work.now)),
  }
}

/** What stands open on one day, and what is taken off it. */
function dayOf(plan: Parameters<typeof windowsOf>[0], date: string) {
  const span = ({ start, end }: { start: Date; end: Date }) => ({ start: start.toISOString(), end: end.toISOString() })
  return {
    date,
    windows: windowsOf(plan, date).map((window) => ({ kinds: window.kinds, extra: window.extra, ...span(window) })),
    off: offOn(plan, date).map((off) => ({ reason: off.reason, ...span(off) })),
  }
}
