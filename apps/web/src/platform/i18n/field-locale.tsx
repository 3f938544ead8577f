import { type FieldLocale, FieldLocaleContext } from '@moinha/ui'
import { type ReactNode, useMemo } from 'react'
import { formatDate, formatMonth, formatWeekday, formatWeekdayShort, localDay } from './dates.ts'
import { type Language, t, useLanguage } from './words.ts'

/** A Monday, to name the days of a week after. */
const MONDAY = '2026-11-23'
const weekDays = [0, 1, 2, 3, 4, 5, 6].map((step) => `${MONDAY.slice(0, 8)}${Number(MONDAY.slice(8)) + step}`)

const localeOf = (_: Language): FieldLocale => ({
  today: () => localDay(),
  date: {
    placeholder: t('date.placeholder'),
    form: t('date.form'),
    noSuchDay: t('date.noSuchDay'),
    tooEarly: (day) => t('date.tooEarly', { day }),
    tooLate: (day) => t('date.tooLate', { day }),
    choose: (field) => t('date.choose', { field }),
    dialogTitle: t('date.title'),
    close: t('do.close'),
    todayName: t('date.today'),
    month: t('date.month'),
    year: t('date.year'),
    previousMonth: t('date.previousMonth'),
    nextMonth: t('date.nextMonth'),
    monthName: formatMonth,
    dayName: (day) => `${formatWeekday(day)}, ${formatDate(day)}`,
    // named when a calendar opens: no page waits for it
    get weekdays() {
      return weekDays.map((day) => ({ short: formatWeekdayShort(day), long: formatWeekday(day) }))
    },
    dayPart: t('date.dayPart'),
    timePart: t('date.timePart'),
  },
  time: { placeholder: t('time.placeholder'), form: t('time.form') },
})

/** Gives every date and time field below it the words of the screen's language and Vietnam's calendar. */
export function FieldLocaleProvider({ children }: { children: ReactNode }) {
  const language = useLanguage()
  const locale = useMemo(() => localeOf(language), [language])
  return <FieldLocaleContext.Provider value={locale}>{children}</FieldLocaleContext.Provider>
}
