import { expect, it } from 'vitest'
import { monthsOld, yearsOld } from './age.ts'

it.each([
  ['1996-03-08', '2026-03-07', 29],
  ['1996-03-08', '2026-03-08', 30],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2019-11-25', '2026-11-25', 7],
])('born %s, on %s: %i years', (born, day, years) => {
  expect(yearsOld(born, day)).toBe(years)
})

it('counts months as completed, and none before birth', () => {
  const months = [
    monthsOld('2025-01-31', '2025-02-28'),
    monthsOld('2025-01-15', '2026-01-15'),
    monthsOld('2026-12-01', '2026-11-25'),
  ]
  expect(months).toEqual([0, 12, 0])
})
