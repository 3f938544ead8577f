import type { LinkQuality } from './call-transport.ts'
import { linkQuality, nextPictureStep, TOP_STEP, type LinkReport } from './picture-budget.ts'

/** What one look at the engine's statistics says. */
export interface LinkReading {
  /** Packets arrived since the last look. */
  readonly mediaMoved: boolean
  readonly audioLevel: number
  readonly quality: LinkQuality
  readonly pictureStep: number
}

/** The statistics we read (W3C webrtc-stats); fields that an engine leaves out stay undefined. */
interface Stat {
  readonly type: string
  readonly timestamp: number
  readonly kind?: string
  readonly packetsReceived?: number
  readonly fractionLost?: number
  readonly roundTripTime?: number
  readonly currentRoundTripTime?: number
  readonly availableOutgoingBitrate?: number
  readonly nominated?: boolean
}

/** Reads one connection's statistics and keeps what must be compared with the last look. */
export class LinkWatch {
  readonly #pc: RTCPeerConnection
  #packets = 0
  #calmSince = performance.now()
  #reportAt = 0

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc
  }

  /** Forgets what was before a loss. */
  begin(): void {
    this.#calmSince = performance.now()
  }

  async read(step: number): Promise<LinkReading> {
    if (this.#pc.connectionState === 'closed') return { mediaMoved: false, audioLevel: 0, quality: 'unknown', pictureStep: step }
    const { packets, report, known, reportAt } = gather(await this.#pc.getStats())
    const mediaMoved = packets > this.#packets
    this.#packets = packets
    return {
      mediaMoved,
      audioLevel: mediaMoved ? this.#heardLevel() : 0,
      quality: known ? linkQuality(report) : 'unknown',
      pictureStep: this.#pictureStep(step, report, reportAt),
    }
  }

  #pictureStep(step: number, report: LinkReport, reportAt: number): number {
    // The other side reports every second or slower; an old report says nothing about now.
    if (reportAt <= this.#reportAt) return step
    this.#reportAt = reportAt
    const now = performance.now()
    if (report.lossFraction > 0.06) this.#calmSince = now
    const next = nextPictureStep(step, report, (now - this.#calmSince) / 1000)
    if (next !== step) this.#calmSince = now
    return Math.min(TOP_STEP, next)
  }

  #heardLevel(): number {
    for (const receiver of this.#pc.getReceivers()) {
      if (receiver.track.kind !== 'audio') continue
      return receiver.getSynchronizationSources()[0]?.audioLevel ?? 0
    }
    return 0
  }
}

function gather(stats: RTCStatsReport): { packets: number; report: LinkReport; known: boolean; reportAt: number } {
  let packets = 0
  let reportAt = 0
  let loss: number | null = null
  let roundTrip: number | null = null
  let available: number | null = null
  stats.forEach((stat: Stat) => {
    if (stat.type === 'inbound-rtp') packets += stat.packetsReceived ?? 0
    if (stat.type === 'remote-inbound-rtp') {
      reportAt = Math.max(reportAt, stat.timestamp)
      loss = Math.max(loss ?? 0, stat.fractionLost ?? 0)
      if (stat.roundTripTime !== undefined) roundTrip = stat.roundTripTime * 1000
    }
    if (stat.type === 'candidate-pair' && stat.nominated === true && stat.availableOutgoingBitrate !== undefined)
      available = stat.availableOutgoingBitrate / 1000
  })
  return {
    packets,
    reportAt,
    known: loss !== null,
    report: { lossFraction: loss ?? 0, roundTripMs: roundTrip, availableKbps: available },
  }
}
