import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { nearestAround } from '../domain/nearest-times.ts'
import { readWorkersAround } from '../store/plan-rows.ts'

const aroundDays = 8

export interface NearestWish {
  facilityId: string
  practitionerId: string
  start: string
  kind: AppointmentKind
}

/** A free time to offer instead. */
export interface NearestTime {
  practitionerId: string
  workerName: string
  start: string
  end: string
}

/** Free times around a wish that could not be met, of the same worker and of colleagues. */
export async function nearestFree(work: Work, wish: NearestWish): Promise<NearestTime[]> {
  const start = new Date(wish.start)
  const today = localDateOf(work.now)
  const wished = localDateOf(start)
  const fromDay = wished > today ? wished : today
  const until = addDays(fromDay, aroundDays)
  const days = { from: fromDay, until }
  const workers = await readWorkersAround(work.tx, wish.facilityId, days, {
    start: instantOf(fromDay),
    end: instantOf(until),
  })
  const busy = new Map(workers.map((worker) => [worker.practitionerId, worker.busy]))
  const around = { fromDay, days: aroundDays, now: work.now, kind: wish.kind }
  const nearest = nearestAround(workers, busy, { practitionerId: wish.practitionerId, start }, around)
  const names = new Map(workers.map((worker) => [worker.practitionerId, worker.fullName]))
  return nearest.map((slot) => ({
    practitionerId: slot.practitionerId,
    workerName: names.get(slot.practitionerId) ?? '',
    start: slot.start.toISOString(),
    end: slot.end.toISOString(),
  }))
}
