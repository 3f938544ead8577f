import type { ReplyOf } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName } from '../data.ts'

type Hours = ReplyOf<'identity.listRegistrations'>['items'][number]['hours']

/** Weekly hours as people say them: one line for the days that have the same times. */
export function hoursText(hours: Hours): string[] {
  const timesOf = new Map<number, string[]>()
  for (const { weekday, from, to } of hours) timesOf.set(weekday, [...(timesOf.get(weekday) ?? []), `${from}–${to}`])
  const daysOf = new Map<string, number[]>()
  for (const [weekday, times] of [...timesOf].sort(([one], [other]) => one - other)) {
    const key = times.sort().join(', ')
    daysOf.set(key, [...(daysOf.get(key) ?? []), weekday])
  }
  return [...daysOf].map(([times, days]) => `${daysText(days)}: ${times}`)
}

function daysText(days: readonly number[]): string {
  const [first = 1, last = first] = [days[0], days.at(-1)]
  if (days.length === 7) return t('facilities.weekday.all')
  const names = days.map((day) => codeName('weekday', String(day)))
  const inARow = days.length > 2 && last - first === days.length - 1
  return inARow ? `${names[0] ?? ''} – ${names.at(-1) ?? ''}` : names.join(', ')
}
