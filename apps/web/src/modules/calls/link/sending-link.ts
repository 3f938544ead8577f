import type { LinkQuality } from '../transport/call-transport.ts'
import { capState, DataMeter, type CapState, type DataUse } from './sending-data.ts'
import { PICTURE_STEPS_SENT, type PictureStep } from './sending-ladder.ts'
import type { FirstPictures } from './sending-probe.ts'
import { LinkReader, type Look } from './sending-reading.ts'
import {
  afterReturn,
  askOf,
  firstSending,
  nextSending,
  planOf,
  type PictureWish,
  type SendingPlan,
  type SendingState,
  type SendingWishes,
} from './sending-state.ts'
import type { LinkReading } from './sending-strain.ts'
import type { VoiceAsked } from './sending-voice.ts'

/** Our own link as it is shown. */
export interface LinkSnapshot {
  readonly quality: LinkQuality
  /** What of our picture is sent, and of the others' pictures received, as far as the link and we allow. */
  readonly sending: PictureStep
  readonly receiving: PictureStep
  readonly wish: PictureWish
  readonly cap: CapState
  readonly capBytes: number | null
  readonly data: DataUse
  readonly roundTripMs: number | null
  /** 0–1: words of the others that did not come through, lately. */
  readonly missed: number
}

/** What a person chose about pictures and data. */
export interface SendingChoice {
  readonly wish: PictureWish
  readonly capBytes: number | null
}

/** What stands around our link: the clock (ms), and where the person's choice is kept. */
export interface LinkPlace {
  now(): number
  chosen(): SendingChoice
  choose(choice: SendingChoice): void
}

/** A listener who does not ask again has gone, or a better link. */
const ASKED_MS = 25_000
/** What was said over a jammed link may have got lost. */
const TELL_AGAIN_MS = 5_000

/** What we send and receive, second by second, whatever engine carries it. */
export class OwnLink {
  readonly #reader = new LinkReader()
  readonly #meter = new DataMeter()
  #state: SendingState
  readonly #place: LinkPlace
  #choice: SendingChoice
  #began = false
  #use: DataUse = { bytesUp: 0, bytesDown: 0, bytesPerMinute: 0 }
  #last: LinkReading | null = null
  #missed = 0
  #toldAt = -Infinity
  readonly #askedAt = new Map<VoiceAsked, number>()

  constructor(pictures: FirstPictures, place: LinkPlace) {
    this.#state = firstSending(pictures)
    this.#place = place
    this.#choice = place.chosen()
  }

  get plan(): SendingPlan {
    return planOf(this.#state, this.#wishes(this.#place.now()))
  }

  /** What those we hear are to be told now to do for our link: at once, then every few seconds; null: nothing. */
  askAgain(): VoiceAsked | null {
    const ask = askOf(this.#state)
    const now = this.#place.now()
    if (ask === null || now - this.#toldAt < TELL_AGAIN_MS) return null
    this.#toldAt = now
    return ask
  }

  /** A connection carries the call now: the first, or another one. */
  begin(): void {
    this.#reader.begin()
    if (this.#began) this.#state = afterReturn(this.#state)
    this.#began = true
  }

  /** Once a second. */
  look(reports: Parameters<LinkReader['read']>[0]): void {
    const at = this.#place.now()
    const { reading, bytes }: Look = this.#reader.read(reports)
    this.#last = { ...reading, roundTripMs: reading.roundTripMs ?? this.#last?.roundTripMs ?? null }
    this.#missed = this.#missed * 0.8 + (reading.concealed ?? 0) * 0.2
    this.#use = this.#meter.count(bytes, at)
    this.#state = nextSending(this.#state, reading, this.#wishes(at))
  }

  setWish(wish: PictureWish): void {
    this.#choose({ ...this.#choice, wish })
  }

  setCap(bytes: number | null): void {
    this.#choose({ ...this.#choice, capBytes: bytes })
  }

  /** Somebody with a weak link listens to us. */
  asked(voice: VoiceAsked): void {
    this.#askedAt.set(voice, this.#place.now())
  }

  snapshot(): LinkSnapshot {
    const { sendStep, receiveStep } = this.plan
    return {
      quality: this.#quality(),
      sending: nameOf(sendStep),
      receiving: nameOf(receiveStep),
      wish: this.#choice.wish,
      cap: capState(this.#use, this.#choice.capBytes),
      capBytes: this.#choice.capBytes,
      data: this.#use,
      roundTripMs: this.#last?.roundTripMs ?? null,
      missed: this.#missed,
    }
  }

  #choose(choice: SendingChoice): void {
    this.#choice = choice
    this.#place.choose(choice)
  }

  #quality(): LinkQuality {
    if (this.#last === null) return 'unknown'
    const lowest = Math.min(this.#state.up.step, this.#state.down.step)
    if (lowest === 0 || this.#missed > 0.1) return 'poor'
    return lowest < PICTURE_STEPS_SENT.length - 1 || this.#missed > 0.03 ? 'fair' : 'good'
  }

  #wishes(at: number): SendingWishes {
    const asked = new Set([...this.#askedAt].flatMap(([voice, askedAt]) => (at - askedAt < ASKED_MS ? [voice] : [])))
    return { wish: this.#choice.wish, cap: capState(this.#use, this.#choice.capBytes), asked }
  }
}

const nameOf = (step: number): PictureStep => PICTURE_STEPS_SENT[step]?.name ?? 'off'
