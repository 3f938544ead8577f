import { describe, expect, it } from 'vitest'
import { beginsByRule, daysOf, faultOf } from './recurrence.ts'

describe('a rule', () => {
  it.each([
    ['FREQ=DAILY', undefined],
    ['FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2', undefined],
    ['FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231', undefined],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', undefined],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12', undefined],
    // each of these would keep a reader of rules busy for good, or says nothing
    ['FREQ=DAILY;INTERVAL=999999999', 'interval'],
    ['FREQ=DAILY;BYDAY=2MO', 'part'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'day'],
    ['FREQ=WEEKLY;BYDAY=XX', 'day'],
    ['FREQ=WEEKLY;INTERVAL=0', 'interval'],
    ['FREQ=WEEKLY;COUNT=0', 'count'],
    ['FREQ=WEEKLY;COUNT=501', 'count'],
    ['FREQ=WEEKLY;COUNT=3;UNTIL=20271231', 'until'],
    ['FREQ=WEEKLY;UNTIL=20270231', 'until'],
    ['FREQ=MONTHLY;BYMONTHDAY=40', 'day'],
    ['FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', 'day'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'day'],
    ['FREQ=WEEKLY;BYDAY=MO;BYDAY=TU', 'part'],
  ])('%s: %s', (rule, fault) => {
    expect(faultOf(rule)).toBe(fault)
  })
})

describe('days of a series', () => {
  const monthly = { firstDay: '2026-11-30', rule: 'FREQ=MONTHLY;BYMONTHDAY=-1' }

  it('follow a rule over months and years', () => {
    expect(daysOf(monthly, { from: '2027-01-01', until: '2027-04-30' })).toEqual({
      days: ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
      complete: false,
    })
  })

  it('go on beyond the window until there are enough', () => {
    const { days } = daysOf(monthly, { from: '2026-11-30', until: '2026-12-01', atLeast: 3 })
    expect(days).toEqual(['2026-11-30', '2026-12-31', '2027-01-31'])
  })

  it('end with a count, and with a last day that is counted', () => {
    const window = { from: '2026-11-26', until: '2027-12-31' }
    expect(daysOf({ firstDay: '2026-11-26', rule: 'FREQ=WEEKLY;COUNT=2' }, window)).toEqual({
      days: ['2026-11-26', '2026-12-03'],
      complete: true,
    })
    expect(daysOf({ firstDay: '2026-11-26', rule: 'FREQ=WEEKLY;UNTIL=20261210' }, window).days).toEqual([
      '2026-11-26',
      '2026-12-03',
      '2026-12-10',
    ])
  })

  it('are one where there is no rule', () => {
    expect(daysOf({ firstDay: '2026-11-26', rule: null }, { from: '2026-11-26', until: '2026-12-31' })).toEqual({
      days: ['2026-11-26'],
      complete: true,
    })
  })

  it('begin on a day of the rule, or do not begin', () => {
    expect(beginsByRule({ firstDay: '2026-11-26', rule: 'FREQ=WEEKLY;BYDAY=TH' })).toBe(true)
    expect(beginsByRule({ firstDay: '2026-11-26', rule: 'FREQ=WEEKLY;BYDAY=MO' })).toBe(false)
    expect(beginsByRule({ firstDay: '2027-02-01', rule: 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31' })).toBe(false)
  })
})
