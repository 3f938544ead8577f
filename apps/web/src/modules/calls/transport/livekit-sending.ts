import type { LocalTrack, LocalTrackPublication, Room, TrackPublishOptions } from 'livekit-client'
import { FULL_PICTURE, NO_PICTURE, PICTURE_STEPS_SENT } from '../link/sending-ladder.ts'
import type { SendingPlan } from '../link/sending-state.ts'
import { isWeakDevice } from '../media/weak-link.ts'

type Engine = typeof import('livekit-client')

/** What the person wants to send at all. */
export interface Wanted {
  readonly microphone: MediaStreamTrack | null
  readonly camera: MediaStreamTrack | null
  readonly microphoneOn: boolean
}

/** Puts microphone and camera into a room, and holds what is sent to what the plan allows. */
export class LivekitSending {
  readonly #engine: Engine
  readonly #publishing = new WeakSet<Room>()
  readonly #ownPicture: (camera: MediaStreamTrack) => MediaStreamTrack
  #camera: { from: MediaStreamTrack; sent: MediaStreamTrack } | null = null

  /** `copy`: the picture that is sent can stand still while our own preview goes on. */
  constructor(engine: Engine, copy: (camera: MediaStreamTrack) => MediaStreamTrack = (camera) => camera.clone()) {
    this.#engine = engine
    this.#ownPicture = copy
  }

  /** Brings the room to what is wanted and planned; asked again after any change, it changes only what differs. */
  async publish(room: Room, wanted: Wanted, plan: SendingPlan): Promise<void> {
    const { Source } = this.#engine.Track
    const { localParticipant } = room
    await this.#put(room, wanted.microphone, localParticipant.getTrackPublication(Source.Microphone), {
      source: Source.Microphone,
      audioPreset: { maxBitrate: plan.voice.kbps * 1000, priority: 'high' },
      dtx: true,
      red: plan.voice.redundant,
    })
    const voice = localParticipant.getTrackPublication(Source.Microphone)
    if (wanted.microphoneOn) await voice?.unmute()
    else await voice?.mute()
    // another room carries the call by now, and may have taken another picture
    if (room.state !== 'connected') return
    const picture = localParticipant.getTrackPublication(Source.Camera)
    // a picture that may not be sent is not even announced: that alone would take a second of a thin link
    if (picture !== undefined || plan.sendStep > NO_PICTURE || wanted.camera === null)
      await this.#put(room, this.#copyOf(wanted.camera), picture, {
        source: Source.Camera,
        ...pictureOptions(this.#engine),
      })
    await this.hold(room, plan)
  }

  /** Holds what is sent to the plan without a negotiation. */
  async hold(room: Room, plan: SendingPlan): Promise<void> {
    const { Source } = this.#engine.Track
    const voice = room.localParticipant.getTrackPublication(Source.Microphone)?.track
    if (voice?.sender) await limitVoice(voice.sender, plan.voice.kbps)
    const picture = room.localParticipant.getTrackPublication(Source.Camera)
    if (picture?.track) await holdPicture(picture, picture.track, plan.sendStep)
  }

  /** Is the server's answer to something we publish in this room still to come? */
  isPublishing(room: Room): boolean {
    return this.#publishing.has(room)
  }

  /**
   * Does something with the camera while nobody else has it: browsers change the size of a camera only while one track
   * of it lives, and what is sent is a second one. It stands still until `publish` is asked again.
   */
  async withCameraAlone<T>(shoot: () => Promise<T>): Promise<T> {
    const held = this.#camera
    held?.sent.stop()
    try {
      return await shoot()
    } finally {
      // not where another camera was chosen meanwhile
      if (held === this.#camera) this.#camera = null
    }
  }

  /** Gives back the copy of the camera's picture. */
  close(): void {
    this.#camera?.sent.stop()
    this.#camera = null
  }

  async #put(
    room: Room,
    track: MediaStreamTrack | null,
    publication: LocalTrackPublication | undefined,
    options: TrackPublishOptions,
  ): Promise<void> {
    const current = publication?.track
    if (track === null) {
      if (current !== undefined) await room.localParticipant.unpublishTrack(current, false)
    } else if (current === undefined) {
      this.#publishing.add(room)
      await room.localParticipant.publishTrack(track, options).finally(() => this.#publishing.delete(room))
    } else if (current.mediaStreamTrack !== track) await current.replaceTrack(track, true)
  }

  #copyOf(camera: MediaStreamTrack | null): MediaStreamTrack | null {
    if (camera !== this.#camera?.from) {
      this.#camera?.sent.stop()
      this.#camera = camera === null ? null : { from: camera, sent: this.#ownPicture(camera) }
    }
    return this.#camera?.sent ?? null
  }
}

