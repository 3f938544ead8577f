import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'

/** The next full half hour, or the last of the day while it runs. */
export function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000
  const next = new Date((Math.floor(now.getTime() / half) + 1) * half)
  const midnight = instantOf(addDays(localDateOf(now), 1))
  return next < midnight ? next : new Date(midnight.getTime() - half)
}
