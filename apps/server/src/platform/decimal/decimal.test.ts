import { expect, it } from 'vitest'
import { decimal, decimalText, exactNumber, sumOf } from './decimal.ts'

it('adds without a float in between', () => {
  expect(decimalText(sumOf(['0.1', '0.2'].map(decimal)))).toBe('0.3')
  expect(decimalText(decimal('12345678901234567.89').plus(decimal('0.01')))).toBe('12345678901234567.9')
  expect(decimalText(decimal('250000').times(decimal('0.8')))).toBe('200000')
})

it('has one way to write a value', () => {
  expect(['1e-7', '36.60', '-0', '1e21'].map((text) => decimalText(decimal(text)))).toEqual([
    '0.0000001',
    '36.6',
    '0',
    '1000000000000000000000',
  ])
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
