import type { Slot } from './openings.ts'

export interface Wish {
  practitionerId: string
  start: Date
}

/**
 * What to offer when the wished time is gone: up to three of the same worker, nearest in time first, then up to two of
 * colleagues nearer to the wish than others; told in order of time.
 */
export function nearestTimes(free: readonly Slot[], wish: Wish): Slot[] {
  const away = (slot: Slot) => Math.abs(slot.start.getTime() - wish.start.getTime())
  const byDistance = [...free].sort((a, b) => away(a) - away(b))
  const own = byDistance.filter((slot) => slot.practitionerId === wish.practitionerId).slice(0, 3)
  const others = byDistance.filter((slot) => slot.practitionerId !== wish.practitionerId)
  // at least two of colleagues, more where the worker has fewer than three left
  const rest = others.slice(0, 5 - own.length)
  return [...own, ...rest].sort((a, b) => a.start.getTime() - b.start.getTime())
}
