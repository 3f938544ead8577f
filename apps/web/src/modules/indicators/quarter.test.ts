import { expect, it } from 'vitest'
import { dayBefore, isQuarter, quarterOf, shiftQuarter } from './quarter.ts'

it('knows its quarters', () => {
  expect([quarterOf('2026-01-01'), quarterOf('2026-03-31'), quarterOf('2026-12-31')]).toEqual([
    '2026-Q1',
    '2026-Q1',
    '2026-Q4',
  ])
  expect([shiftQuarter('2026-Q1', -1), shiftQuarter('2026-Q4', 1), shiftQuarter('2026-Q2', -4)]).toEqual([
    '2025-Q4',
    '2027-Q1',
    '2025-Q2',
  ])
  expect([isQuarter('2026-Q5'), isQuarter('2026-Q2'), isQuarter(null)]).toEqual([false, true, false])
  expect(dayBefore('2025-07-01')).toBe('2025-06-30')
})
