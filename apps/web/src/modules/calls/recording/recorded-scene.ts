import type { CallSession } from '../call-session.ts'

const width = 1280
const height = 720
const pictureMs = 100
const ground = '#14201e'
const ink = '#ffffff'

interface Person {
  key: string
  name: string
  stream: MediaStream
  camera: boolean
}

/** Everybody's pictures in one, and everybody's voices together, as a stream that can be recorded. */
export class RecordedScene {
  readonly stream: MediaStream
  readonly #session: CallSession
  readonly #canvas = document.createElement('canvas')
  readonly #audio = new AudioContext()
  readonly #mix = this.#audio.createMediaStreamDestination()
  readonly #videos = new Map<string, HTMLVideoElement>()
  readonly #sources = new Map<string, MediaStreamAudioSourceNode>()
  readonly #timer: ReturnType<typeof setInterval>

  constructor(session: CallSession) {
    this.#session = session
    this.#canvas.width = width
    this.#canvas.height = height
    this.stream = this.#canvas.captureStream(1000 / pictureMs)
    for (const track of this.#mix.stream.getAudioTracks()) this.stream.addTrack(track)
    void this.#audio.resume()
    this.#draw()
    this.#timer = setInterval(() => this.#draw(), pictureMs)
  }

  close(): void {
    clearInterval(this.#timer)
    for (const track of this.stream.getTracks()) track.stop()
    for (const video of this.#videos.values()) video.srcObject = null
    void this.#audio.close()
  }

  #people(): Person[] {
    const { microphone, camera } = this.#session.media.snapshot()
    const { call } = this.#session.snapshot()
    const tracks = [microphone, camera].filter((track) => track !== null)
    const own = { key: tracks.map((track) => track.id).join(), name: '', stream: new MediaStream(tracks) }
    return [
      ...(call?.participants ?? []).map(({ key, name, stream, camera: on }) => ({ key, name, stream, camera: on })),
      { ...own, camera: call?.camera === true && camera !== null },
    ]
  }

  #draw(): void {
    const people = this.#people()
    const context = this.#canvas.getContext('2d')
    if (!context) return
    context.fillStyle = ground
    context.fillRect(0, 0, width, height)
    const columns = Math.ceil(Math.sqrt(people.length))
    const box = { width: width / columns, height: height / Math.ceil(people.length / columns) }
    for (const [at, person] of people.entries()) {
      this.#hear(person)
      const place = { x: (at % columns) * box.width, y: Math.floor(at / columns) * box.height }
      if (person.camera) drawWhole(context, this.#videoOf(person), { ...place, ...box })
      context.fillStyle = ink
      context.font = '24px sans-serif'
      context.fillText(person.name, place.x + 16, place.y + box.height - 16, box.width - 32)
    }
  }

  /** Voices join the mix as their tracks come; a new track of somebody is a new source. */
  #hear({ stream }: Person): void {
    for (const track of stream.getAudioTracks()) {
      if (this.#sources.has(track.id) || track.readyState === 'ended') continue
      const source = this.#audio.createMediaStreamSource(new MediaStream([track]))
      source.connect(this.#mix)
      this.#sources.set(track.id, source)
    }
  }

  #videoOf({ key, stream }: Person): HTMLVideoElement {
    const video = this.#videos.get(key) ?? document.createElement('video')
    if (!this.#videos.has(key)) {
      video.muted = true
      video.playsInline = true
      this.#videos.set(key, video)
      video.srcObject = stream
    }
    // those of others are replaced when their line is made anew
    if (key.length > 0 && video.srcObject instanceof MediaStream && video.srcObject.id !== stream.id) {
      const [before] = video.srcObject.getVideoTracks()
      if (before?.id !== stream.getVideoTracks()[0]?.id) video.srcObject = stream
    }
    if (video.paused) void video.play().catch(() => undefined)
    return video
  }
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function drawWhole(context: CanvasRenderingContext2D, video: HTMLVideoElement, box: Box): void {
  if (video.videoWidth === 0) return
  const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight)
  const [w, h] = [video.videoWidth * scale, video.videoHeight * scale]
  context.drawImage(video, box.x + (box.width - w) / 2, box.y + (box.height - h) / 2, w, h)
}
