import { describe, expect, it } from 'vitest'
import { isAttended, isHeld, isLate, mergeSpans, presenceOf, spansSince } from './attendance.ts'

const at = (time: string) => new Date(`2026-11-26T${time}:00+07:00`)
const span = (from: string, to: string | null) => ({ from: at(from), to: to === null ? null : at(to) })

describe('presence of a unit', () => {
  it('counts overlaps and returns once', () => {
    const spans = [span('08:20', '08:40'), span('08:00', '08:10'), span('08:05', '08:15'), span('08:15', '08:18')]
    expect(mergeSpans(spans)).toEqual([span('08:00', '08:18'), span('08:20', '08:40')])
    expect(presenceOf(spans, at('09:00'))).toMatchObject({
      joinedAt: at('08:00'),
      leftAt: at('08:40'),
      presentNow: false,
      seconds: 38 * 60,
    })
  })

  it('of somebody who is in goes on until now', () => {
    const spans = [span('08:00', null), span('08:05', '08:15')]
    expect(presenceOf(spans, at('08:30'))).toMatchObject({ leftAt: null, presentNow: true, seconds: 30 * 60 })
  })

  it('of nobody is none', () => {
    expect(presenceOf([], at('08:30'))).toMatchObject({ joinedAt: null, leftAt: null, seconds: 0 })
    expect(isAttended(presenceOf([], at('08:30')), 0)).toBe(false)
  })
})

describe('before the room opens', () => {
  it('nothing counts, and who came in earlier counts from then on', () => {
    const spans = [span('06:00', '07:00'), span('07:10', '08:10'), span('08:20', null)]
    expect(spansSince(at('07:45'), spans, at('08:30'))).toEqual([span('07:45', '08:10'), span('08:20', null)])
    expect(spansSince(at('07:45'), [span('07:00', null)], at('07:30'))).toEqual([])
  })
})

describe('a unit', () => {
  const began = { startsAt: at('08:00'), startedAt: at('08:20') }
  it('is late by when the meeting could be attended', () => {
    expect(isLate(presenceOf([span('08:29', '09:00')], at('09:00')), began, 10)).toBe(false)
    expect(isLate(presenceOf([span('08:31', '09:00')], at('09:00')), began, 10)).toBe(true)
  })

  it('attended when it was there long enough', () => {
    expect(isAttended(presenceOf([span('08:00', '08:04')], at('09:00')), 5)).toBe(false)
    expect(isAttended(presenceOf([span('08:00', '08:05')], at('09:00')), 5)).toBe(true)
  })
})

it('a meeting is held by its organiser and one other unit', () => {
  const organiser = { organiser: true, attended: true }
  expect(isHeld([organiser])).toBe(false)
  expect(isHeld([{ organiser: false, attended: true }])).toBe(false)
  expect(isHeld([organiser, { organiser: false, attended: true }])).toBe(true)
})
