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
  const queueMs = queueOf(reading, restingMs)
  if (queueMs > JAM_MS || above(reading.sendDelayMs, SEND_DELAY_MS)) return 'jammed'
  const ofPicture = step > 0 ? pictureStrain(reading, PICTURE_STEPS_SENT[step]?.kbps ?? 0) : 'calm'
  if (ofPicture === 'calm') return queueMs > QUEUE_MS ? 'fair' : 'calm'
  return ofPicture
}

/** Only while a picture is sent does the engine estimate what the link takes. */
function pictureStrain({ pictureLoss, availableKbps }: LinkReading, kbps: number): Strain {
  const available = availableKbps ?? Infinity
  if (above(pictureLoss, 0.3) || available < VOICE_WIRE_KBPS) return 'jammed'
  if (above(pictureLoss, 0.15) || available < kbps * 0.6) return 'strained'
  return above(pictureLoss, 0.08) ? 'fair' : 'calm'
}

/** Does what comes to us leave room for the voices in it? */
export function strainDown(reading: LinkReading, restingMs: number): Strain {
  const { concealed, heardLoss } = reading
  const queueMs = queueOf(reading, restingMs)
  if (queueMs > JAM_MS || above(concealed, 0.3) || above(heardLoss, 0.3)) return 'jammed'
  if (above(concealed, 0.12) || above(heardLoss, 0.2)) return 'strained'
  return queueMs > QUEUE_MS || above(concealed, 0.04) ? 'fair' : 'calm'
}

/** Do words come to us, but too late to be played? Where they are lost instead, the way out may be whole. */
export const isLate = ({ concealed, heardLoss }: LinkReading): boolean =>
  above(concealed, 0.3) && !above(heardLoss, 0.1)

const queueOf = ({ roundTripMs }: LinkReading, restingMs: number): number => (roundTripMs ?? restingMs) - restingMs

const above = (value: number | null, bound: number): boolean => value !== null && value > bound

/** The round trip of the link at rest: falls at once, creeps up where the way itself became longer. */
export function restingRoundTrip(restingMs: number | null, roundTripMs: number | null): number | null {
  if (roundTripMs === null) return restingMs
  if (restingMs === null || roundTripMs < restingMs) return roundTripMs
  return restingMs + (roundTripMs - restingMs) * 0.03
}
