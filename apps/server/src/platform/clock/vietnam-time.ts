/** Vietnam keeps one zone without daylight saving (domain notes on codes, §9). */
export const vietnamZone = 'Asia/Ho_Chi_Minh'
const offset = '+07:00'
const dayMs = 86_400_000
const offsetMs = 7 * 3_600_000

/** The calendar day in Vietnam of an instant, `2026-11-22`. */
export function localDateOf(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 10)
}

/** The time of day in Vietnam of an instant, `07:30`. */
function localTimeOf(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(11, 16)
}

/** The instant of a Vietnamese day and time of day. */
export function instantOf(localDate: string, localTime = '00:00'): Date {
  return new Date(`${localDate}T${localTime}:00${offset}`)
}

/** ISO weekday of a local date: 1 Monday … 7 Sunday. */
export function weekdayOf(localDate: string): number {
  return new Date(`${localDate}T00:00:00Z`).getUTCDay() || 7
}

export function addDays(localDate: string, days: number): string {
  return new Date(Date.parse(`${localDate}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** An instant as people write it, `22/11/2026 07:30`, for a terminal or a sheet of paper. */
export function formatInstant(at: Date): string {
  return `${localDateOf(at).split('-').reverse().join('/')} ${localTimeOf(at)}`
}
