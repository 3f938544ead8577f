import type { CapState } from './sending-data.ts'
import { FULL_PICTURE, ladderAt, nextLadder, NO_PICTURE, PICTURE_STEPS_SENT, type Ladder } from './sending-ladder.ts'
import type { FirstPictures } from './sending-probe.ts'
import { isLate, restingRoundTrip, strainDown, strainUp, type LinkReading } from './sending-strain.ts'
import {
  firstVoice,
  nextVoice,
  THIN_VOICE_KBPS,
  voiceAnew,
  type Voice,
  type VoiceAsked,
  type VoiceChoice,
} from './sending-voice.ts'

/** What the person wants of pictures, whatever the link could carry. */
export type PictureWish = 'auto' | 'small' | 'voice'

/** Everything that is remembered from second to second. */
export interface SendingState {
  readonly up: Ladder
  readonly down: Ladder
  readonly voice: VoiceChoice
  readonly restingMs: number | null
}

/** What else decides. */
export interface SendingWishes {
  readonly wish: PictureWish
  readonly cap: CapState
  /** What those who listen to us have asked for lately. */
  readonly asked: ReadonlySet<VoiceAsked>
}

/** What is to be sent and received now. */
export interface SendingPlan {
  readonly sendStep: number
  readonly receiveStep: number
  readonly voice: Voice
}

/** A link known to be weak before joining begins with fewer pictures, and none of our own: they are earned. */
export function firstSending(pictures: FirstPictures): SendingState {
  const { up, down } = FIRST_STEPS[pictures]
  return { up: ladderAt(up), down: ladderAt(down), voice: firstVoice, restingMs: null }
}

/** One second later. */
export function nextSending(state: SendingState, reading: LinkReading, wishes: SendingWishes): SendingState {
  const restingMs = restingRoundTrip(state.restingMs, reading.roundTripMs)
  const up = strainUp(reading, highest(state.up.step, wishes), restingMs ?? 0)
  const down = strainDown(reading, restingMs ?? 0)
  const ladders = { up: nextLadder(halted(state.up, reading), up), down: nextLadder(state.down, down) }
  const nothingLeft = ladders.up.step === NO_PICTURE && ladders.down.step === NO_PICTURE
  const thin = nothingLeft && (up === 'jammed' || down === 'jammed')
  return {
    ...ladders,
    voice: nextVoice(state.voice, {
      lean: state.up.step < FULL_PICTURE || state.down.step < FULL_PICTURE,
      thin,
      asked: wishes.asked.has('thin'),
    }),
    restingMs,
  }
}

/**
 * A mobile link jams both ways, and of the way out that is told seconds later, by reports that come over the jammed way
 * in: where what gets in is late, our own picture stands still meanwhile. That is no try that failed.
 */
const halted = (up: Ladder, reading: LinkReading): Ladder =>
  isLate(reading) && up.step > STILL ? { ...ladderAt(STILL), patienceSeconds: up.patienceSeconds } : up

/** What we ask of those we hear; null when they may speak as they like. */
export const askOf = ({ voice: { thinSeconds, voice } }: SendingState): VoiceAsked | null =>
  thinSeconds > 0 && voice.kbps === THIN_VOICE_KBPS ? 'thin' : null

/** A new connection says nothing of the old one's round trip; what the link bears is still the same link. */
export const afterReturn = (state: SendingState): SendingState => ({
  ...state,
  up: { ...ladderAt(Math.min(state.up.step, STILL)), patienceSeconds: state.up.patienceSeconds },
  down: { ...ladderAt(Math.min(state.down.step, STILL)), patienceSeconds: state.down.patienceSeconds },
  voice: voiceAnew(state.voice),
  restingMs: null,
})

export function planOf(state: SendingState, wishes: SendingWishes): SendingPlan {
  return {
    sendStep: highest(state.up.step, wishes),
    receiveStep: highest(state.down.step, wishes),
    voice: state.voice.voice,
  }
}

/** Received, it is one moving picture, in the small size. */
const STILL = PICTURE_STEPS_SENT.findIndex(({ name }) => name === 'still')
const SMALL = PICTURE_STEPS_SENT.findIndex(({ name }) => name === 'small')

const FIRST_STEPS: Readonly<Record<FirstPictures, { up: number; down: number }>> = {
  all: { up: FULL_PICTURE, down: FULL_PICTURE },
  still: { up: STILL, down: STILL },
  one: { up: NO_PICTURE, down: STILL },
  none: { up: NO_PICTURE, down: NO_PICTURE },
}

function highest(step: number, { wish, cap }: Pick<SendingWishes, 'wish' | 'cap'>): number {
  if (wish === 'voice' || cap === 'reached') return NO_PICTURE
  return wish === 'small' ? Math.min(step, SMALL) : step
}
