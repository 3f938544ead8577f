import type { LinkQuality } from './call-transport.ts'
import { isBad, linkQuality, nextPictureStep, TOP_STEP, type LinkReport } from './picture-budget.ts'

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
  readonly id: string
  readonly type: string
  readonly timestamp: number
  readonly packetsReceived?: number
  readonly fractionLost?: number
  readonly roundTripTime?: number
  readonly availableOutgoingBitrate?: number
  readonly nominated?: boolean
}

/** Reads one connection's statistics and keeps what must be compared with the last look. */
export class LinkWatch {
  readonly #pc: RTCPeerConnection
  #packets = 0
  #calmSince = performance.now()
  #badSince = performance.now()
  #quality: LinkQuality = 'unknown'
  /** When each stream was last reported on: a stream that pauses keeps its last, by then untrue, report. */
  readonly #reportedAt = new Map<string, number>()

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc
  }

  /** Forgets what was before a loss. */
  begin(): void {
    this.#calmSince = this.#badSince = performance.now()
  }

  async read(step: number): Promise<LinkReading> {
    if (this.#pc.connectionState === 'closed')
      return { mediaMoved: false, audioLevel: 0, quality: 'unknown', pictureStep: step }
    const { packets, report } = this.#gather(await this.#pc.getStats())
    const mediaMoved = packets > this.#packets
    this.#packets = packets
    if (report !== null) this.#quality = linkQuality(report)
    return {
      mediaMoved,
      audioLevel: mediaMoved ? this.#heardLevel() : 0,
      quality: this.#quality,
      pictureStep: report === null ? step : this.#pictureStep(step, report),
    }
  }

  #pictureStep(step: number, report: LinkReport): number {
    const now = performance.now()
    if (report.lossFraction > 0.06) this.#calmSince = now
    if (!isBad(report)) this.#badSince = now
    const spell = { calmSeconds: (now - this.#calmSince) / 1000, badSeconds: (now - this.#badSince) / 1000 }
    const next = nextPictureStep(step, report, spell)
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

  #gather(stats: RTCStatsReport): { packets: number; report: LinkReport | null } {
    let packets = 0
    let available: number | null = null
    const fresh: Stat[] = []
    stats.forEach((stat: Stat) => {
      if (stat.type === 'inbound-rtp') packets += stat.packetsReceived ?? 0
      if (stat.type === 'remote-inbound-rtp' && this.#isFresh(stat)) fresh.push(stat)
      if (stat.type === 'candidate-pair' && stat.nominated === true && stat.availableOutgoingBitrate !== undefined)
        available = stat.availableOutgoingBitrate / 1000
    })
    return { packets, report: fresh.length === 0 ? null : worstOf(fresh, available) }
  }

  #isFresh({ id, timestamp }: Stat): boolean {
    if (timestamp <= (this.#reportedAt.get(id) ?? 0)) return false
    this.#reportedAt.set(id, timestamp)
    return true
  }
}

function worstOf(reports: readonly Stat[], availableKbps: number | null): LinkReport {
  const roundTrips = reports.flatMap((report) =>
    report.roundTripTime === undefined ? [] : report.roundTripTime * 1000,
  )
  return {
    lossFraction: Math.max(...reports.map((report) => report.fractionLost ?? 0)),
    roundTripMs: roundTrips.length === 0 ? null : Math.max(...roundTrips),
    availableKbps,
  }
}
