/** The quarter a day lies in: `2026-11-22` → `2026-Q4`. */
export const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

/** So many quarters later. */
export function shiftQuarter(quarter: string, by: number): string {
  const at = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 + by
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`
}

export const isQuarter = (text: string | null): text is string => text !== null && /^20\d\d-Q[1-4]$/.test(text)

/** The day before, to look at the map as it was. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
