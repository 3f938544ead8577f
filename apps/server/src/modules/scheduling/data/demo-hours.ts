import type { QualificationCode } from '@moinha/contracts/qualifications'
import type { AppointmentKind } from '@moinha/contracts/scheduling'

/** One line of a demo timetable. */
export interface DemoHours {
  weekdays: readonly number[]
  from: string
  to: string
  slotMinutes: number
  kinds: readonly AppointmentKind[]
}

const workdays = [1, 2, 3, 4, 5]
const withSaturday = [...workdays, 6]
const allWeek = [...withSaturday, 7]
const all: readonly AppointmentKind[] = ['in_person', 'remote_advice', 'remote_examination']

/**
 * By qualification at a commune station; the times follow the working hours usual at stations, invented for the demo.
 */
export const stationHours: Readonly<Partial<Record<QualificationCode, readonly DemoHours[]>>> = {
  doctor: [
    { weekdays: workdays, from: '07:30', to: '11:30', slotMinutes: 20, kinds: all },
    { weekdays: workdays, from: '13:30', to: '16:30', slotMinutes: 20, kinds: all },
  ],
  'assistant-doctor': [
    { weekdays: withSaturday, from: '07:00', to: '11:00', slotMinutes: 15, kinds: ['in_person', 'remote_advice'] },
    { weekdays: workdays, from: '13:30', to: '17:00', slotMinutes: 15, kinds: ['in_person', 'remote_advice'] },
  ],
  nurse: [
    { weekdays: withSaturday, from: '07:30', to: '11:30', slotMinutes: 15, kinds: ['in_person', 'remote_advice'] },
    { weekdays: [2, 4], from: '19:00', to: '21:00', slotMinutes: 15, kinds: ['remote_advice'] },
  ],
  midwife: [
    { weekdays: [1, 3, 5], from: '07:30', to: '11:30', slotMinutes: 30, kinds: ['in_person', 'remote_advice'] },
  ],
}

/**
 * The two of the cast at the story's station are there every day, so that a newcomer finds free times whenever they
 * come.
 */
export const castStationHours: readonly DemoHours[] = [
  { weekdays: allWeek, from: '07:00', to: '11:30', slotMinutes: 30, kinds: all },
  { weekdays: allWeek, from: '13:00', to: '17:00', slotMinutes: 30, kinds: all },
  { weekdays: allWeek, from: '19:00', to: '21:00', slotMinutes: 30, kinds: ['remote_advice', 'remote_examination'] },
]

/**
 * What is left of their day: opened as extra hours for the demo's own days. Short ones at its end: whoever tries the
 * product late, one visit after the other, still finds times of the same day.
 */
export const castNightHours: readonly { from: string; to: string; slotMinutes: number }[] = [
  { from: '00:00', to: '07:00', slotMinutes: 30 },
  { from: '11:30', to: '13:00', slotMinutes: 30 },
  { from: '17:00', to: '19:00', slotMinutes: 30 },
  { from: '21:00', to: '24:00', slotMinutes: 5 },
]

export const hospitalHours: readonly DemoHours[] = [
  { weekdays: workdays, from: '07:30', to: '11:00', slotMinutes: 30, kinds: ['in_person', 'remote_examination'] },
]

/** Why people come; deterministic choice by index. */
export const demoReasons: readonly {
  reason: string
  programme: 'antenatal' | 'hypertension' | 'child_health' | 'other' | null
}[] = [
  { reason: 'Đo lại huyết áp, xin tư vấn chế độ ăn', programme: 'hypertension' },
  { reason: 'Khám thai định kỳ', programme: 'antenatal' },
  { reason: 'Cháu ho, sổ mũi ba ngày nay', programme: 'child_health' },
  { reason: 'Đau lưng sau khi làm rẫy', programme: null },
  { reason: 'Hỏi lịch tiêm chủng cho bé', programme: 'child_health' },
  { reason: 'Đau dạ dày, ăn uống kém', programme: null },
  { reason: 'Khám lại theo hẹn', programme: 'other' },
  { reason: 'Mất ngủ, hay đau đầu', programme: null },
]
