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
}

const noSums: Sums = { sent: 0, sendDelay: 0, received: 0, lost: 0 }

/** One voice that comes to us. */
interface Heard {
  readonly looks: number
  readonly samples: number
  readonly concealed: number
}

/** A voice that begins is filled up while its buffer settles: a third of its first second, where nothing was lost. */
const SETTLING_LOOKS = 2

/** What one look says, and the bytes of the connection so far. */
export interface Look {
  readonly reading: LinkReading
  readonly bytes: { readonly up: number; readonly down: number }
}

/** Compares each look at the statistics with the one before. */
export class LinkReader {
  #sums: Sums = noSums
  #heard = new Map<string, Heard>()
  readonly #reportedAt = new Map<string, number>()

  /** Another connection begins at nothing. */
  begin(): void {
    this.#sums = noSums
    this.#heard.clear()
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
        concealed: this.#concealed(stats),
        heardLoss: grown.received + grown.lost > 0 ? Math.max(0, grown.lost) / (grown.received + grown.lost) : null,
      },
      bytes: bytesOf(stats),
    }
  }

  /** 0–1: of what was played of the voices since the last look, how much was made up; null where none has settled. */
  #concealed(stats: readonly Stat[]): number | null {
    const before = this.#heard
    this.#heard = new Map(stats.filter(isVoiceHere).map((stat) => [stat.id, heardIn(stat, before.get(stat.id))]))
    let [samples, concealed] = [0, 0]
    for (const [id, now] of this.#heard) {
      const last = before.get(id)
      if (last === undefined || now.looks <= SETTLING_LOOKS) continue
      samples += now.samples - last.samples
      concealed += now.concealed - last.concealed
    }
    return samples > 0 ? Math.max(0, concealed) / samples : null
  }

  /** A report that stands since the last look was judged already. */
  #isFresh({ id, timestamp }: Stat): boolean {
    if (timestamp <= (this.#reportedAt.get(id) ?? 0)) return false
    this.#reportedAt.set(id, timestamp)
    return true
  }
}

const isVoiceHere = (stat: Stat): boolean =>
  stat.type === 'inbound-rtp' && !isVideo(stat) && (stat.totalSamplesReceived ?? 0) > 0

function heardIn(stat: Stat, last: Heard | undefined): Heard {
  return {
    looks: (last?.looks ?? 0) + 1,
    samples: stat.totalSamplesReceived ?? 0,
    // silence made up between two sentences is no lost word
    concealed: (stat.concealedSamples ?? 0) - (stat.silentConcealedSamples ?? 0),
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
    }
  }
  return sums
}

/** Somebody who left takes their sums with them: what shrank says nothing. */
function difference(now: Sums, before: Sums): Sums {
  if (now.received < before.received || now.sent < before.sent) return noSums
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
