import { describe, expect, test } from 'vitest'
import { actionsOpen, stateAfterMove, stateAfterTakeBack } from './appointment-states.ts'
import { judgeWish, kindsAllowed, minutesOf, timeOf, type BookingGround } from './booking-rules.ts'
import { nearestTimes } from './nearest-times.ts'
import type { Slot } from './openings.ts'

const at = (text: string) => new Date(`${text}+07:00`)
const now = at('2026-11-23T07:00')
const ground: BookingGround = {
  plan: {
    practitionerId: 'nurse',
    exceptions: [],
    hours: [
      {
        weekday: 1,
        fromMinute: 450,
        toMinute: 570,
        slotMinutes: 30,
        kinds: ['in_person', 'remote_advice'],
        validFrom: '2026-01-01',
        validUntil: null,
      },
    ],
  },
  services: ['health_advice'],
  worksHere: true,
  horizonDays: 14,
}

describe('a wish', () => {
  test.each([
    ['2026-11-23T06:30', 'in_person', 'SLOT_IN_PAST'],
    ['2026-11-23T07:00', 'in_person', 'SLOT_IN_PAST'],
    ['2026-12-14T07:30', 'in_person', 'SLOT_TOO_FAR'],
    ['2026-11-23T07:30', 'remote_examination', 'SERVICE_NOT_ANNOUNCED'],
    ['2026-11-23T07:40', 'in_person', 'SLOT_OUTSIDE_HOURS'],
    ['2026-11-24T07:30', 'in_person', 'SLOT_OUTSIDE_HOURS'],
  ] as const)('%s %s is refused with %s', (start, kind, code) => {
    expect(judgeWish(ground, { start: at(start), kind }, now)).toEqual({ refused: code })
  })

  test('a slot of the grid is allowed, up to the last day of the horizon', () => {
    expect(judgeWish(ground, { start: at('2026-11-23T07:30'), kind: 'remote_advice' }, now)).toHaveProperty(
      'slot.end',
      at('2026-11-23T08:00'),
    )
    expect(judgeWish(ground, { start: at('2026-12-07T09:00'), kind: 'in_person' }, now)).toHaveProperty('slot')
  })

  test('a kind the hours do not offer, a worker who left', () => {
    const exam = { ...ground, services: ['remote_examination'] }
    expect(judgeWish(exam, { start: at('2026-11-23T07:30'), kind: 'remote_examination' }, now)).toEqual({
      refused: 'KIND_NOT_OFFERED',
    })
    expect(
      judgeWish({ ...ground, worksHere: false }, { start: at('2026-11-23T07:30'), kind: 'in_person' }, now),
    ).toEqual({ refused: 'WORKER_NOT_HERE' })
  })

  test('in person needs no announcement', () => {
    expect(kindsAllowed([])).toEqual(['in_person'])
    expect(kindsAllowed(['teleconsult', 'health_advice'])).toEqual(['in_person', 'remote_advice'])
  })

  test('times of day', () => {
    expect([minutesOf('07:30'), minutesOf('24:00'), timeOf(450), timeOf(1440)]).toEqual([450, 1440, '07:30', '24:00'])
  })
})

describe('nearest times', () => {
  const slot = (practitionerId: string, time: string): Slot => ({
    practitionerId,
    start: at(`2026-11-23T${time}`),
    end: at(`2026-11-23T${time}`),
    kinds: ['in_person'],
  })
  const names = (slots: Slot[]) => slots.map((one) => `${one.practitionerId} ${one.start.toISOString().slice(11, 16)}`)

  test('three of the same worker, two of others, in order of time', () => {
    const free = [
      slot('nurse', '07:30'),
      slot('nurse', '08:30'),
      slot('nurse', '09:00'),
      slot('nurse', '11:00'),
      slot('doctor', '08:00'),
      slot('doctor', '10:00'),
      slot('midwife', '15:00'),
    ]
    expect(names(nearestTimes(free, { practitionerId: 'nurse', start: at('2026-11-23T08:00') }))).toEqual([
      'nurse 00:30',
      'doctor 01:00',
      'nurse 01:30',
      'nurse 02:00',
      'doctor 03:00',
    ])
  })

  test('others step in where the worker has none', () => {
    const free = ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00'].map((time) => slot('doctor', time))
    expect(nearestTimes(free, { practitionerId: 'nurse', start: at('2026-11-23T08:00') })).toHaveLength(5)
    expect(nearestTimes([], { practitionerId: 'nurse', start: at('2026-11-23T08:00') })).toEqual([])
  })
})

describe('what may be done', () => {
  const standing = {
    state: 'confirmed',
    kind: 'remote_advice',
    origin: 'citizen',
    start: at('2026-11-23T09:00'),
    end: at('2026-11-23T09:30'),
  } as const

  test('a citizen joins a remote visit from a quarter of an hour before', () => {
    expect(actionsOpen(standing, 'citizen', at('2026-11-23T08:44'))).toEqual(['move', 'cancel'])
    expect(actionsOpen(standing, 'citizen', at('2026-11-23T08:45'))).toEqual(['move', 'cancel', 'join'])
    expect(actionsOpen(standing, 'citizen', at('2026-11-24T08:00'))).not.toContain('join')
  })

  test('nobody is a no-show before the time', () => {
    expect(actionsOpen(standing, 'station', at('2026-11-23T08:59'))).not.toContain('no_show')
    expect(actionsOpen(standing, 'station', at('2026-11-23T09:00'))).toContain('no_show')
  })

  test('only who comes in person arrives, and only on the day', () => {
    const inPerson = { ...standing, kind: 'in_person' } as const
    expect(actionsOpen(inPerson, 'station', at('2026-11-23T06:00'))).toEqual(['move', 'cancel', 'arrive', 'start'])
    expect(actionsOpen(inPerson, 'station', at('2026-11-22T23:30'))).toEqual(['move', 'cancel'])
    expect(actionsOpen(standing, 'station', at('2026-11-23T06:00'))).not.toContain('arrive')
  })

  test('what is over stays over', () => {
    for (const state of ['done', 'cancelled', 'no_show', 'released', 'offered'] as const)
      expect(actionsOpen({ ...standing, state }, 'station', now)).toEqual([])
  })

  test('the station’s move must be acknowledged, the citizen’s waits for the station', () => {
    expect(stateAfterMove('station', 'requested', false)).toBe('moved')
    expect(stateAfterMove('station', 'arrived', false)).toBe('arrived')
    expect(stateAfterMove('citizen', 'confirmed', false)).toBe('requested')
    expect(stateAfterMove('citizen', 'confirmed', true)).toBe('confirmed')
  })

  test('an encounter taken back puts who has a number into the line again, others back to what was agreed; both can be started', () => {
    expect(stateAfterTakeBack({ kind: 'in_person', queueNo: 3 })).toBe('arrived')
    expect(stateAfterTakeBack({ kind: 'in_person', queueNo: null })).toBe('confirmed')
    expect(stateAfterTakeBack({ kind: 'remote_examination', queueNo: null })).toBe('confirmed')
    for (const state of ['arrived', 'confirmed'] as const)
      expect(actionsOpen({ ...standing, state }, 'station', at('2026-11-23T09:10'))).toContain('start')
  })
})
