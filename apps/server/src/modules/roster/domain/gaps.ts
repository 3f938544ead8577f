/** A stretch of time, end not included. */
export interface Span {
  readonly start: Date
  readonly end: Date
}

/**
 * The hours of a window that no shift covers: what makes 24/24 a promise that can be checked.
 * Shifts may overlap, touch, and reach beyond the window.
 */
export function gapsIn(window: Span, shifts: readonly Span[]): Span[] {
  const gaps: Span[] = []
  let coveredUntil = window.start
  for (const shift of [...shifts].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    if (shift.end <= window.start || shift.start >= window.end) continue
    if (shift.start > coveredUntil) gaps.push({ start: coveredUntil, end: shift.start })
    if (shift.end > coveredUntil) coveredUntil = shift.end
  }
  if (coveredUntil < window.end) gaps.push({ start: coveredUntil, end: window.end })
  return gaps
}

export interface TeamShift extends Span {
  /** null is the duty lead's line. */
  readonly specialty: string | null
  readonly role: 'on_duty' | 'backup' | 'lead'
}

/** The gaps of every team. A backup does not cover: nobody would be rung first. */
export function gapsByTeam(
  window: Span,
  teams: readonly (string | null)[],
  shifts: readonly TeamShift[],
): { specialty: string | null; gap: Span }[] {
  return teams.flatMap((specialty) => {
    const covering = shifts.filter((shift) => shift.specialty === specialty && shift.role !== 'backup')
    return gapsIn(window, covering).map((gap) => ({ specialty, gap }))
  })
}
