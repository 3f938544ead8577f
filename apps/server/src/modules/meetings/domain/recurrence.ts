import ICAL from 'ical.js'

/** A rule that no meeting can have, and which part of it. */
export type RuleFault = 'part' | 'interval' | 'count' | 'until' | 'day'

/** Twice the working weeks of a year between two meetings would be a slip of the finger. */
const maxInterval = 52
const maxCount = 500
const weekday = /^(MO|TU|WE|TH|FR|SA|SU)$/
const rankedWeekday = /^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/
const monthDay = /^-?([1-9]|[12]\d|3[01])$/
const setPosition = /^-?[1-5]$/

/**
 * Which parts go with which frequency. Narrower than the standard: with others, or with days that never come, a reader
 * of rules would look for the next meeting without end.
 */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  DAILY: [],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS'],
}

/** What is wrong with a rule; undefined when nothing is. */
export function faultOf(rule: string): RuleFault | undefined {
  const pairs = rule.split(';').map((part) => part.split('=') as [string, string])
  const parts = new Map(pairs)
  const { FREQ: frequency = '', INTERVAL, COUNT, UNTIL, ...days } = Object.fromEntries(parts)
  if (parts.size !== pairs.length || Object.keys(days).some((name) => !partsOf[frequency]?.includes(name)))
    return 'part'
  if (INTERVAL !== undefined && !isBetween(INTERVAL, 1, maxInterval)) return 'interval'
  if (COUNT !== undefined && !isBetween(COUNT, 1, maxCount)) return 'count'
  if (UNTIL !== undefined && (COUNT !== undefined || !isDay(UNTIL))) return 'until'
  return areDays(frequency, days) ? undefined : 'day'
}

const isBetween = (text: string, least: number, most: number): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most

function isDay(text: string): boolean {
  const [, year, month, day] = /^(2[01]\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const written = `${year}-${month}-${day}`
  const at = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written)
}

function areDays(frequency: string, days: Readonly<Record<string, string>>): boolean {
  const { BYDAY, BYMONTHDAY, BYSETPOS } = days
  const all = (text: string | undefined, shape: RegExp) =>
    text === undefined || text.split(',').every((one) => shape.test(one))
  if (BYDAY !== undefined && BYMONTHDAY !== undefined) return false
  if (BYSETPOS !== undefined && (BYDAY === undefined || /\d/.test(BYDAY))) return false
  return (
    all(BYDAY, frequency === 'MONTHLY' ? rankedWeekday : weekday) &&
    all(BYMONTHDAY, monthDay) &&
    all(BYSETPOS, setPosition)
  )
}

/** The rule as RFC 5545 wants it beside a start with a time: its last day becomes the last second of it. */
export function ruleWithTime(rule: string): ICAL.Recur {
  return ICAL.Recur.fromString(
    rule.replace(/UNTIL=(\d{8})$/, 'UNTIL=$1T235959').replace(/UNTIL=(\d{8});/, 'UNTIL=$1T235959;'),
  )
}

/** When a series meets: Vietnamese days. */
export interface Recurrence {
  firstDay: string
  /** Of {@link faultOf} without a fault; null: once. */
  rule: string | null
}

/** How far to look, days included. */
export interface Window {
  from: string
  until: string
  /** Beyond `until` too, until there are so many. */
  atLeast?: number
  atMost?: number
}

export interface Found {
  days: string[]
  /** There are no more after these. */
  complete: boolean
}

/** Days of a series within a window, soonest first. */
export function daysOf({ firstDay, rule }: Recurrence, window: Window): Found {
  if (rule === null) return { days: firstDay >= window.from ? [firstDay] : [], complete: true }
  const { from, until, atLeast = 0, atMost = maxCount } = window
  const next = ruleWithTime(rule).iterator(ICAL.Time.fromDateTimeString(`${firstDay}T12:00:00`))
  const days: string[] = []
  for (;;) {
    const time = next.next() as ICAL.Time | null
    if (!time) return { days, complete: true }
    const day = time.toString().slice(0, 10)
    if ((day > until && days.length >= atLeast) || days.length >= atMost) return { days, complete: false }
    if (day >= from) days.push(day)
  }
}

/** A series begins on a day of its own rule; anything else would give its first meeting by surprise. */
export function beginsByRule({ firstDay, rule }: Recurrence): boolean {
  return daysOf({ firstDay, rule }, { from: firstDay, until: firstDay, atMost: 1 }).days[0] === firstDay
}
