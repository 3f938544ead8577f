/** Somebody's time in the room; open while they are in. */
export interface Span {
  from: Date
  to: Date | null
}

export interface Presence {
  joinedAt: Date | null
  leftAt: Date | null
  presentNow: boolean
  seconds: number
  spans: Span[]
}

/** Spans that touch or overlap become one, earliest first: two people of a unit, or one who came back, count once. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = merged.at(-1)
    if (last && (last.to === null || last.to >= span.from)) last.to = later(last.to, span.to)
    else merged.push({ ...span })
  }
  return merged
}

const later = (a: Date | null, b: Date | null): Date | null => (a === null || b === null ? null : a > b ? a : b)

/** What of these times counts: what was before the room opened is trying out. Somebody who is in is so until now. */
export function spansSince(opened: Date, spans: readonly Span[], now: Date): Span[] {
  return spans.flatMap(({ from, to }) => ((to ?? now) < opened ? [] : [{ from: from < opened ? opened : from, to }]))
}

/** Presence of a unit, from the times of all its people. */
export function presenceOf(spans: readonly Span[], now: Date): Presence {
  const merged = mergeSpans(spans)
  const presentNow = merged.some((span) => span.to === null)
  const milliseconds = merged.reduce((sum, { from, to }) => sum + (to ?? now).getTime() - from.getTime(), 0)
  return {
    joinedAt: merged[0]?.from ?? null,
    leftAt: presentNow ? null : (merged.at(-1)?.to ?? null),
    presentNow,
    seconds: Math.max(0, Math.round(milliseconds / 1000)),
    spans: merged,
  }
}

/** Was it there long enough? Somebody must have come, also where no minutes are asked. */
export const isAttended = (presence: Presence, heldMinutes: number): boolean =>
  presence.joinedAt !== null && presence.seconds >= heldMinutes * 60

/** Late counts from when the meeting could be attended: a host who is late makes nobody late. */
export function isLate(
  presence: Presence,
  began: { startsAt: Date; startedAt: Date },
  lateAfterMinutes: number,
): boolean {
  if (presence.joinedAt === null) return false
  const from = Math.max(began.startsAt.getTime(), began.startedAt.getTime())
  return presence.joinedAt.getTime() > from + lateAfterMinutes * 60_000
}

/** A meeting was held when its organiser and at least one other unit attended. */
export function isHeld(units: readonly { organiser: boolean; attended: boolean }[]): boolean {
  return units.some((unit) => unit.organiser && unit.attended) && units.some((unit) => !unit.organiser && unit.attended)
}
