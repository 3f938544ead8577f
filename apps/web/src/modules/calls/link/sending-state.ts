import type { CapState } from './sending-data.ts'
import { FULL_PICTURE, ladderAt, nextLadder, NO_PICTURE, PICTURE_STEPS_SENT, type Ladder } from './sending-ladder.ts'
import { restingRoundTrip, strainDown, strainUp, type LinkReading } from './sending-strain.ts'
import { firstVoice, nextVoice, type Voice, type VoiceAsked, type VoiceChoice } from './sending-voice.ts'

/** What the person wants of pictures, whatever the link could carry. */
export type PictureWish = 'auto' | 'small' | 'voice'

/** Everything that is remembered from second to second. */
export interface SendingState {
  readonly up: Ladder
  readonly down: Ladder
  readonly voice: VoiceChoice
  readonly restingMs: number | null
  /** Seconds for which the link was full although no picture was left in either direction. */
  readonly thin: boolean
  /** Of the voices we hear, 0–1, smoothed over some seconds. */
  readonly heardLoss: number
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

/** A link known to be weak before joining begins without pictures and earns them. */
export function firstSending(weak: boolean): SendingState {
  const step = weak ? NO_PICTURE : FULL_PICTURE
  return { up: ladderAt(step), down: ladderAt(step), voice: firstVoice, restingMs: null, thin: false, heardLoss: 0 }
}

/** One second later. */
export function nextSending(state: SendingState, reading: LinkReading, wishes: SendingWishes): SendingState {
  const restingMs = restingRoundTrip(state.restingMs, reading.roundTripMs)
  const up = strainUp(reading, highest(state.up.step, wishes), restingMs ?? 0)
  const down = strainDown(reading, restingMs ?? 0)
  const nothingLeft = state.up.step === NO_PICTURE && state.down.step === NO_PICTURE
  const thin = nothingLeft && (up === 'jammed' || down === 'jammed')
  return {
    up: nextLadder(state.up, up),
    down: nextLadder(state.down, down),
    voice: nextVoice(state.voice, reading, {
      lean: state.up.step < FULL_PICTURE || state.down.step < FULL_PICTURE,
      thin: thin || wishes.asked.has('thin'),
      missed: wishes.asked.has('redundant'),
    }),
    restingMs,
    thin,
    heardLoss: state.heardLoss * 0.7 + (reading.heardLoss ?? 0) * 0.3,
  }
}

/** From here on redundancy is worth what it costs. */
const MISSED = 0.03

/** What we ask of those we hear; null when they may speak as they like. */
export function askOf({ thin, heardLoss }: SendingState): VoiceAsked | null {
  if (thin) return 'thin'
  return heardLoss > MISSED ? 'redundant' : null
}

/** A new connection says nothing of the old one's round trip; what the link bears is still the same link. */
export const afterReturn = (state: SendingState): SendingState => ({
  ...state,
  up: { ...ladderAt(Math.min(state.up.step, 1)), patienceSeconds: state.up.patienceSeconds },
  down: { ...ladderAt(Math.min(state.down.step, 1)), patienceSeconds: state.down.patienceSeconds },
  restingMs: null,
})

export function planOf(state: SendingState, wishes: SendingWishes): SendingPlan {
  return {
    sendStep: highest(state.up.step, wishes),
    receiveStep: highest(state.down.step, wishes),
    voice: state.voice.voice,
  }
}

const SMALL = PICTURE_STEPS_SENT.findIndex(({ name }) => name === 'small')

function highest(step: number, { wish, cap }: Pick<SendingWishes, 'wish' | 'cap'>): number {
  if (wish === 'voice' || cap === 'reached') return NO_PICTURE
  return wish === 'small' ? Math.min(step, SMALL) : step
}
