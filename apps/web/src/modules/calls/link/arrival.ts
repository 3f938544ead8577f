/** The statistics we read (W3C webrtc-stats); fields that an engine leaves out stay undefined. */
interface Stat {
  readonly type: string
  readonly trackIdentifier?: string
  readonly packetsReceived?: number
  readonly responsesReceived?: number
  readonly requestsReceived?: number
  readonly roundTripTimeMeasurements?: number
}

/** What has arrived so far: on the whole line, and of each track. Only ever compared with the look before. */
export interface Arrival {
  readonly total: number
  readonly byTrack: ReadonlyMap<string, number>
}

/**
 * Counts every sign that the other end lives: media, reports about what we send, and answers to the path checks of ICE.
 * A connection on which nobody speaks still has the last of these.
 */
export function readArrival(reports: Iterable<{ forEach(each: (stat: Stat) => void): void }>): Arrival {
  let total = 0
  const byTrack = new Map<string, number>()
  for (const report of reports)
    report.forEach((stat) => {
      total += signsOf(stat)
      if (stat.type !== 'inbound-rtp' || stat.trackIdentifier === undefined) return
      byTrack.set(stat.trackIdentifier, (byTrack.get(stat.trackIdentifier) ?? 0) + (stat.packetsReceived ?? 0))
    })
  return { total, byTrack }
}

function signsOf(stat: Stat): number {
  if (stat.type === 'inbound-rtp') return stat.packetsReceived ?? 0
  if (stat.type === 'remote-inbound-rtp') return stat.roundTripTimeMeasurements ?? 0
  if (stat.type === 'candidate-pair') return (stat.responsesReceived ?? 0) + (stat.requestsReceived ?? 0)
  return 0
}
