import { describe, expect, test } from 'vitest'
import { ageOn } from '../../../platform/clock/age.ts'
import { ageGroupOf } from './age-group.ts'
import { excerptOf } from './excerpt.ts'
import { shownSpan } from './shown-span.ts'

describe('an excerpt', () => {
  test('is the first paragraph, cut between words', () => {
    expect(excerptOf('Diệt lăng quăng.\n\nNgủ màn.')).toBe('Diệt lăng quăng.')
    expect(excerptOf('một hai '.repeat(40))).toMatch(/^(một hai )+(một|một hai)…$/)
  })
})

describe('the days a message shows', () => {
  const now = new Date('2026-11-22T03:00:00Z')
  test('begin at once or at midnight in Vietnam, and count the last day', () => {
    expect(shownSpan({ fromDay: null, untilDay: '2026-11-30' }, now)).toEqual({
      from: now,
      until: new Date('2026-11-30T17:00:00Z'),
    })
    expect(shownSpan({ fromDay: '2026-11-25', untilDay: null }, now)).toEqual({
      from: new Date('2026-11-24T17:00:00Z'),
      until: null,
    })
    expect(shownSpan({ fromDay: '2026-11-01', untilDay: null }, now).from).toBe(now)
  })
})

describe('sixteen', () => {
  test('is reached on the birthday', () => {
    expect(ageGroupOf(ageOn('2010-11-23', '2026-11-22'))).toBeUndefined()
    expect(ageGroupOf(ageOn('2010-11-22', '2026-11-22'))).toBe('16-29')
    expect(ageGroupOf(ageOn('1966-11-22', '2026-11-22'))).toBe('60+')
  })
})
