import type { LocalTrack, LocalTrackPublication, Room, TrackPublishOptions } from 'livekit-client'
import { extraBudget } from '../link/extra-budget.ts'
import { nameOfPicture, type PictureKind } from '../link/extra-pictures.ts'
import { FULL_PICTURE, NO_PICTURE } from '../link/sending-ladder.ts'
import type { ExtraPictures, OwnPictureShown } from './extra-pictures.ts'
import { change, holds, letThrough } from './livekit-sending.ts'
import { RoomTurns } from './room-turns.ts'

type Engine = typeof import('livekit-client')

const HINT: Readonly<Record<PictureKind, string>> = { screen: 'text', document: 'text', camera: 'detail' }

/** What we show beside our face, put into whichever room carries the call. */
export class LivekitExtraTracks implements ExtraPictures {
  readonly peer: string
  readonly #engine: Engine
  readonly #listeners = new Set<() => void>()
  #shown: readonly OwnPictureShown[] = []
  #room: Room | null = null
  readonly #turns = new RoomTurns()
  #no = 0
  #step = FULL_PICTURE
  #closed = false

  constructor(engine: Engine, peer: string) {
    this.#engine = engine
    this.peer = peer
  }

  readonly snapshot = (): readonly OwnPictureShown[] => this.#shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  add(kind: PictureKind, label: string, track: MediaStreamTrack): void {
    // the call was left while the browser asked which screen or camera
    if (this.#closed) return track.stop()
    this.#no += 1
    const one = { no: this.#no, kind, label, track }
    track.contentHint = HINT[kind]
    // "stop sharing" of the browser's own, or a camera pulled out
    track.addEventListener('ended', () => this.remove(one.no))
    this.#become([...this.#shown, one])
  }

  remove(no: number): void {
    this.#shown.find((one) => one.no === no)?.track.stop()
    this.#become(this.#shown.filter((one) => one.no !== no))
  }

  /** This room carries the call now. */
  use(room: Room): void {
    this.#room = room
    this.#putSoon()
  }

  /** So much of our pictures the link, the person and their data cap allow: of these as of our face. */
  limit(step: number): void {
    this.#step = step
    if (this.#shown.length > 0) this.#putSoon()
  }

  close(): void {
    this.#closed = true
    for (const { track } of this.#shown) track.stop()
    this.#shown = []
    this.#listeners.clear()
  }

  #become(shown: readonly OwnPictureShown[]): void {
    this.#shown = shown
    for (const listener of [...this.#listeners]) listener()
    this.#putSoon()
  }

  #putSoon(): void {
    const room = this.#room
    if (room !== null) this.#turns.take(room, () => this.#put(room))
  }

  /** Publishes what is missing, takes back what is not shown any more, and holds the rest to what is allowed. */
  async #put(room: Room): Promise<void> {
    if (room !== this.#room || room.state !== 'connected') return
    const { localParticipant } = room
    const published = [...localParticipant.trackPublications.values()].filter(
      ({ source }) => source === this.#engine.Track.Source.ScreenShare,
    )
    const unpublished = new Map(this.#shown.map((one) => [one.track, one]))
    for (const publication of published) {
      const { track } = publication
      if (track === undefined) continue
      const one = unpublished.get(track.mediaStreamTrack)
      unpublished.delete(track.mediaStreamTrack)
      if (one === undefined) await localParticipant.unpublishTrack(track, false)
      else await hold(publication, track, { kind: one.kind, step: this.#step })
    }
    // as with the face: what may not be sent is not even announced
    for (const one of unpublished.values())
      if (this.#step > NO_PICTURE) await localParticipant.publishTrack(one.track, this.#optionsOf(one))
  }

  /** All go as "screen share": the face alone is the camera, and what is muted or counted as such stays the face. */
  #optionsOf({ kind, no, label }: OwnPictureShown): TrackPublishOptions {
    const { kbps, framesPerSecond } = extraBudget(kind, this.#step)
    return {
      source: this.#engine.Track.Source.ScreenShare,
      name: nameOfPicture(kind, no, label),
      simulcast: false,
      videoCodec: 'vp8',
      degradationPreference: 'maintain-resolution',
      videoEncoding: { maxBitrate: kbps * 1000, maxFramerate: framesPerSecond, priority: 'low' },
    }
  }
}

async function hold(
  publication: LocalTrackPublication,
  track: LocalTrack,
  { kind, step }: { kind: PictureKind; step: number },
): Promise<void> {
  if (step > NO_PICTURE && track.sender) await limit(track.sender, kind, step)
  await letThrough(publication, track, step > NO_PICTURE)
}

async function limit(sender: RTCRtpSender, kind: PictureKind, step: number): Promise<void> {
  const { kbps, framesPerSecond } = extraBudget(kind, step)
  const wanted = { maxBitrate: kbps * 1000, maxFramerate: framesPerSecond }
  await change(sender, ([encoding]) => {
    if (encoding === undefined || holds(encoding, wanted)) return false
    Object.assign(encoding, wanted)
    return true
  })
}
