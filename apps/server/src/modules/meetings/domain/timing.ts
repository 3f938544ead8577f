import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'

const minuteMs = 60_000
/** Who comes so long after the planned end of a meeting that nobody began finds it closed. */
const graceMinutes = 120
/** A host may set up the room the evening before, not weeks ahead. */
const hostHours = 24
/** No briefing goes on for half a day beyond its plan: whoever is still in is a TV that was left on. */
const mostHoursPast = 12
/** Nobody is woken by a reminder of a meeting. */
const quiet = { from: '20:00', to: '07:00' } as const

interface Planned {
  status: string
  starts_at: Date
  ends_at: Date
}

/** From when those who are invited may enter. */
export const opensAt = (meeting: { starts_at: Date }, minutesBefore: number): Date =>
  new Date(meeting.starts_at.getTime() - minutesBefore * minuteMs)

/** What the clock says to somebody who wants to enter. */
export type DoorState = 'open' | 'early' | 'over' | 'ended' | 'cancelled'

/** May one enter now? A meeting that runs is open to all, however late. */
export function doorOf(
  meeting: Planned,
  { host, minutesBefore, now }: { host: boolean; minutesBefore: number; now: Date },
): DoorState {
  if (meeting.status === 'ended' || meeting.status === 'cancelled') return meeting.status
  if (meeting.status === 'running') return 'open'
  if (now.getTime() > meeting.ends_at.getTime() + graceMinutes * minuteMs) return 'over'
  const opens = host
    ? new Date(meeting.starts_at.getTime() - hostHours * 60 * minuteMs)
    : opensAt(meeting, minutesBefore)
  return now < opens ? 'early' : 'open'
}

/** Nobody comes to a meeting after this: a room that is still on is one that was left on. */
export const closesAt = ({ ends_at }: { ends_at: Date }): Date => new Date(ends_at.getTime() + graceMinutes * minuteMs)

/** A room tried out before it opens to all: the meeting itself has not begun. */
export const isTrial = (meeting: Planned, minutesBefore: number, now: Date): boolean =>
  meeting.status === 'running' && now < opensAt(meeting, minutesBefore)

/** Is it so long after its planned end that nobody can mean to be in it? */
export const isLongPast = ({ ends_at }: { ends_at: Date }, now: Date): boolean =>
  now.getTime() >= ends_at.getTime() + mostHoursPast * 60 * minuteMs

export interface Reminder {
  which: 'day' | 'soon'
  at: Date
}

/** When to remind of a meeting; what has passed is left out, and what falls into the night comes the evening before. */
export function remindersOf(
  startsAt: Date,
  { dayBefore, minutesBefore }: { dayBefore: boolean; minutesBefore: number },
  now: Date,
): Reminder[] {
  const reminders: Reminder[] = []
  if (dayBefore) reminders.push({ which: 'day', at: beforeNight(new Date(startsAt.getTime() - 24 * 60 * minuteMs)) })
  if (minutesBefore > 0) reminders.push({ which: 'soon', at: new Date(startsAt.getTime() - minutesBefore * minuteMs) })
  return reminders.filter(({ at }) => at > now)
}

/** Texts are sent by day; what shows on an open page disturbs nobody. */
export const isQuiet = (at: Date): boolean => {
  const day = localDateOf(at)
  return at < instantOf(day, quiet.to) || at >= instantOf(day, quiet.from)
}

function beforeNight(at: Date): Date {
  if (!isQuiet(at)) return at
  const day = localDateOf(at)
  const evening = at < instantOf(day, quiet.to) ? addDays(day, -1) : day
  return new Date(instantOf(evening, quiet.from).getTime() - minuteMs)
}
