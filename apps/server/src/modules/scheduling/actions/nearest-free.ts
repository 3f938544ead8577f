import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { personCards } from '../../identity/index.ts'
import { nearestTimes } from '../domain/nearest-times.ts'
import { freeSlots } from '../domain/openings.ts'
import { readBusy, readPlans } from '../store/plan-rows.ts'

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
  const plans = await readPlans(work.tx, wish.facilityId, { from: fromDay, until })
  const busy = await readBusy(
    work.tx,
    plans.map((plan) => plan.practitionerId),
    { start: instantOf(fromDay), end: instantOf(until) },
  )
  const free = freeSlots(plans, busy, { fromDay, days: aroundDays, now: work.now, kind: wish.kind })
  const nearest = nearestTimes(free, { practitionerId: wish.practitionerId, start })
  const names = new Map(
    (
      await personCards(
        work.tx,
        nearest.map((slot) => slot.practitionerId),
      )
    ).map((card) => [card.id, card.fullName]),
  )
  return nearest.map((slot) => ({
    practitionerId: slot.practitionerId,
    workerName: names.get(slot.practitionerId) ?? '',
    start: slot.start.toISOString(),
    end: slot.end.toISOString(),
  }))
}
