/** Days are `yyyy-MM-dd` in the program and `dd/MM/yyyy` on the screen; times of day are `HH:mm` in both. */

/** Years a person may mean, as the contract takes them (`LocalDate`); outside of them it is a slip of the finger. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2200

export interface DayBounds {
  /** First and last day allowed, `yyyy-MM-dd`. */
  min?: string | undefined
  max?: string | undefined
}

/** What a typed text means: nothing yet, a day or time, or why it cannot be understood. */
export type Reading = { value: string } | { problem: 'form' | 'noSuchDay' }

const two = (part: number): string => String(part).padStart(2, '0')

/** Is it a day of the calendar, as `yyyy-MM-dd`? */
export function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** 2026-08-03 → 03/08/2026; what is not a day stays as it was typed. */
export function showDay(day: string): string {
  return isDay(day) ? `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}` : day
}

/** Only what can mean one day already while typing: all of day, month and four digits of the year. */
export function completeDay(text: string): string | undefined {
  const parts = partsOf(text)
  if (!parts || parts.year.length !== 4) return undefined
  const reading = dayOf(parts, Number(parts.year))
  return 'value' in reading ? reading.value : undefined
}

/** Reads what people type: 3/8/1990, 03.08.1990, 03081990, 3-8-90, 1990-08-03, "ngày 3 tháng 8 năm 1990". */
export function readDay(text: string, bounds: DayBounds = {}): Reading {
  const parts = partsOf(text)
  if (!parts) return { problem: 'form' }
  if (parts.year.length === 4) return dayOf(parts, Number(parts.year))
  const thisCentury = dayOf(parts, 2000 + Number(parts.year))
  // A birth date lies in the past: 3/8/90 is 1990 where the field takes no later day, 2090 nowhere.
  const past = 'value' in thisCentury && bounds.max !== undefined && thisCentury.value > bounds.max
  return past ? dayOf(parts, 1900 + Number(parts.year)) : thisCentury
}

interface Parts {
  day: string
  month: string
  year: string
}

const SHAPES = [
  /^(?<day>\d{1,2})[/.,\- ]+(?<month>\d{1,2})[/.,\- ]+(?<year>\d{4}|\d{2})$/,
  /^(?<year>\d{4})[/.\- ]+(?<month>\d{1,2})[/.\- ]+(?<day>\d{1,2})$/,
  /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4}|\d{2})$/,
]

function partsOf(text: string): Parts | undefined {
  const plain = text
    .normalize('NFC')
    .replace(/ngày|tháng|năm/gi, ' ')
    .trim()
  const found = SHAPES.map((shape) => shape.exec(plain)?.groups).find(Boolean)
  return found && { day: found['day'] ?? '', month: found['month'] ?? '', year: found['year'] ?? '' }
}

function dayOf({ day, month }: Parts, year: number): Reading {
  if (year < FIRST_YEAR || year > LAST_YEAR) return { problem: 'form' }
  const value = `${year}-${two(Number(month))}-${two(Number(day))}`
  return isDay(value) ? { value } : { problem: 'noSuchDay' }
}

/** Is it a time of day, as `HH:mm`? */
export const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** Only what can mean one time already while typing. */
export const completeTime = (text: string): string | undefined => (isTime(text) ? text : undefined)

/** Reads what people type: 7:30, 07.30, 7h30, "7 giờ 30", 730, 0730, 7h. */
export function readTime(text: string): Reading {
  const plain = text.normalize('NFC').trim()
  const shapes = [/^(\d{1,2})\s*(?:h|g|giờ|:|\.)\s*(\d{1,2})?\s*(?:phút|p)?$/i, /^(\d{1,2})(\d{2})$/, /^(\d{1,2})$/]
  const [, hour = '', minute = '0'] = shapes.map((shape) => shape.exec(plain)).find(Boolean) ?? []
  const value = `${two(Number(hour))}:${two(Number(minute))}`
  return hour !== '' && isTime(value) ? { value } : { problem: 'form' }
}
