import { describe, expect, test } from 'vitest'
import { filtersOf, valueOf, type Counted, type Formula } from './formula.ts'
import { dueOn, quarterSpan } from './quarter.ts'

const counted = new Map<string, Counted>([
  ['4.1', { activities: 7, facilities: 2, practitioners: 3, patients: 6 }],
  ['4.2', { activities: 2, facilities: 1, practitioners: 1, patients: 2 }],
])
const advice = { kinds: ['health_advice' as const] }
const people = { people: 1000, missing: 0, source: 'demo' }

describe('a printed row', () => {
  test('adds up the rows it names', () => {
    expect(valueOf({ type: 'sum', rows: ['4.1', '4.2'] }, '4', counted, people).value).toBe(9)
  })
  test('counts distinct units, workers or people', () => {
    expect(valueOf({ type: 'distinct', of: 'practitioner', filter: advice }, '4.1', counted, people).value).toBe(3)
  })
  test('divides by the population only when every station has a figure', () => {
    expect(valueOf({ type: 'per_population', filter: advice }, '4.1', counted, people)).toEqual({
      value: 0.007,
      missing: null,
      numerator: 7,
      denominator: 1000,
    })
    expect(
      valueOf({ type: 'per_population', filter: advice }, '4.1', counted, { ...people, missing: 1 }),
    ).toMatchObject({ value: null, missing: 'population' })
  })
  test('opens into the activities of the rows it adds up', () => {
    const all = new Map<string, Formula>([
      ['4.1', { type: 'count', filter: advice }],
      ['4.2', { type: 'count', filter: { ...advice, selfPerformed: false } }],
    ])
    expect(filtersOf({ type: 'sum', rows: ['4.1', '4.2'] }, all)).toHaveLength(2)
  })
})

describe('a quarter', () => {
  test('has its days and its due day', () => {
    expect(quarterSpan('2026-Q4')).toEqual({ year: 2026, from: '2026-10-01', to: '2026-12-31', end: '2027-01-01' })
    expect(dueOn(quarterSpan('2024-Q2'), 7)).toBe('2024-07-06')
  })
})
