import type { LocalMedia, MediaKind } from '../media/local-media.ts'
import type { LinkSnapshot } from '../link/sending-link.ts'
import type { PictureWish } from '../link/sending-state.ts'
import type { CallEvent, CallParticipant, CallSnapshot, CallState } from './call-transport.ts'

/** What both engines share: our own switches, the snapshot, and who listens to it. */
export abstract class CallBoard {
  readonly media: LocalMedia
  readonly #listeners = new Set<() => void>()
  readonly #eventListeners = new Set<(event: CallEvent) => void>()
  #state: CallState = 'connecting'
  #quiet = false
  #snapshot: CallSnapshot

  constructor(media: LocalMedia) {
    this.media = media
    this.#snapshot = {
      state: 'connecting',
      ...switchesOf(media),
      quiet: false,
      lostSince: null,
      participants: [],
      link: null,
    }
  }

  protected abstract participants(): CallParticipant[]

  snapshot(): CallSnapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onEvent(listener: (event: CallEvent) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.media.setMicrophoneOn(on)
    if (on && this.media.snapshot().microphone === null) await this.media.openMicrophone()
  }

  async setCamera(on: boolean): Promise<void> {
    if (on) await this.media.openCamera()
    else this.media.closeCamera()
  }

  setQuiet(on: boolean): void {
    this.#quiet = on
    this.refresh()
  }

  switchCamera(): Promise<void> {
    return this.media.switchCamera()
  }

  selectDevice(kind: MediaKind, deviceId: string): Promise<void> {
    return this.media.selectDevice(kind, deviceId)
  }

  /** Only an engine that limits what it sends has something to do here. */
  setPictureWish(_wish: PictureWish): void {
    this.refresh()
  }

  setDataCap(_bytes: number | null): void {
    this.refresh()
  }

  protected tracks(): { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null } {
    const { microphone, camera } = this.media.snapshot()
    return { microphone, camera }
  }

  protected switches(): { microphone: boolean; camera: boolean } {
    return switchesOf(this.media)
  }

  protected get state(): CallState {
    return this.#state
  }

  /** When our own line was lost, where the engine knows. */
  protected get lostSince(): number | null {
    return null
  }

  /** Our own link, where the engine tells of it. */
  protected get link(): LinkSnapshot | null {
    return null
  }

  protected become(state: CallState): void {
    this.#state = state
    this.refresh()
  }

  protected refresh(): void {
    const participants = this.participants()
    // whatever element plays a voice, now or later
    for (const { stream } of participants)
      for (const voice of stream.getAudioTracks()) if (voice.enabled === this.#quiet) voice.enabled = !this.#quiet
    const { lostSince, link } = this
    this.#snapshot = {
      state: this.#state,
      ...switchesOf(this.media),
      quiet: this.#quiet,
      lostSince,
      participants,
      link,
    }
    for (const listener of [...this.#listeners]) listener()
  }

  protected tell(event: CallEvent): void {
    for (const listener of [...this.#eventListeners]) listener(event)
  }
}

function switchesOf(media: LocalMedia): { microphone: boolean; camera: boolean } {
  const { microphone, microphoneOn, camera } = media.snapshot()
  return { microphone: microphoneOn && microphone !== null, camera: camera !== null }
}
