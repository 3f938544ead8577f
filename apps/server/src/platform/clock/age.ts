/**
 * Months completed on a day; both as `2026-11-22`, on one calendar. Who is born on the 31st completes a shorter month
 * on the day after its last.
 */
export function monthsOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const months = Number(day.slice(5, 7)) - Number(birthDate.slice(5, 7))
  return years * 12 + months - (day.slice(8) < birthDate.slice(8) ? 1 : 0)
}

/** Whole years on a day of Vietnam's calendar: one is a year older on the birthday, in the morning. */
export function ageOn(birthDate: string, day: string): number {
  return Math.floor(monthsOn(birthDate, day) / 12)
}
