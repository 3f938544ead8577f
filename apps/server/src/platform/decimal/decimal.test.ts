import { expect, it } from 'vitest'
import { decimal, exactNumber } from './decimal.ts'

it('reckons without a float in between', () => {
  expect(decimal('0.1').plus(decimal('0.2')).toFixed()).toBe('0.3')
  expect(decimal('12345678901234567.89').plus(decimal('0.01')).toFixed()).toBe('12345678901234567.9')
  expect(decimal('250000').times(decimal('0.8')).toFixed()).toBe('200000')
})

it('takes no float and no nonsense', () => {
  expect(() => decimal(0.1 as unknown as string)).toThrow()
  expect(() => decimal('12,5')).toThrow()
  expect(() => Number(decimal('0.1'))).toThrow()
})

it('makes a number only of what a number holds exactly', () => {
  expect(['36.6', '0.1', '120', '1e-7'].map(exactNumber)).toEqual([36.6, 0.1, 120, 1e-7])
  expect(() => exactNumber('12345678901234567.89')).toThrow('not exact')
  expect(() => exactNumber('0.10000000000000000001')).toThrow('not exact')
})
