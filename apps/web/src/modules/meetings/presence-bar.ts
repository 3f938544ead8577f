interface Span {
  from: string
  to: string | null
}

interface Held {
  startsAt: string
  endsAt: string
  endedAt: string | null
}

/** Parts of a bar in per cent of the meeting: from its planned start, or the first to come, to its real end. */
export function barOf(spans: readonly Span[], { startsAt, endsAt, endedAt }: Held, now = Date.now()) {
  const first = Math.min(Date.parse(startsAt), ...spans.map((span) => Date.parse(span.from)))
  const last = endedAt === null ? Math.max(now, Date.parse(endsAt)) : Date.parse(endedAt)
  const whole = Math.max(1, last - first)
  const place = (at: number): number => Math.min(100, Math.max(0, ((at - first) / whole) * 100))
  return spans.map(({ from, to }) => {
    const start = place(Date.parse(from))
    const end = place(to === null ? Math.min(now, last) : Date.parse(to))
    // a minute of an hour must still be seen
    return { start: Math.round(start * 10) / 10, size: Math.max(1, Math.round((end - start) * 10) / 10) }
  })
}
