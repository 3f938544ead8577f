import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Decimal } from './common.ts'

const Dose = Decimal({ whole: 17, scale: 4 })
const Dong = Decimal({ whole: 15, scale: 0 })

describe('a decimal on the wire', () => {
  it.each([
    ['0.1', '0.1'],
    ['36.60', '36.6'],
    ['007', '7'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['0.0001', '0.0001'],
    ['5.0000', '5'],
    ['100', '100'],
    ['12345678901234567.89', '12345678901234567.89'],
    ['-2.50', '-2.5'],
  ])('%s is written %s', (typed, written) => expect(Dose.parse(typed)).toBe(written))

  it.each([
    '1e-7',
    '0.00001',
    '123456789012345678',
    '+1',
    '1,5',
    '.5',
    '1.',
    '',
    ' 1',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
  ])('%s is refused, not rounded', (typed) => expect(Dose.safeParse(typed).success).toBe(false))

  it('a JSON number is refused: it was a float already', () => {
    expect([0.1, 1, null].map((value) => Dose.safeParse(value).success)).toEqual([false, false, false])
  })

  it('đồng have no parts', () => {
    expect(Dong.parse('250000.00')).toBe('250000')
    expect(Dong.safeParse('250000.5').success).toBe(false)
  })

  it('what is stored leaves in the same form, even where it has more digits', () => {
    expect(['36.60', '0.123456'].map((stored) => z.encode(Dose, stored))).toEqual(['36.6', '0.123456'])
  })
})
