import { expect, it } from 'vitest'
import { isTermPossible, proofNumber } from './booking-helper.ts'

it('names a helper from today on, for a year at most', () => {
  const possible = (fromDay: string, untilDay: string) => isTermPossible({ fromDay, untilDay }, '2026-11-25')
  expect(possible('2026-11-25', '2026-11-25')).toBe(true)
  expect(possible('2026-11-25', '2027-11-25')).toBe(true)
  expect(possible('2026-11-25', '2027-11-26')).toBe(false)
  expect(possible('2026-11-24', '2026-12-01')).toBe(false)
  expect(possible('2026-12-01', '2026-11-30')).toBe(false)
})

it('reads a number as a phone where it is one, and always as an identifier', () => {
  expect(proofNumber('0912 345.678')).toEqual({ phone: '+84912345678', identifier: '0912345678' })
  expect(proofNumber('+84 912 345 678')).toEqual({ phone: '+84912345678', identifier: '+84912345678' })
  expect(proofNumber('062199000123')).toEqual({ phone: null, identifier: '062199000123' })
  expect(proofNumber('gd 4 6262 000 00123')).toEqual({ phone: null, identifier: 'GD4626200000123' })
})
