import { addDays, weekdayOf } from '../../../platform/clock/vietnam-time.ts'

/** Circular 01/2025/TT-BYT: a transfer slip holds ten working days from its signing. */
export const transferWorkingDays = 10

/** The last day of so many working days after a day; Saturdays, Sundays and holidays do not count. */
export function afterWorkingDays(day: string, count: number, holidays: ReadonlySet<string>): string {
  let at = day
  for (let left = count; left > 0;) {
    at = addDays(at, 1)
    if (weekdayOf(at) <= 5 && !holidays.has(at)) left--
  }
  return at
}

/** The day before the same day a year later; 29 February ends with the 28th. */
export function afterOneYear(day: string): string {
  const [year = '', ...rest] = day.split('-')
  const sameDay = [Number(year) + 1, ...rest].join('-')
  const exists = new Date(`${sameDay}T00:00:00Z`).toISOString().startsWith(sameDay)
  return exists ? addDays(sameDay, -1) : `${Number(year) + 1}-02-28`
}
