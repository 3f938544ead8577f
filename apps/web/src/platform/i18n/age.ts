import { localDay } from './dates.ts'

/** Months completed on a day of Vietnam's calendar, today unless said otherwise; both as `2026-11-22`. */
export function monthsOld(birthDate: string, day: string = localDay()): number {
  const part = (text: string, from: number, to: number): number => Number(text.slice(from, to))
  const months = (part(day, 0, 4) - part(birthDate, 0, 4)) * 12 + part(day, 5, 7) - part(birthDate, 5, 7)
  return Math.max(0, months - (day.slice(8) < birthDate.slice(8) ? 1 : 0))
}

/** Whole years: one is a year older on the birthday. */
export function yearsOld(birthDate: string, day: string = localDay()): number {
  return Math.floor(monthsOld(birthDate, day) / 12)
}
