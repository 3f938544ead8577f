import { addDays } from '../../../platform/clock/vietnam-time.ts'

export interface QuarterSpan {
  year: number
  /** First and last day, both counted. */
  from: string
  to: string
  /** First day after it. */
  end: string
}

/** `2026-Q4` → its days on Vietnam's calendar. */
export function quarterSpan(quarter: string): QuarterSpan {
  const year = Number(quarter.slice(0, 4))
  const first = (Number(quarter.slice(6)) - 1) * 3 + 1
  const from = `${year}-${String(first).padStart(2, '0')}-01`
  const end = first === 10 ? `${year + 1}-01-01` : `${year}-${String(first + 3).padStart(2, '0')}-01`
  return { year, from, to: addDays(end, -1), end }
}

/** "Before day 7 of the next quarter" (plan of Sở Y tế Kon Tum, April 2024, §2.1a) → the last day one may send it. */
export function dueOn(span: QuarterSpan, beforeDay: number): string {
  return addDays(span.end, beforeDay - 2)
}
