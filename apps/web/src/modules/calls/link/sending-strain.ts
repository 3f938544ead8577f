import { PICTURE_STEPS_SENT, type Strain } from './sending-ladder.ts'

/** What the statistics of one second say; null where nothing was told. */
export interface LinkReading {
  /** To the media server and back, of this second. */
  readonly roundTripMs: number | null
  /** 0–1: of what we send of the picture, as the media server reports it. */
  readonly pictureLoss: number | null
  /** 0–1: of our voice, as the media server reports it for itself and whoever listens. */
  readonly voiceLoss: number | null
  /** The engine's own estimate of what we can send. */
  readonly availableKbps: number | null
  /** How long a packet of ours waited before it left. */
  readonly sendDelayMs: number | null
  /** 0–1: of the voices we hear, how much was made up because it had not come. */
  readonly concealed: number | null
  /** 0–1: of the voice packets on their way to us. */
  readonly heardLoss: number | null
}

/** A queue of this length before a thin place costs words; one of half a second is only felt. */
const JAM_MS = 700
const QUEUE_MS = 250
/** Longer than this before leaving means that we offer more than the link takes. */
const SEND_DELAY_MS = 250
/** What voice with its packet headers takes, and redundancy with it. */
const VOICE_WIRE_KBPS = 45

/** Is more offered in our direction than the link takes? */
export function strainUp(reading: LinkReading, step: number, restingMs: number): Strain {
  const { pictureLoss, availableKbps, sendDelayMs } = reading
  const queueMs = (reading.roundTripMs ?? restingMs) - restingMs
  if (queueMs > JAM_MS || (sendDelayMs ?? 0) > SEND_DELAY_MS) return 'jammed'
  const sends = PICTURE_STEPS_SENT[step]?.kbps ?? 0
  if (sends > 0) {
    if ((pictureLoss ?? 0) > 0.3 || (availableKbps ?? Infinity) < VOICE_WIRE_KBPS) return 'jammed'
    if ((pictureLoss ?? 0) > 0.15 || (availableKbps ?? Infinity) < sends * 0.6) return 'strained'
  }
  if (queueMs > QUEUE_MS || (pictureLoss ?? 0) > 0.08) return 'fair'
  return 'calm'
}

/** Does what comes to us leave room for the voices in it? */
export function strainDown({ concealed, heardLoss, roundTripMs }: LinkReading, restingMs: number): Strain {
  const queueMs = (roundTripMs ?? restingMs) - restingMs
  if ((concealed ?? 0) > 0.3 || (heardLoss ?? 0) > 0.3 || queueMs > JAM_MS) return 'jammed'
  if ((concealed ?? 0) > 0.12 || (heardLoss ?? 0) > 0.2) return 'strained'
  if ((concealed ?? 0) > 0.04 || queueMs > QUEUE_MS) return 'fair'
  return 'calm'
}

/** The round trip of the link at rest: falls at once, creeps up where the way itself became longer. */
export function restingRoundTrip(restingMs: number | null, roundTripMs: number | null): number | null {
  if (roundTripMs === null) return restingMs
  if (restingMs === null || roundTripMs < restingMs) return roundTripMs
  return restingMs + (roundTripMs - restingMs) * 0.03
}
