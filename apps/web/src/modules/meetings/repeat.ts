import { formatDate, formatWeekday, t } from '../../platform/i18n/index.ts'

/** How a meeting comes again, as people say it; `other` is a rule written elsewhere, kept as it is. */
export const repeats = ['once', 'weekly', 'fortnightly', 'workdays', 'monthlyWeekday', 'monthlyDate', 'other'] as const
export type Repeat = (typeof repeats)[number]

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const

/** Noon, so that no zone moves the day. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay()
const dayOfMonth = (day: string): number => Number(day.slice(8, 10))

/** First, second, … of its weekday in the month; a fifth does not come every month, so it is meant as the last. */
export function rankOf(day: string): number {
  const rank = Math.ceil(dayOfMonth(day) / 7)
  return rank > 4 ? -1 : rank
}

/** May this repetition begin on that day? Offices work from Monday to Friday. */
export const suits = (repeat: Repeat, day: string): boolean =>
  repeat !== 'workdays' || (weekdayOf(day) >= 1 && weekdayOf(day) <= 5)

/** The rule without its end (RFC 5545 §3.3.10). */
function baseOf(repeat: Exclude<Repeat, 'once' | 'other'>, day: string): string {
  const code = codes[weekdayOf(day)] ?? 'MO'
  return {
    weekly: `FREQ=WEEKLY;BYDAY=${code}`,
    fortnightly: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${code}`,
    workdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    monthlyWeekday: `FREQ=MONTHLY;BYDAY=${rankOf(day)}${code}`,
    monthlyDate: `FREQ=MONTHLY;BYMONTHDAY=${dayOfMonth(day)}`,
  }[repeat]
}

/** The rule of a choice; `until` is a day or empty. */
export function ruleOf(repeat: Exclude<Repeat, 'other'>, day: string, until: string): string | null {
  if (repeat === 'once') return null
  return baseOf(repeat, day) + (until === '' ? '' : `;UNTIL=${until.replaceAll('-', '')}`)
}

/** The choice behind a rule that begins on this day. */
export function repeatOf(rule: string | null, day: string): { repeat: Repeat; until: string } {
  if (rule === null) return { repeat: 'once', until: '' }
  const [, base = rule, end] = /^(.*?)(?:;UNTIL=(\d{8}))?$/.exec(rule) ?? []
  const until = end ? `${end.slice(0, 4)}-${end.slice(4, 6)}-${end.slice(6)}` : ''
  const known = repeats.find((one) => one !== 'once' && one !== 'other' && baseOf(one, day) === base)
  return known ? { repeat: known, until } : { repeat: 'other', until: '' }
}

/** "Thứ Hai hằng tuần", "Ngày 5 hằng tháng". */
export function repeatWords(repeat: Repeat, day: string): string {
  const weekday = formatWeekday(day)
  const rank = rankOf(day)
  if (repeat === 'monthlyWeekday')
    return rank === -1
      ? t('meetings.repeat.monthlyLast', { weekday })
      : t('meetings.repeat.monthlyWeekday', { weekday, rank })
  return {
    once: () => t('meetings.repeat.once'),
    weekly: () => t('meetings.repeat.weekly', { weekday }),
    fortnightly: () => t('meetings.repeat.fortnightly', { weekday }),
    workdays: () => t('meetings.repeat.workdays'),
    monthlyDate: () => t('meetings.repeat.monthlyDate', { day: dayOfMonth(day) }),
    other: () => t('meetings.repeat.other'),
  }[repeat]()
}

/** The same of a rule, with its end. */
export function ruleWords(rule: string | null, day: string): string {
  const { repeat, until } = repeatOf(rule, day)
  const words = repeatWords(repeat, day)
  return until === '' ? words : t('meetings.repeat.until', { words, date: formatDate(until) })
}
