import { isWeakDevice } from './weak-link.ts'
import { classifyProblem, type MediaProblem } from './media-problem.ts'

export type MediaKind = 'audioinput' | 'videoinput'

/** What the person's own microphone and camera are doing; a new object after every change. */
export interface MediaSnapshot {
  readonly microphone: MediaStreamTrack | null
  readonly camera: MediaStreamTrack | null
  readonly microphoneOn: boolean
  readonly problems: { readonly microphone: MediaProblem | null; readonly camera: MediaProblem | null }
  readonly devices: readonly MediaDeviceInfo[]
}

/** Small and slow on purpose: the picture must fit 100–150 kbit/s (house budget). */
const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 15 } }
/** What a weak phone can code beside a conversation. */
const SMALL_PICTURE = { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { ideal: 10, max: 10 } }
const VOICE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }

/** The person's own microphone and camera, for the preview and for any transport. */
export class LocalMedia {
  #snapshot: MediaSnapshot = {
    microphone: null,
    camera: null,
    microphoneOn: true,
    problems: { microphone: null, camera: null },
    devices: [],
  }
  readonly #listeners = new Set<() => void>()
  #chosen: Partial<Record<MediaKind, string>> = {}
  #facing: 'user' | 'environment' = 'user'
  #wanted = { microphone: false, camera: false }
  #closed = false
  readonly #onDevices = () => void this.#devicesChanged()

  constructor() {
    devicesOf()?.addEventListener('devicechange', this.#onDevices)
  }

  snapshot(): MediaSnapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Opens the microphone; a failure is kept as a problem, never thrown: one can still listen. */
  async openMicrophone(): Promise<void> {
    if (this.#closed) return
    this.#wanted.microphone = true
    const track = await this.#open('audioinput')
    if (track === null) return
    // given back while the browser asked or the device woke up
    if (!this.#wanted.microphone) return track.stop()
    track.enabled = this.#snapshot.microphoneOn
    this.#snapshot.microphone?.stop()
    this.#set({ microphone: track })
    await this.#listDevices()
  }

  /** Opens the camera; without one, voice goes on alone. */
  async openCamera(): Promise<void> {
    if (this.#closed) return
    this.#wanted.camera = true
    // Many phones lend a camera to one track at a time: give the old one back first.
    this.#snapshot.camera?.stop()
    const track = await this.#open('videoinput')
    if (!this.#wanted.camera) return track?.stop()
    // another opening may have come first: of two, one stays
    this.#snapshot.camera?.stop()
    this.#set({ camera: track })
    await this.#listDevices()
  }

  /** Gives the camera back, so that its light goes out. */
  closeCamera(): void {
    this.#wanted.camera = false
    this.#snapshot.camera?.stop()
    this.#set({ camera: null, problems: { ...this.#snapshot.problems, camera: null } })
  }

  /** Gives the microphone back: after leaving nobody may wonder whether they are still heard. */
  closeMicrophone(): void {
    this.#wanted.microphone = false
    this.#snapshot.microphone?.stop()
    this.#set({ microphone: null })
  }

  /** Silences or opens our voice without giving the microphone back. */
  setMicrophoneOn(on: boolean): void {
    if (this.#snapshot.microphone !== null) this.#snapshot.microphone.enabled = on
    this.#set({ microphoneOn: on })
  }

  /** Uses another device from now on. */
  async selectDevice(kind: MediaKind, deviceId: string): Promise<void> {
    this.#chosen = { ...this.#chosen, [kind]: deviceId }
    if (kind === 'audioinput') await this.openMicrophone()
    else if (this.#wanted.camera) await this.openCamera()
  }

  /** The next camera of the list, or the other side of a phone. */
  async switchCamera(): Promise<void> {
    const cameras = this.#snapshot.devices.filter((device) => device.kind === 'videoinput')
    const current = this.#snapshot.camera?.getSettings().deviceId
    const index = cameras.findIndex((device) => device.deviceId === current)
    const next = cameras[(index + 1) % Math.max(cameras.length, 1)]
    this.#facing = this.#facing === 'user' ? 'environment' : 'user'
    if (next === undefined || next.deviceId === '') delete this.#chosen.videoinput
    else this.#chosen = { ...this.#chosen, videoinput: next.deviceId }
    await this.openCamera()
  }

  /** Gives everything back, for good: what opens afterwards is given back at once. */
  close(): void {
    this.#closed = true
    devicesOf()?.removeEventListener('devicechange', this.#onDevices)
    this.#wanted = { microphone: false, camera: false }
    this.#snapshot.microphone?.stop()
    this.#snapshot.camera?.stop()
    this.#set({ microphone: null, camera: null })
    this.#listeners.clear()
  }

  async #open(kind: MediaKind): Promise<MediaStreamTrack | null> {
    const name = kind === 'audioinput' ? 'microphone' : 'camera'
    try {
      const devices = devicesOf()
      if (devices === undefined) throw new DOMException('no media devices', 'SecurityError')
      const stream = await devices.getUserMedia(this.#constraints(kind))
      const track = stream.getTracks()[0] ?? null
      track?.addEventListener('ended', () => void this.#trackEnded(kind, track))
      this.#set({ problems: { ...this.#snapshot.problems, [name]: null } })
      return track
    } catch (failure) {
      // A device chosen earlier may be unplugged: any other is better than none.
      if (
        this.#chosen[kind] !== undefined &&
        !(failure instanceof DOMException && failure.name === 'NotAllowedError')
      ) {
        delete this.#chosen[kind]
        return this.#open(kind)
      }
      this.#set({ problems: { ...this.#snapshot.problems, [name]: classifyProblem(failure) } })
      return null
    }
  }

  #constraints(kind: MediaKind): MediaStreamConstraints {
    const chosen = this.#chosen[kind]
    if (kind === 'audioinput')
      return { audio: chosen === undefined ? VOICE : { ...VOICE, deviceId: { exact: chosen } } }
    const which = chosen === undefined ? { facingMode: { ideal: this.#facing } } : { deviceId: { exact: chosen } }
    return { video: { ...(isWeakDevice() ? SMALL_PICTURE : PICTURE), ...which } }
  }

  async #trackEnded(kind: MediaKind, track: MediaStreamTrack): Promise<void> {
    if (kind === 'audioinput' && this.#snapshot.microphone === track && this.#wanted.microphone)
      await this.openMicrophone()
    if (kind === 'videoinput' && this.#snapshot.camera === track && this.#wanted.camera) await this.openCamera()
  }

  async #devicesChanged(): Promise<void> {
    await this.#listDevices()
    // A headset just plugged in mends a call that had no microphone.
    if (this.#wanted.microphone && this.#snapshot.problems.microphone === 'missing') await this.openMicrophone()
    if (this.#wanted.camera && this.#snapshot.problems.camera === 'missing') await this.openCamera()
  }

  async #listDevices(): Promise<void> {
    const all = (await devicesOf()?.enumerateDevices()) ?? []
    this.#set({ devices: all.filter((device) => device.kind !== 'audiooutput' && device.deviceId !== '') })
  }

  #set(change: Partial<MediaSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}

/** Browsers hide media devices on pages that are not secure. */
function devicesOf(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices
}
