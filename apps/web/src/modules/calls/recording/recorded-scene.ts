import type { CallSession } from '../call-session.ts'

const width = 1280
const height = 720
const pictureMs = 100
const ground = '#14201e'
const ink = '#ffffff'

/** One place of the recorded picture. */
interface Shown {
  name: string
  video: MediaStreamTrack | null
}

/**
 * What this page receives and sends, in one picture and one sound that can be recorded: faces, screens and further
 * cameras, and all voices. What the room does not show here, e.g. faces past the nine of a large room, is not received
 * and so not recorded.
 */
export class RecordedScene {
  readonly stream: MediaStream
  readonly #session: CallSession
  readonly #canvas = document.createElement('canvas')
  readonly #audio = new AudioContext()
  readonly #mix = this.#audio.createMediaStreamDestination()
  readonly #videos = new Map<MediaStreamTrack, HTMLVideoElement>()
  readonly #sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>()
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
    this.#forget(new Set())
    void this.#audio.close()
  }

  #draw(): void {
    const context = this.#canvas.getContext('2d')
    if (!context) return
    const shown = this.#shown()
    const voices = this.#voices()
    this.#forget(new Set([...voices, ...shown.flatMap(({ video }) => video ?? [])]))
    for (const voice of voices) this.#hear(voice)
    context.fillStyle = ground
    context.fillRect(0, 0, width, height)
    const columns = Math.ceil(Math.sqrt(shown.length))
    const box = { width: width / columns, height: height / Math.ceil(shown.length / columns) }
    for (const [at, one] of shown.entries()) {
      const place = { x: (at % columns) * box.width, y: Math.floor(at / columns) * box.height }
      if (one.video) drawWhole(context, this.#videoOf(one.video), { ...place, ...box })
      context.fillStyle = ink
      context.font = '24px sans-serif'
      context.fillText(one.name, place.x + 16, place.y + box.height - 16, box.width - 32)
    }
  }

  /** Faces and what is shown beside them, the others' before our own. */
  #shown(): Shown[] {
    const { call } = this.#session.snapshot()
    const { camera } = this.#session.media.snapshot()
    const others = (call?.participants ?? []).flatMap(({ name, stream, camera: on, pictures = [] }) => [
      { name, video: on ? videoOf(stream) : null },
      ...pictures.map((picture) => ({
        name: picture.label === '' ? name : `${name} · ${picture.label}`,
        video: videoOf(picture.stream),
      })),
    ])
    const extra = this.#session.transport?.extra?.snapshot() ?? []
    return [
      ...others,
      { name: '', video: call?.camera === true ? camera : null },
      ...extra.map(({ label, track }) => ({ name: label, video: track })),
    ]
  }

  #voices(): MediaStreamTrack[] {
    const { microphone } = this.#session.media.snapshot()
    const others = this.#session.snapshot().call?.participants ?? []
    const tracks = [...others.flatMap(({ stream }) => stream.getAudioTracks()), ...(microphone ? [microphone] : [])]
    return tracks.filter((track) => track.readyState !== 'ended')
  }

  #hear(track: MediaStreamTrack): void {
    if (this.#sources.has(track)) return
    const source = this.#audio.createMediaStreamSource(new MediaStream([track]))
    source.connect(this.#mix)
    this.#sources.set(track, source)
  }

  #videoOf(track: MediaStreamTrack): HTMLVideoElement {
    const video = this.#videos.get(track) ?? createVideo(track)
    this.#videos.set(track, video)
    if (video.paused) void video.play().catch(() => undefined)
    return video
  }

  /** Tracks are replaced when somebody's line is made anew: what carried the old ones goes. */
  #forget(kept: ReadonlySet<MediaStreamTrack>): void {
    for (const [track, video] of this.#videos) {
      if (kept.has(track)) continue
      video.srcObject = null
      this.#videos.delete(track)
    }
    for (const [track, source] of this.#sources) {
      if (kept.has(track)) continue
      source.disconnect()
      this.#sources.delete(track)
    }
  }
}

const videoOf = (stream: MediaStream): MediaStreamTrack | null => stream.getVideoTracks()[0] ?? null

function createVideo(track: MediaStreamTrack): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  return video
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
