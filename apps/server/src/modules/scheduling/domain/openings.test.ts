import { describe, expect, test } from 'vitest'
import {
  freeSlots,
  slotAt,
  slotsOf,
  windowsOf,
  type OpeningException,
  type Span,
  type WeeklyOpening,
  type WorkerPlan,
} from './openings.ts'

// 2026-11-23 is a Monday
const monday = '2026-11-23'
const morning: WeeklyOpening = {
  weekday: 1,
  fromMinute: 450,
  toMinute: 570,
  slotMinutes: 30,
  kinds: ['in_person', 'remote_advice'],
  validFrom: '2026-01-01',
  validUntil: null,
}
const plan = (hours: WeeklyOpening[], exceptions: OpeningException[] = []): WorkerPlan => ({
  practitionerId: 'nurse',
  hours,
  exceptions,
})
const off = (fromMinute: number, toMinute: number, fromDay = monday, untilDay = '2026-11-24'): OpeningException => ({
  effect: 'off',
  fromDay,
  untilDay,
  fromMinute,
  toMinute,
  slotMinutes: null,
  kinds: [],
  reason: 'họp',
})
const extra = (day: string, untilDay: string, fromMinute: number, toMinute: number): OpeningException => ({
  effect: 'extra',
  fromDay: day,
  untilDay,
  fromMinute,
  toMinute,
  slotMinutes: 20,
  kinds: ['remote_advice'],
  reason: 'trực',
})
const at = (text: string) => new Date(`${text}+07:00`)
const starts = (slots: Span[]) => slots.map((slot) => slot.start.toISOString())
const long = at('2026-01-01T00:00')

describe('slots of a day', () => {
  test('weekly hours are cut from their start; a rest shorter than a slot is no slot', () => {
    expect(starts(slotsOf(plan([{ ...morning, toMinute: 560 }]), monday))).toEqual(
      [at('2026-11-23T07:30'), at('2026-11-23T08:00'), at('2026-11-23T08:30')].map((date) => date.toISOString()),
    )
  })

  test('a morning before 07:00 belongs to the Vietnamese day, not to the day before in UTC', () => {
    const early = plan([{ ...morning, fromMinute: 360, toMinute: 420 }])
    expect(slotsOf(early, monday)[0]?.start.toISOString()).toBe('2026-11-22T23:00:00.000Z')
    expect(slotAt(early, new Date('2026-11-22T23:00:00Z'))).toBeDefined()
    expect(slotsOf(early, '2026-11-22')).toEqual([])
  })

  test('hours may end at midnight; the next day begins its own', () => {
    const night = plan([
      { ...morning, fromMinute: 1380, toMinute: 1440 },
      { ...morning, weekday: 2, fromMinute: 0, toMinute: 60 },
    ])
    expect(slotsOf(night, monday).at(-1)?.end.toISOString()).toBe(at('2026-11-24T00:00').toISOString())
    expect(slotAt(night, at('2026-11-24T00:00'))?.start.toISOString()).toBe('2026-11-23T17:00:00.000Z')
  })

  test('hours hold from their first to their last day', () => {
    const dated = plan([{ ...morning, validFrom: '2026-11-23', validUntil: '2026-11-30' }])
    expect(slotsOf(dated, '2026-11-16')).toEqual([])
    expect(slotsOf(dated, '2026-11-23')).toHaveLength(4)
    expect(slotsOf(dated, '2026-11-30')).toEqual([])
  })

  test('a whole day off leaves nothing, a part of a day takes every slot it touches', () => {
    expect(slotsOf(plan([morning], [off(0, 1440)]), monday)).toEqual([])
    expect(starts(slotsOf(plan([morning], [off(485, 500)]), monday))).toEqual(
      starts([
        { start: at('2026-11-23T07:30'), end: long },
        { start: at('2026-11-23T08:30'), end: long },
        { start: at('2026-11-23T09:00'), end: long },
      ]),
    )
  })

  test('days off over a week end on their last day', () => {
    const week = off(0, 1440, '2026-11-20', '2026-11-23')
    expect(slotsOf(plan([morning], [week]), monday)).toHaveLength(4)
  })

  test('extra hours open a day without weekly hours, and do not double slots that stand', () => {
    expect(slotsOf(plan([morning], [extra('2026-11-22', '2026-11-23', 600, 660)]), '2026-11-22')).toHaveLength(3)
    const overlapping = slotsOf(plan([morning], [extra(monday, '2026-11-24', 540, 600)]), monday)
    expect(overlapping).toHaveLength(5)
    expect(overlapping.filter((slot) => slot.start >= at('2026-11-23T09:30'))).toHaveLength(1)
    expect(windowsOf(plan([morning], [extra(monday, '2026-11-24', 540, 600)]), monday)).toHaveLength(2)
  })
})

describe('free slots', () => {
  const busy = new Map([['nurse', [{ start: at('2026-11-23T08:10'), end: at('2026-11-23T08:20') }]]])

  test('what is held in part is not free, and what touches at the edge is', () => {
    const edge = new Map([['nurse', [{ start: at('2026-11-23T08:00'), end: at('2026-11-23T08:30') }]]])
    const query = { fromDay: monday, days: 1, now: long }
    expect(freeSlots([plan([morning])], busy, query)).toHaveLength(3)
    expect(starts(freeSlots([plan([morning])], edge, query))).not.toContain(at('2026-11-23T08:00').toISOString())
    expect(freeSlots([plan([morning])], edge, query)).toHaveLength(3)
  })

  test('a slot that has begun is gone', () => {
    expect(
      starts(freeSlots([plan([morning])], new Map(), { fromDay: monday, days: 1, now: at('2026-11-23T08:30') })),
    ).toEqual([at('2026-11-23T09:00').toISOString()])
  })

  test('only slots that offer the kind', () => {
    expect(
      freeSlots([plan([morning])], new Map(), { fromDay: monday, days: 7, now: long, kind: 'remote_examination' }),
    ).toEqual([])
  })

  test('several workers come in one order of time', () => {
    const other = { ...plan([{ ...morning, fromMinute: 465 }]), practitionerId: 'doctor' }
    const slots = freeSlots([plan([morning]), other], new Map(), { fromDay: monday, days: 1, now: long })
    expect(slots.map((slot) => slot.practitionerId).slice(0, 3)).toEqual(['nurse', 'doctor', 'nurse'])
  })
})
