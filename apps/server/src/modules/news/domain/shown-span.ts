import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'

export interface ShownSpan {
  from: Date
  until: Date | null
}

/** First and last day, both counted on Vietnam's calendar, as instants; never earlier than `notBefore`. */
export function shownSpan(days: { fromDay: string | null; untilDay: string | null }, notBefore: Date): ShownSpan {
  const first = days.fromDay === null ? notBefore : instantOf(days.fromDay)
  return {
    from: first > notBefore ? first : notBefore,
    until: days.untilDay === null ? null : instantOf(addDays(days.untilDay, 1)),
  }
}
