import type { LinkReading } from './sending-strain.ts'

/** How our voice is coded. */
export interface Voice {
  readonly kbps: number
  /** Each packet carries the one before once more (RFC 2198): what is lost alone is heard all the same. */
  readonly redundant: boolean
}

/** Where the choice stands. */
export interface VoiceChoice {
  readonly voice: Voice
  readonly lossySeconds: number
  readonly cleanSeconds: number
  readonly thinSeconds: number
  /** Changing costs a moment of silence: not again so soon. */
  readonly sinceChangeSeconds: number
}

/** Opus wideband speech (RFC 7587 §3.1.1: 16–20 kbit/s), with a little over on a link that has it. */
export const FULL_VOICE_KBPS = 24
export const LEAN_VOICE_KBPS = 16
/** Opus narrowband to wideband speech, still intelligible (RFC 7587 §3.1.1: from 8–12 kbit/s). */
export const THIN_VOICE_KBPS = 12

/** From here on a listener misses syllables. */
const LOSSY = 0.03
const CLEAN = 0.01
const LOSSY_S = 2
const CLEAN_S = 30
const THIN_S = 4
const CHANGE_S = 10

export const firstVoice: VoiceChoice = {
  voice: { kbps: FULL_VOICE_KBPS, redundant: false },
  lossySeconds: 0,
  cleanSeconds: 0,
  thinSeconds: 0,
  sinceChangeSeconds: CHANGE_S,
}

/** What a listener with a weak link asks of those they hear. */
export type VoiceAsked = 'thin' | 'redundant'

/** What else decides about our voice. */
export interface VoiceNeeds {
  /** The picture is not sent as it was meant: the link has nothing over. */
  readonly lean: boolean
  /** Without any picture the link is still full, here or at somebody who listens. */
  readonly thin: boolean
  /** Somebody who listens misses syllables. */
  readonly missed: boolean
}

/** One second later. Redundancy comes with loss and goes where the link cannot carry it. */
export function nextVoice(
  choice: VoiceChoice,
  { voiceLoss }: LinkReading,
  { lean, thin, missed }: VoiceNeeds,
): VoiceChoice {
  const loss = voiceLoss ?? 0
  const lossySeconds = missed ? LOSSY_S : secondsOfLoss(choice.lossySeconds, voiceLoss)
  const cleanSeconds = !missed && loss < CLEAN ? choice.cleanSeconds + 1 : 0
  const thinSeconds = thin ? choice.thinSeconds + 1 : Math.max(0, choice.thinSeconds - 0.1)
  const isThin = thinSeconds >= THIN_S
  const sinceChangeSeconds = choice.sinceChangeSeconds + 1
  const { redundant } = choice.voice
  const wanted = isThin ? false : redundant ? cleanSeconds < CLEAN_S : lossySeconds >= LOSSY_S
  const changes = wanted !== redundant && sinceChangeSeconds >= CHANGE_S
  return {
    voice: {
      kbps: isThin ? THIN_VOICE_KBPS : lean ? LEAN_VOICE_KBPS : FULL_VOICE_KBPS,
      redundant: changes ? wanted : redundant,
    },
    lossySeconds,
    cleanSeconds,
    thinSeconds: Math.min(thinSeconds, THIN_S + 2),
    sinceChangeSeconds: changes ? 0 : sinceChangeSeconds,
  }
}

/** Reports come every few seconds: between two the last one stands. */
function secondsOfLoss(seconds: number, voiceLoss: number | null): number {
  if (voiceLoss === null) return seconds
  return voiceLoss > LOSSY ? seconds + 1 : 0
}
