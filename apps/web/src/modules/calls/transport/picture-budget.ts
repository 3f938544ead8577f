import type { LinkQuality } from './call-transport.ts'

/** Opus wideband speech is intelligible here (RFC 7587 §3.1.1: 16–20 kbit/s wideband). */
export const VOICE_KBPS = 24

/** Steps of the picture we send to one peer; voice never gives anything up for it. */
export const PICTURE_STEPS = [
  { kbps: 0, scaleDown: 4, framesPerSecond: 5 },
  { kbps: 45, scaleDown: 2, framesPerSecond: 8 },
  { kbps: 90, scaleDown: 1.5, framesPerSecond: 10 },
  { kbps: 150, scaleDown: 1, framesPerSecond: 15 },
] as const

export const TOP_STEP = PICTURE_STEPS.length - 1

/** What the other side tells about how our stream arrives. */
export interface LinkReport {
  /** 0–1. */
  readonly lossFraction: number
  readonly roundTripMs: number | null
  /** The engine's own estimate of what the link carries, when it has one. */
  readonly availableKbps: number | null
}

/** A link must stay calm this long before the picture grows. */
const CALM_SECONDS = 5

/** The smallest picture is worth this much patience: a short jam passes by itself. */
const BAD_SECONDS = 6

/** The words for a link. */
export function linkQuality(report: LinkReport): LinkQuality {
  const roundTrip = report.roundTripMs ?? 0
  if (report.lossFraction > 0.12 || roundTrip > 1200) return 'poor'
  if (report.lossFraction > 0.04 || roundTrip > 600) return 'fair'
  return 'good'
}

/** How long the link has been well or badly until this report. */
export interface LinkSpell {
  readonly calmSeconds: number
  readonly badSeconds: number
}

/** Is voice itself in danger? */
export function isBad(report: LinkReport): boolean {
  return report.lossFraction > 0.15 || roomKbps(report) < 20
}

/**
 * The next picture step: down at once when voice is in danger, up one step after calm. The last picture goes only when
 * nothing else helped.
 */
export function nextPictureStep(current: number, report: LinkReport, { calmSeconds, badSeconds }: LinkSpell): number {
  if (isBad(report)) {
    if (current > 1) return Math.max(1, current - 2)
    return badSeconds >= BAD_SECONDS ? 0 : current
  }
  const needed = PICTURE_STEPS[current]?.kbps ?? 0
  if (current > 1 && (report.lossFraction > 0.06 || roomKbps(report) < needed * 0.6)) return current - 1
  if (calmSeconds >= CALM_SECONDS && current < TOP_STEP) return current + 1
  return current
}

/** What the link carries beyond voice and its headers. */
function roomKbps({ availableKbps }: LinkReport): number {
  return availableKbps === null ? Infinity : availableKbps - VOICE_KBPS * 1.5
}
