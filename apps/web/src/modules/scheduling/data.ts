import type { Appointment, AppointmentKind, AppointmentState, Worker } from '@moinha/contracts/scheduling'
import type { FreeTime } from '@moinha/contracts/free-times'
import type { BadgeTone, IconName } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { type ApiProblem, refresh, type ReplyOf, useList } from '../../platform/api/index.ts'
import { formatDayMonth, formatLongDate, formatTime, localDay, t, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export type { Appointment, AppointmentKind, AppointmentState, Worker }
export type Station = ReplyOf<'scheduling.stationSchedule'>
export type StationWorker = Station['workers'][number]
export type { FreeTime }
export type HoursPage = ReplyOf<'scheduling.listHours'>
export type WorkerHours = HoursPage['workers'][number]
export type WaitlistEntry = ReplyOf<'scheduling.myWaitlist'>['items'][number]

/** One offer of SLOT_TAKEN. */
export interface NearestTime {
  practitionerId: string
  workerName: string
  start: string
  end: string
}

/** Words whose last part comes from the data. Written out: the build looks for them, to know what a page can show. */
const begins = {
  kind: 'scheduling.kind.',
  kindText: 'scheduling.kindText.',
  state: 'scheduling.state.',
  programme: 'scheduling.programme.',
  weekday: 'scheduling.weekday.',
  weekdayShort: 'scheduling.weekdayShort.',
  action: 'scheduling.act.',
  present: 'scheduling.present.',
  relation: 'scheduling.relation.',
  'one.by': 'scheduling.one.by.',
} as const

export const named = (group: keyof typeof begins, code: string | number): string =>
  wordFor(begins[group] + code) ?? String(code)

export const kindIcon: Readonly<Record<AppointmentKind, IconName>> = {
  in_person: 'stethoscope',
  remote_advice: 'message',
  remote_examination: 'video',
}

export const stateTone: Readonly<Record<AppointmentState, BadgeTone>> = {
  requested: 'warn',
  confirmed: 'success',
  moved: 'info',
  arrived: 'primary',
  in_progress: 'urgent',
  done: 'plain',
  no_show: 'danger',
  cancelled: 'plain',
}

export const isRemote = (kind: AppointmentKind): boolean => kind !== 'in_person'

/** "Bác sĩ đa khoa", or "Điều dưỡng · Cao đẳng hộ sinh": the title is not said twice where the degree says it. */
export function titleText({ title, degree }: Pick<Worker, 'title' | 'degree'>): string {
  const said = degree.toLocaleLowerCase('vi').includes(title.toLocaleLowerCase('vi'))
    ? degree
    : [title, degree].filter(Boolean).join(' · ')
  return said.charAt(0).toLocaleUpperCase('vi') + said.slice(1)
}

/** ISO weekday of a calendar day: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** "Hôm nay", "Ngày mai", or "Thứ Hai, 23/11/2026". */
export function dayText(day: string): string {
  const today = localDay()
  if (day === today) return t('scheduling.day.today')
  return day === addDays(today, 1) ? t('scheduling.day.tomorrow') : formatLongDate(day)
}

/** "07:30, hôm nay": the time first, since that is what one must not miss. */
export function whenText(at: string): string {
  const day = localDay(new Date(at))
  const text = dayText(day)
  return `${formatTime(at)}, ${text === formatLongDate(day) ? text : text.toLocaleLowerCase('vi')}`
}

/** "07:30 T2 23/11": for buttons in a row. */
export function shortWhen(at: string): string {
  const day = localDay(new Date(at))
  return `${formatTime(at)} · ${named('weekdayShort', weekdayOf(day))} ${formatDayMonth(day)}`
}

/** The free times a refusal brought along. */
export function nearestOf(problem: ApiProblem | null): NearestTime[] | null {
  const nearest = problem?.params['nearest']
  return Array.isArray(nearest) ? (nearest as NearestTime[]) : null
}

type Placed = Pick<Appointment, 'start' | 'id'>
/** In order of time, as the server lists them. */
export const earliestFirst = (one: Placed, other: Placed): number =>
  one.start === other.start ? (one.id < other.id ? -1 : 1) : one.start < other.start ? -1 : 1
export const latestFirst = (one: Placed, other: Placed): number => earliestFirst(other, one)

/** A unit's day. All screens of a browser hold it together; after the first time only changes come over the line. */
export function useDay(facilityId: string, date: string) {
  return useList(
    'scheduling.dayList',
    earliestFirst,
    { enabled: facilityId !== '' },
    { params: { facilityId }, query: { date, limit: 200 } },
  )
}

/** Reads again whenever an appointment of mine or of my unit changes. */
export function useAppointmentNews(): void {
  useLive('appointment.changed', () => void refresh('scheduling.'))
  useLive('schedule.changed', () => void refresh('scheduling.'))
  useLive('waitlist.offered', () => void refresh('scheduling.myWaitlist'))
}

/** The time of this device, ticking, so that countdowns and "join" buttons appear by themselves. */
export function useNow(everyMs = 20_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** The text once typing rests, so that a search asks once and not per letter. */
export function useRested(text: string, ms = 250): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return rested
}
