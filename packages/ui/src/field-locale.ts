import { createContext, useContext } from 'react'

/**
 * The words and the calendar that date and time fields need; the application gives them once, in the language of the
 * screen.
 */
export interface FieldLocale {
  /** Today where the product is used, `yyyy-MM-dd`; not the machine's. */
  today: () => string
  date: {
    /** Says the form in an empty field. */
    placeholder: string
    /** Says the form with an example, as an error. */
    form: string
    noSuchDay: string
    tooEarly: (first: string) => string
    tooLate: (last: string) => string
    choose: (field: string) => string
    dialogTitle: string
    close: string
    todayName: string
    month: string
    year: string
    previousMonth: string
    nextMonth: string
    monthName: (month: number) => string
    /** The whole day in words, weekday first. */
    dayName: (day: string) => string
    /** Monday to Sunday: as shown, and as spoken. */
    weekdays: readonly { short: string; long: string }[]
    /** Names of the two halves of a point in time. */
    dayPart: string
    timePart: string
  }
  time: { placeholder: string; form: string }
}

export const FieldLocaleContext = createContext<FieldLocale | null>(null)

export function useFieldLocale(): FieldLocale {
  const locale = useContext(FieldLocaleContext)
  if (!locale) throw new Error('FieldLocaleContext has no value: the application provides it around its pages')
  return locale
}
