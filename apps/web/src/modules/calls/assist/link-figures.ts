/** What two looks at the statistics say together; null where the browser or the engine does not tell. */
export interface LinkFigures {
  readonly roundTripMs: number | null
  readonly loss: number | null
  readonly sentKbps: number | null
  readonly receivedKbps: number | null
}

/** One look. */
export interface LinkLook {
  readonly at: number
  readonly sent: number
  readonly received: number
  readonly roundTripMs: number | null
  readonly loss: number | null
}

/** The statistics we read (W3C webrtc-stats). */
interface Stat {
  readonly type: string
  readonly bytesSent?: number
  readonly bytesReceived?: number
  readonly nominated?: boolean
  readonly currentRoundTripTime?: number
  readonly fractionLost?: number
}

/** Sums up the statistics of all connections; null where there is none. */
export function lookAtLink(reports: readonly Pick<RTCStatsReport, 'forEach'>[], at: number): LinkLook | null {
  if (reports.length === 0) return null
  let [sent, received] = [0, 0]
  const trips: number[] = []
  const losses: number[] = []
  for (const report of reports)
    report.forEach((stat: Stat) => {
      if (stat.type === 'outbound-rtp') sent += stat.bytesSent ?? 0
      if (stat.type === 'inbound-rtp') received += stat.bytesReceived ?? 0
      if (stat.type === 'remote-inbound-rtp' && stat.fractionLost !== undefined) losses.push(stat.fractionLost)
      if (stat.type === 'candidate-pair' && stat.nominated === true && stat.currentRoundTripTime !== undefined)
        trips.push(stat.currentRoundTripTime * 1000)
    })
  return { at, sent, received, roundTripMs: worst(trips), loss: worst(losses) }
}

const worst = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))

/** Figures between two looks; a line that was made anew counts from nothing. */
export function linkBetween(before: LinkLook | null, now: LinkLook | null): LinkFigures {
  if (now === null) return { roundTripMs: null, loss: null, sentKbps: null, receivedKbps: null }
  const ms = before === null ? 0 : now.at - before.at
  const rate = (from: number, to: number): number | null => (ms <= 0 || to < from ? null : ((to - from) * 8) / ms)
  return {
    roundTripMs: now.roundTripMs === null ? null : Math.round(now.roundTripMs),
    loss: now.loss === null ? null : Math.min(1, Math.max(0, now.loss)),
    sentKbps: before === null ? null : rate(before.sent, now.sent),
    receivedKbps: before === null ? null : rate(before.received, now.received),
  }
}
