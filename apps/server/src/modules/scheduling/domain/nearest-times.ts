import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import { freeSlots, type Slot, type Span, type WorkerPlan } from './openings.ts'

export interface Wish {
  practitionerId: string
  start: Date
}

const mostOwn = 3
const mostTold = 5

const distance = (slot: Slot, wish: Wish): number => Math.abs(slot.start.getTime() - wish.start.getTime())

function pickNearest(free: readonly Slot[], wish: Wish): { own: Slot[]; others: Slot[] } {
  const byDistance = [...free].sort((a, b) => distance(a, wish) - distance(b, wish))
  const own = byDistance.filter((slot) => slot.practitionerId === wish.practitionerId).slice(0, mostOwn)
  const others = byDistance.filter((slot) => slot.practitionerId !== wish.practitionerId)
  // at least two of colleagues, more where the worker has fewer than three left
  return { own, others: others.slice(0, mostTold - own.length) }
}

/**
 * What to offer when the wished time is gone: up to three of the same worker, nearest in time first, then up to two of
 * colleagues nearer to the wish than others; told in order of time.
 */
export function nearestTimes(free: readonly Slot[], wish: Wish): Slot[] {
  const { own, others } = pickNearest(free, wish)
  return [...own, ...others].sort((a, b) => a.start.getTime() - b.start.getTime())
}

export interface Around {
  /** The wished day, or today where that is over. */
  fromDay: string
  days: number
  now: Date
  kind: AppointmentKind
}

/**
 * The same, from plans: later days are cut into slots only while one of them could still be nearer than what was found.
 */
export function nearestAround(
  plans: readonly WorkerPlan[],
  busy: ReadonlyMap<string, readonly Span[]>,
  wish: Wish,
  { fromDay, days, now, kind }: Around,
): Slot[] {
  const free: Slot[] = []
  for (let index = 0; index < days; index++) {
    const day = addDays(fromDay, index)
    free.push(...freeSlots(plans, busy, { fromDay: day, days: 1, now, kind }))
    const { own, others } = pickNearest(free, wish)
    const toNextDay = instantOf(addDays(day, 1)).getTime() - wish.start.getTime()
    const settled = [...own, ...others].every((slot) => distance(slot, wish) <= toNextDay)
    if (own.length === mostOwn && own.length + others.length === mostTold && settled) break
  }
  return nearestTimes(free, wish)
}
