import type { LinkReading } from './sending-strain.ts'

/** The statistics we read (W3C webrtc-stats); fields that an engine leaves out stay undefined. */
interface Stat {
  readonly id: string
  readonly type: string
  readonly kind?: string
  readonly timestamp: number
  readonly nominated?: boolean
  readonly fractionLost?: number
  readonly roundTripTime?: number
  readonly currentRoundTripTime?: number
  readonly availableOutgoingBitrate?: number
  readonly packetsSent?: number
  readonly totalPacketSendDelay?: number
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly totalSamplesReceived?: number
  readonly concealedSamples?: number
  readonly silentConcealedSamples?: number
  readonly bytesSent?: number
  readonly bytesReceived?: number
}

type Report = { forEach(each: (stat: Stat) => void): void }

/** Sums that only ever grow while a connection lives. */
interface Sums {
  sent: number
  sendDelay: number
  received: number
  lost: number
  samples: number
  concealed: number
}

const noSums: Sums = { sent: 0, sendDelay: 0, received: 0, lost: 0, samples: 0, concealed: 0 }

/** What one look says, and the bytes of the connection so far. */
export interface Look {
  readonly reading: LinkReading
  readonly bytes: { readonly up: number; readonly down: number }
}

/** Compares each look at the statistics with the one before. */
export class LinkReader {
  #sums: Sums = noSums
  readonly #reportedAt = new Map<string, number>()

  /** Another connection begins at nothing. */
  begin(): void {
    this.#sums = noSums
    this.#reportedAt.clear()
  }

  read(reports: Iterable<Report>): Look {
    const stats: Stat[] = []
    for (const report of reports) report.forEach((stat: Stat) => stats.push(stat))
    const sums = sumsOf(stats)
    const grown = difference(sums, this.#sums)
    this.#sums = sums
    const told = stats.filter((stat) => stat.type === 'remote-inbound-rtp' && this.#isFresh(stat))
    const pairs = stats.filter((stat) => stat.type === 'candidate-pair' && stat.nominated === true)
    return {
      reading: {
        roundTripMs: largest([
          ...told.map(({ roundTripTime }) => inMs(roundTripTime)),
          ...pairs.filter((pair) => this.#isFresh(pair)).map((pair) => inMs(pair.currentRoundTripTime)),
        ]),
        pictureLoss: largest(told.filter(isVideo).map(({ fractionLost }) => fractionLost)),
        voiceLoss: largest(told.filter((stat) => !isVideo(stat)).map(({ fractionLost }) => fractionLost)),
        availableKbps: largest(pairs.map(({ availableOutgoingBitrate: bits }) => bits && bits / 1000)),
        sendDelayMs: grown.sent > 0 ? (grown.sendDelay * 1000) / grown.sent : null,
        concealed: grown.samples > 0 ? grown.concealed / grown.samples : null,
        heardLoss: grown.received + grown.lost > 0 ? Math.max(0, grown.lost) / (grown.received + grown.lost) : null,
      },
      bytes: bytesOf(stats),
    }
  }

  /** A report that stands since the last look was judged already. */
  #isFresh({ id, timestamp }: Stat): boolean {
    if (timestamp <= (this.#reportedAt.get(id) ?? 0)) return false
    this.#reportedAt.set(id, timestamp)
    return true
  }
}

const isVideo = ({ kind }: Stat): boolean => kind === 'video'

function sumsOf(stats: readonly Stat[]): Sums {
  const sums = { ...noSums }
  for (const stat of stats) {
    if (isVideo(stat)) continue
    if (stat.type === 'outbound-rtp') {
      sums.sent += stat.packetsSent ?? 0
      sums.sendDelay += stat.totalPacketSendDelay ?? 0
    } else if (stat.type === 'inbound-rtp') {
      sums.received += stat.packetsReceived ?? 0
      sums.lost += stat.packetsLost ?? 0
      sums.samples += stat.totalSamplesReceived ?? 0
      // silence made up between two sentences is no lost word
      sums.concealed += (stat.concealedSamples ?? 0) - (stat.silentConcealedSamples ?? 0)
    }
  }
  return sums
}

/** Somebody who left takes their sums with them: what shrank says nothing. */
function difference(now: Sums, before: Sums): Sums {
  if (now.samples < before.samples || now.sent < before.sent) return noSums
  const grown = { ...now }
  for (const key of Object.keys(grown) as (keyof Sums)[]) grown[key] -= before[key]
  return grown
}

function bytesOf(stats: readonly Stat[]): { up: number; down: number } {
  const transports = stats.filter(({ type }) => type === 'transport')
  // Firefox counts at the pair of addresses, not at the transport
  const carriers = transports.length > 0 ? transports : stats.filter(({ type }) => type === 'candidate-pair')
  return {
    up: carriers.reduce((sum, { bytesSent }) => sum + (bytesSent ?? 0), 0),
    down: carriers.reduce((sum, { bytesReceived }) => sum + (bytesReceived ?? 0), 0),
  }
}

const inMs = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1000)

function largest(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? null : Math.max(...known)
}
