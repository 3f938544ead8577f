/** How our voice is coded. */
export interface Voice {
  readonly kbps: number
  /**
   * Each packet carries the one before once more (RFC 2198): what is lost alone is heard all the same. Held for as long
   * as a connection lasts: to change it is a negotiation, and that silenced the voice for ten seconds on 50 kbit/s.
   */
  readonly redundant: boolean
}

/** Where the choice stands. */
export interface VoiceChoice {
  readonly voice: Voice
  readonly thinSeconds: number
}

/** Opus wideband speech (RFC 7587 §3.1.1: 16–20 kbit/s), with a little over on a link that has it. */
const FULL_VOICE_KBPS = 24
const LEAN_VOICE_KBPS = 16
/** Opus narrowband speech, still intelligible (RFC 7587 §3.1.1: 8–12 kbit/s). */
export const THIN_VOICE_KBPS = 8

/** A jam passes by itself; one that stays for so long without any picture is the link. */
const THIN_S = 2
/** Thin links are so for a while: the fuller voice is tried again only then. */
const THIN_REST_S = 20

export const firstVoice: VoiceChoice = { voice: { kbps: FULL_VOICE_KBPS, redundant: true }, thinSeconds: 0 }

/** What a listener with a weak link asks of those they hear. */
export type VoiceAsked = 'thin'

/** What decides about our voice. */
export interface VoiceNeeds {
  /** The picture is not sent as it was meant: the link has nothing over. */
  readonly lean: boolean
  /** Without any picture the link is still full. */
  readonly thin: boolean
  /** A listener's link is. */
  readonly asked: boolean
}

/** One second later. */
export function nextVoice({ voice, thinSeconds: before }: VoiceChoice, { lean, thin, asked }: VoiceNeeds): VoiceChoice {
  const reached = before >= THIN_S
  const thinSeconds = thin ? Math.max(before + 1, reached ? THIN_S + THIN_REST_S : 0) : Math.max(0, before - 1)
  const isThin = asked || thinSeconds >= THIN_S
  const kbps = isThin ? THIN_VOICE_KBPS : lean ? LEAN_VOICE_KBPS : FULL_VOICE_KBPS
  return { voice: { ...voice, kbps }, thinSeconds }
}

/** Another connection is made: whether it is worth to say everything twice is asked anew. */
export const voiceAnew = ({ voice, thinSeconds }: VoiceChoice): VoiceChoice => ({
  voice: { ...voice, redundant: thinSeconds < THIN_S },
  thinSeconds,
})
