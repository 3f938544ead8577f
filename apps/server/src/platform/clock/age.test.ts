import { expect, it } from 'vitest'
import { ageOn, monthsOn } from './age.ts'

it.each([
  ['1996-03-08', '2026-03-07', 29],
  ['1996-03-08', '2026-03-08', 30],
  // leap days: 365.25 days a year would be a day off here
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2019-11-25', '2026-11-25', 7],
  ['2026-11-25', '2026-11-25', 0],
])('born %s, on %s: %i years', (born, day, years) => {
  expect(ageOn(born, day)).toBe(years)
})

it('counts months as completed', () => {
  expect([
    monthsOn('2025-01-31', '2025-02-28'),
    monthsOn('2025-01-31', '2025-03-01'),
    monthsOn('2025-01-15', '2026-01-15'),
  ]).toEqual([0, 1, 12])
})
