import { describe, expect, it } from 'vitest'
import { addDays, weekdayOf } from '../../../platform/clock/vietnam-time.ts'
import { afterOneYear, afterWorkingDays } from './validity.ts'

it.each([
  // a Thursday: two weekends lie between
  ['2026-11-26', [], '2026-12-10'],
  // signed on a Saturday: counted from Monday
  ['2026-11-28', [], '2026-12-11'],
  ['2026-12-24', ['2027-01-01'], '2027-01-08'],
  // a holiday on a Sunday costs nothing
  ['2026-11-26', ['2026-11-29'], '2026-12-10'],
])('ten working days from %s, off %j: %s', (day, off, last) => {
  expect(afterWorkingDays(day, 10, new Set(off))).toBe(last)
})

describe('whatever the day and the holidays', () => {
  const days = Array.from({ length: 400 }, (_, at) => addDays('2026-01-01', at))
  const off = new Set(days.filter((_, at) => (at * 7919) % 13 === 0))
  const works = (day: string) => weekdayOf(day) <= 5 && !off.has(day)
  it('the last day is a working day, the tenth after the first', () => {
    for (const day of days.slice(0, 300)) {
      const last = afterWorkingDays(day, 10, off)
      expect(works(last)).toBe(true)
      expect(days.filter((one) => one > day && one <= last && works(one))).toHaveLength(10)
    }
  })
})

it.each([
  ['2026-11-26', '2027-11-25'],
  ['2026-01-01', '2026-12-31'],
  ['2028-02-29', '2029-02-28'],
  ['2027-03-01', '2028-02-29'],
])('a year from %s ends with %s', (day, last) => {
  expect(afterOneYear(day)).toBe(last)
})
