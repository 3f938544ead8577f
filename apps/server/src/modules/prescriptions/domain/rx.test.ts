import { describe, expect, it } from 'vitest'
import { decimal } from '../../../platform/decimal/decimal.ts'
import { drawCode } from './prescription-code.ts'
import { doseByWeight, quantityOf } from './dose.ts'
import { inWords, printedQuantity } from './printed-numbers.ts'
import { coversCode, mostDaysOf, type SupplyRule } from './supply.ts'

/** A small generator that repeats: what fails once fails again. */
function numbers(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % below
  }
}

describe('the code', () => {
  it('has 14 characters of the pattern, whatever the bytes', () => {
    const next = numbers(7)
    for (let at = 0; at < 2000; at += 1) {
      const kind = (['c', 'h', 'n', 'y'] as const)[next(4)] ?? 'c'
      const code = drawCode('51A07', kind, (count) => Uint8Array.from({ length: count }, () => next(256)))
      expect(code).toMatch(/^[0-9A-Za-z]{5}[0-9a-z]{7}-[nhcy]$/)
      expect(code).toHaveLength(14)
    }
  })
  it('draws anew where a byte would favour some letters', () => {
    const tries = [Uint8Array.from(Array<number>(7).fill(255)), Uint8Array.from([0, 1, 2, 3, 4, 5, 35])]
    expect(drawCode('00001', 'c', () => tries.shift() ?? new Uint8Array(7))).toBe('00001012345z-c')
  })
  it('takes no facility without its five characters', () => {
    expect(() => drawCode('123', 'c', (count) => new Uint8Array(count))).toThrow('five')
  })
})

/** Thousandths, so that the brute force needs no fractions. */
const thousandths = (value: number): string => (value / 1000).toFixed(3)

describe('quantity = dose × times × days', () => {
  it('is the smallest whole number of packs that holds the course, for any dose', () => {
    const next = numbers(2026)
    for (let at = 0; at < 3000; at += 1) {
      const [dose, times, days, pack] = [1 + next(20_000), 1 + next(6), 1 + next(90), 1 + next(200_000)]
      const got = Number(
        quantityOf({
          dose: decimal(thousandths(dose)),
          timesPerDay: times,
          days,
          doseUnitsPerUnit: decimal(thousandths(pack)),
        }).toFixed(),
      )
      const total = dose * times * days
      expect([got * pack >= total, (got - 1) * pack < total]).toEqual([true, true])
    }
  })
  it('is exact where floats are not', () => {
    const course = { dose: decimal('0.1'), timesPerDay: 3, days: 10, doseUnitsPerUnit: decimal('1') }
    expect(quantityOf(course).toFixed()).toBe('3')
  })
})

describe('a child’s dose by weight', () => {
  it('is a multiple of the smallest part, never above what was asked, and the next part would be', () => {
    const next = numbers(72)
    for (let at = 0; at < 3000; at += 1) {
      const [mg, kg, times, per] = [1 + next(90_000), 2000 + next(28_000), 1 + next(4), 1 + next(500_000)]
      const dose = doseByWeight({
        mgPerKgDay: decimal(thousandths(mg)),
        weightKg: decimal(thousandths(kg)),
        timesPerDay: times,
        mgPerDoseUnit: decimal(thousandths(per)),
        step: decimal('0.25'),
      })
      const quarters = BigInt(dose.times(decimal('4')).toFixed())
      const asked = BigInt(mg) * BigInt(kg) * 4n
      const given = (parts: bigint) => parts * BigInt(per) * BigInt(times) * 1000n
      expect([given(quarters) <= asked, given(quarters + 1n) > asked]).toEqual([true, true])
    }
  })
  it('of a real child: 15 mg/kg × 4 a day of 12 kg, 24 mg/ml, is 7.5 ml', () => {
    const dose = doseByWeight({
      mgPerKgDay: decimal('60'),
      weightKg: decimal('12'),
      timesPerDay: 4,
      mgPerDoseUnit: decimal('24'),
      step: decimal('0.5'),
    })
    expect(dose.toFixed()).toBe('7.5')
  })
})

describe('on paper', () => {
  it.each([
    ['7', '07'],
    ['10', '10'],
    ['1.5', '01,5'],
    ['120', '120'],
  ])('%s stands as %s', (value, written) => expect(printedQuantity(value)).toBe(written))
  it.each([
    ['5', 'năm'],
    ['10', 'mười'],
    ['15', 'mười lăm'],
    ['21', 'hai mươi mốt'],
    ['24', 'hai mươi bốn'],
    ['105', 'một trăm lẻ năm'],
    ['111', 'một trăm mười một'],
    ['1005', 'một nghìn không trăm lẻ năm'],
    ['1.5', 'một phẩy năm'],
  ])('%s is said %s', (value, said) => expect(inWords(value)).toBe(said))
  it('no two numbers are said alike', () => {
    const said = new Set(Array.from({ length: 20_000 }, (_, value) => inWords(String(value))))
    expect(said.size).toBe(20_000)
  })
})

describe('days of supply', () => {
  const rules: SupplyRule[] = [
    { class: 'ordinary', situation: 'usual', icdList: null, mostDays: 30 },
    { class: 'ordinary', situation: 'usual', icdList: 'annex_vii', mostDays: 90 },
    { class: 'ordinary', situation: 'discharge', icdList: null, mostDays: 7 },
    { class: 'narcotic', situation: 'usual', icdList: null, mostDays: 7 },
  ]
  const most = (
    of: 'ordinary' | 'narcotic' | 'precursor',
    situation: 'usual' | 'discharge' | 'cancer',
    lists: string[],
  ) => mostDaysOf(rules, { class: of, situation, lists: new Set(lists) })
  it('ninety only for a disease of the annex', () => {
    expect([most('ordinary', 'usual', []), most('ordinary', 'usual', ['annex_vii'])]).toEqual([30, 90])
  })
  it('a situation without a row is a usual one; a class without rules allows nothing', () => {
    expect([most('narcotic', 'discharge', []), most('precursor', 'usual', [])]).toEqual([7, undefined])
  })
  it('ranges cover what lies between', () => {
    expect([coversCode('E10-E14', 'E11.9'), coversCode('I10', 'I10'), coversCode('I1', 'I10')]).toEqual([
      true,
      true,
      false,
    ])
  })
})
