import type { Room, TrackPublishOptions } from 'livekit-client'
import { nameOfPicture, type PictureKind } from '../link/extra-pictures.ts'
import type { ExtraPictures, OwnPictureShown } from './extra-pictures.ts'
import { RoomTurns } from './room-turns.ts'

type Engine = typeof import('livekit-client')

/** Letters stay sharp and move seldom; a second camera shows what hands do. Both leave the voice its room. */
const BUDGET: Readonly<Record<PictureKind, { kbps: number; framesPerSecond: number; hint: string }>> = {
  screen: { kbps: 300, framesPerSecond: 5, hint: 'text' },
  document: { kbps: 150, framesPerSecond: 1, hint: 'text' },
  camera: { kbps: 250, framesPerSecond: 12, hint: 'detail' },
}

/** What we show beside our face, put into whichever room carries the call. */
export class LivekitExtraTracks implements ExtraPictures {
  readonly peer: string
  readonly #engine: Engine
  readonly #listeners = new Set<() => void>()
  #shown: readonly OwnPictureShown[] = []
  #room: Room | null = null
  readonly #turns = new RoomTurns()
  #no = 0

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
    this.#no += 1
    const one = { no: this.#no, kind, label, track }
    track.contentHint = BUDGET[kind].hint
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

  close(): void {
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

  /** Publishes what is missing and takes back what is not shown any more. */
  async #put(room: Room): Promise<void> {
    if (room !== this.#room || room.state !== 'connected') return
    const { localParticipant } = room
    const tracks = new Set(this.#shown.map(({ track }) => track))
    const published = [...localParticipant.trackPublications.values()].filter(
      ({ source }) => source === this.#engine.Track.Source.ScreenShare,
    )
    for (const { track } of published)
      if (track !== undefined && !tracks.has(track.mediaStreamTrack))
        await localParticipant.unpublishTrack(track, false)
    const there = new Set(published.map(({ track }) => track?.mediaStreamTrack))
    for (const one of this.#shown)
      if (!there.has(one.track)) await localParticipant.publishTrack(one.track, this.#optionsOf(one))
  }

  /** All go as "screen share": the face alone is the camera, and what is muted or counted as such stays the face. */
  #optionsOf({ kind, no, label }: OwnPictureShown): TrackPublishOptions {
    const { kbps, framesPerSecond } = BUDGET[kind]
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
