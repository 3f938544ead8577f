import type { LocalMedia } from '../media/local-media.ts'

/** A call on the phone that has just ended gives the microphone back within a moment. */
const TRY_AGAIN_MS = 4_000

/**
 * The system may take the microphone away in the middle of a call: the phone rings, another app wants it. The track
 * falls silent or ends. It is said, and the microphone is taken back as soon as it can be had.
 */
export class InterruptedMicrophone {
  readonly #media: LocalMedia
  readonly #listeners = new Set<() => void>()
  readonly #offs: (() => void)[] = []
  #track: MediaStreamTrack | null = null
  #interrupted = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(media: LocalMedia) {
    this.#media = media
    this.#offs.push(media.subscribe(() => this.#follow()))
    const seen = (): void => {
      if (document.visibilityState === 'visible' && this.#interrupted) void this.#takeBack()
    }
    document.addEventListener('visibilitychange', seen)
    this.#offs.push(() => document.removeEventListener('visibilitychange', seen))
  }

  /** Is the microphone in somebody else's hands now? */
  readonly snapshot = (): boolean => this.#interrupted

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    // whatever is being taken back now is not asked for again
    this.#interrupted = false
    clearTimeout(this.#timer)
    for (const off of this.#offs.splice(0)) off()
    this.#watch(null)
  }

  #follow(): void {
    const { microphone } = this.#media.snapshot()
    if (microphone !== this.#track) this.#watch(microphone)
    this.#become(microphone?.muted === true)
  }

  #watch(track: MediaStreamTrack | null): void {
    for (const name of ['mute', 'unmute'] as const) {
      this.#track?.removeEventListener(name, this.#changed)
      track?.addEventListener(name, this.#changed)
    }
    this.#track = track
  }

  readonly #changed = (): void => this.#become(this.#track?.muted === true)

  #become(interrupted: boolean): void {
    if (interrupted === this.#interrupted) return
    this.#interrupted = interrupted
    clearTimeout(this.#timer)
    if (interrupted) this.#timer = setTimeout(() => void this.#takeBack(), TRY_AGAIN_MS)
    for (const listener of [...this.#listeners]) listener()
  }

  /** A new track, since a system that took the old one does not always give it back. */
  async #takeBack(): Promise<void> {
    clearTimeout(this.#timer)
    if (document.visibilityState === 'visible') await this.#media.openMicrophone()
    if (this.#interrupted) this.#timer = setTimeout(() => void this.#takeBack(), TRY_AGAIN_MS)
  }
}