/** Two sizes, so that each listener gets what their link takes; a weak phone codes one, and a small one. */
function pictureOptions({ VideoPreset }: Engine): TrackPublishOptions {
  const [small, full] = [PICTURE_STEPS_SENT[FULL_PICTURE - 1], PICTURE_STEPS_SENT[FULL_PICTURE]]
  const weak = isWeakDevice()
  const top = weak ? small : full
  return {
    simulcast: !weak,
    videoCodec: 'vp8',
    videoEncoding: { maxBitrate: (top?.kbps ?? 0) * 1000, maxFramerate: top?.framesPerSecond ?? 0, priority: 'low' },
    videoSimulcastLayers: [
      new VideoPreset({
        width: 320,
        height: 180,
        maxBitrate: (small?.kbps ?? 0) * 1000,
        maxFramerate: small?.framesPerSecond ?? 0,
        priority: 'low',
      }),
    ],
  }
}

/** Voice goes first on the wire. */
async function limitVoice(sender: RTCRtpSender, kbps: number): Promise<void> {
  await change(sender, ([encoding]) => {
    if (encoding === undefined || encoding.maxBitrate === kbps * 1000) return false
    Object.assign(encoding, { maxBitrate: kbps * 1000, priority: 'high', networkPriority: 'high' })
    return true
  })
}

async function holdPicture(publication: LocalTrackPublication, track: LocalTrack, step: number): Promise<void> {
  const { sender } = track
  if (step > NO_PICTURE && sender) await limitPicture(sender, track.mediaStreamTrack, step)
  await letThrough(publication, track, step > NO_PICTURE)
  if (step === NO_PICTURE && sender) await silencePicture(sender)
}

/** What of the picture still waits in the engine to be sent would go before the next words: it goes nowhere. */
async function silencePicture(sender: RTCRtpSender): Promise<void> {
  cut.add(sender)
  await change(sender, (encodings) => {
    if (encodings.every(({ active }) => !active)) return false
    for (const encoding of encodings) encoding.active = false
    return true
  })
}

/** Without a picture nothing of it is on the wire, and the others are told that it is off. */
export async function letThrough(publication: LocalTrackPublication, track: LocalTrack, on: boolean): Promise<void> {
  if (publication.isMuted !== on) return
  if (on) {
    await track.resumeUpstream()
    await publication.unmute()
  } else {
    await publication.mute()
    await track.pauseUpstream()
  }
}

/** Senders whose larger size we cut off: the server's own wishes about sizes are left alone otherwise. */
const cut = new WeakSet<RTCRtpSender>()

async function limitPicture(sender: RTCRtpSender, track: MediaStreamTrack, step: number): Promise<void> {
  const limit = PICTURE_STEPS_SENT[step]
  if (limit === undefined) return
  const captured = track.getSettings().height ?? 360
  const again = step === FULL_PICTURE && cut.has(sender)
  await change(sender, (encodings) => {
    const wanted = encodings.map((_, at) => limitsOf({ at, of: encodings.length, step, captured, again }))
    if (encodings.every((encoding, at) => holds(encoding, wanted[at] ?? {}))) return false
    encodings.forEach((encoding, at) => Object.assign(encoding, wanted[at]))
    return true
  })
  if (step === FULL_PICTURE) cut.delete(sender)
  else cut.add(sender)
}

interface Layer {
  readonly at: number
  readonly of: number
  readonly step: number
  readonly captured: number
  /** The larger size comes back. */
  readonly again: boolean
}

/** Of two sizes the larger is cut off below the full step, and the smaller is made smaller still. */
function limitsOf({ at, of, step, captured, again }: Layer): Partial<RTCRtpEncodingParameters> {
  const isUpper = of > 1 && at === of - 1
  if (isUpper) return step < FULL_PICTURE ? { active: false } : again ? { active: true } : {}
  const limit = PICTURE_STEPS_SENT[of > 1 ? Math.min(step, FULL_PICTURE - 1) : step]
  if (limit === undefined) return {}
  return {
    ...((step < FULL_PICTURE || again) && { active: true }),
    maxBitrate: limit.kbps * 1000,
    maxFramerate: limit.framesPerSecond,
    scaleResolutionDownBy: Math.max(1, captured / limit.height),
    networkPriority: 'low',
  }
}

/** Is a sender limited so already? */
export function holds(current: RTCRtpEncodingParameters, wanted: Partial<RTCRtpEncodingParameters>): boolean {
  const now = current as unknown as Record<string, unknown>
  return Object.entries(wanted).every(([name, value]) => now[name] === value)
}

/** Changes a sender's limits without a negotiation; `alter` answers whether anything differs. */
export async function change(
  sender: RTCRtpSender,
  alter: (encodings: RTCRtpEncodingParameters[]) => boolean,
): Promise<void> {
  try {
    const parameters = sender.getParameters()
    if (alter(parameters.encodings)) await sender.setParameters(parameters)
  } catch {
    // the client's own change came between: the next second tries again
  }
}
