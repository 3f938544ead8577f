/** Months completed on a day; both as `2026-11-22`, on one calendar. Born on the 31st, one completes a short month on its last day's morrow. */
export function monthsOn(birthDate: string, day: string): number {
  const [year, month] = [Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)), Number(day.slice(5, 7)) - Number(birthDate.slice(5, 7))]
  return year * 12 + month - (day.slice(8) < birthDate.slice(8) ? 1 : 0)
}

/** Whole years on a day of Vietnam's calendar: one is a year older on the birthday, in the morning. */
export function ageOn(birthDate: string, day: string): number {
  return Math.floor(monthsOn(birthDate, day) / 12)
}
