import { daysInMonth } from './day-text.ts'

const DAY_MS = 86_400_000

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

const addDays = (day: string, days: number): string => dayAt(utc(day) + days * DAY_MS)

/** The same day some months on; the 31st becomes the last day of a shorter month. */
export function addMonths(day: string, months: number): string {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const [year, month] = [Math.floor(at / 12), (at % 12) + 1]
  const last = Math.min(Number(day.slice(8)), daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(last).padStart(2, '0')}`
}

/** 1 is Monday, 7 is Sunday: weeks begin on Monday (ISO 8601, and every calendar on a Vietnamese wall). */
const weekdayOf = (day: string): number => new Date(utc(day)).getUTCDay() || 7

/** The weeks that a month touches, whole, each from Monday. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`
  const start = addDays(first, 1 - weekdayOf(first))
  const next = addMonths(first, 1)
  const weeks: string[][] = []
  for (let monday = start; monday < next; monday = addDays(monday, 7)) {
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((step) => addDays(monday, step)))
  }
  return weeks
}

/** Where a key of the keyboard leads in a grid of days (WAI-ARIA Authoring Practices, date picker dialog). */
export function dayAfterKey(day: string, key: string, shift: boolean): string | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return addDays(day, 1 - weekdayOf(day))
    case 'End':
      return addDays(day, 7 - weekdayOf(day))
    case 'PageUp':
      return addMonths(day, shift ? -12 : -1)
    case 'PageDown':
      return addMonths(day, shift ? 12 : 1)
    default:
      return undefined
  }
}

/** The nearest day inside the bounds. */
export function clampDay(day: string, min: string | undefined, max: string | undefined): string {
  if (min !== undefined && day < min) return min
  return max !== undefined && day > max ? max : day
}
