/** Voices taken at once: more people than can be understood together, few enough for a thin link in silence (DTX). */
export const MOST_VOICES = 12

/** Pictures shown at once; a grid of more shows faces too small to read. */
export const MOST_PICTURES = 9

/** A tile lower than this is served by the small size of a sender's two (180 lines). */
const SMALL_LINES = 220

/** Of more than so many faces nobody looks for details: all come small, up to tiles as high as a whole picture. */
const FEW_PICTURES = 4
const WHOLE_LINES = 360

/** Somebody's microphone as it may be taken. */
export interface VoiceOffer {
  readonly id: string
  readonly muted: boolean
  /** When it was last heard or opened (ms); 0: never. */
  readonly livelyAt: number
  /** Taken now. */
  readonly taken: boolean
}

/** Somebody's picture as it may be taken. */
export interface PictureOffer {
  readonly id: string
  /** As the stage names it. */
  readonly key: string
  readonly muted: boolean
  /** A screen or document: letters need all lines. */
  readonly sharp: boolean
}

/** A place in which a picture is shown, in lines of the screen. */
export interface ShownPicture {
  readonly key: string
  readonly height: number
}

/** What one may take at most over one's own link. */
export type PictureAllowance = 'all' | 'small' | 'none'

export interface ReceiveNeeds {
  readonly voices: readonly VoiceOffer[]
  readonly pictures: readonly PictureOffer[]
  /** What the stage shows; null until it told. */
  readonly shown: readonly ShownPicture[] | null
  /** Nobody looks at the page. */
  readonly hidden: boolean
  readonly allowance: PictureAllowance
}

/** What to do with each track that may be taken. */
export interface TrackPlan {
  readonly subscribed: boolean
  /** Kept without being sent: it comes back without a negotiation. */
  readonly enabled: boolean
  readonly size: 'full' | 'small'
}

const UNWANTED: TrackPlan = { subscribed: false, enabled: false, size: 'small' }
const HEARD: TrackPlan = { subscribed: true, enabled: true, size: 'full' }

/** Which voices and pictures a page takes from the media server, and in which size: by what it shows. */
export function planReceiving(needs: ReceiveNeeds): Map<string, TrackPlan> {
  const plan = new Map<string, TrackPlan>()
  const heard = new Set(liveliest(needs.voices).map((voice) => voice.id))
  for (const voice of needs.voices) plan.set(voice.id, heard.has(voice.id) ? HEARD : UNWANTED)
  const places = placesOf(needs)
  for (const picture of needs.pictures) plan.set(picture.id, planPicture(picture, places.get(picture.key), needs))
  return plan
}

/** The open microphones first, those heard last before the others; one that is taken is not dropped for an equal. */
function liveliest(voices: readonly VoiceOffer[]): VoiceOffer[] {
  if (voices.length <= MOST_VOICES) return [...voices]
  const rank = (voice: VoiceOffer): number[] => [voice.muted ? 1 : 0, -voice.livelyAt, voice.taken ? 0 : 1]
  return [...voices].sort((a, b) => compare(rank(a), rank(b))).slice(0, MOST_VOICES)
}

/** Of two claims the first difference decides. */
export function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) if (value !== b[at]) return value - (b[at] ?? 0)
  return 0
}

/** Before the stage told anything, the first pictures are taken at once: nobody waits for a measurement. */
function placesOf({ pictures, shown }: ReceiveNeeds): Map<string, number> {
  if (shown !== null) return new Map(shown.map(({ key, height }) => [key, height]))
  const first = pictures.filter((picture) => !picture.muted).slice(0, MOST_PICTURES)
  return new Map(first.map(({ key }) => [key, first.length > 1 ? SMALL_LINES - 1 : SMALL_LINES]))
}

function planPicture(picture: PictureOffer, height: number | undefined, needs: ReceiveNeeds): TrackPlan {
  if (height === undefined) return UNWANTED
  const many = (needs.shown?.length ?? 0) > FEW_PICTURES
  const small = needs.allowance === 'small' || height < (many ? WHOLE_LINES : SMALL_LINES)
  return {
    subscribed: true,
    enabled: !needs.hidden && !picture.muted && needs.allowance !== 'none',
    size: small && !picture.sharp ? 'small' : 'full',
  }
}
