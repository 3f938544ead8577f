import { STILL_EDGE } from '@moinha/contracts/message-limits'
import { jpegOf } from '../chat/photo.ts'

/** A rash is judged by its edges: coded finer than a photo of the chat. */
const STILL = { edge: STILL_EDGE, quality: 0.88 }

/** Phones with a slow shutter need three seconds; some drivers never answer. */
const SHUTTER_MS = 6_000
/** A camera that was asked for its full size shows it within this, and has found its light anew. */
const FULL_SIZE_MS = 2_000
const LIGHT_MS = 400

/** What of the browser's camera shutter is used; Firefox and Safari have none. */
interface Shutter {
  getPhotoCapabilities(): Promise<{ imageWidth?: { max: number }; imageHeight?: { max: number } }>
  takePhoto(settings?: { imageWidth: number; imageHeight: number }): Promise<Blob>
}
type MakeShutter = new (track: MediaStreamTrack) => Shutter

interface Still {
  readonly jpeg: Blob
  readonly pixels: number
}

/**
 * A picture of the camera behind a track as large as the camera makes it, however small the track is sent. Null where
 * the camera gives none.
 */
export async function takeStill(track: MediaStreamTrack): Promise<Blob | null> {
  if (track.readyState === 'ended') return null
  const shot = await withShutter(track).catch(() => null)
  // the shutter of many a webcam gives no more than the picture that is sent
  if (shot !== null && shot.pixels >= fullPixels(track)) return shot.jpeg
  const grown = await ofTheTrack(track).catch(() => null)
  return ((grown?.pixels ?? 0) > (shot?.pixels ?? 0) ? grown : shot)?.jpeg ?? null
}

/** By the shutter: of most phones the whole sensor, while the picture of the call goes on. */
async function withShutter(track: MediaStreamTrack): Promise<Still | null> {
  const { ImageCapture } = globalThis as { ImageCapture?: MakeShutter }
  if (ImageCapture === undefined) return null
  const shutter = new ImageCapture(track)
  const { imageWidth, imageHeight } = await within(SHUTTER_MS, shutter.getPhotoCapabilities())
  const largest =
    imageWidth !== undefined && imageHeight !== undefined && imageWidth.max > 0 && imageHeight.max > 0
      ? { imageWidth: imageWidth.max, imageHeight: imageHeight.max }
      : undefined
  const taken = await within(SHUTTER_MS, shutter.takePhoto(largest))
  const picture = await createImageBitmap(taken, { imageOrientation: 'from-image' })
  try {
    return await drawn(picture, picture)
  } finally {
    picture.close()
  }
}

/** Without a shutter: the track itself grows to the camera's full size for a moment, and is what it was afterwards. */
async function ofTheTrack(track: MediaStreamTrack): Promise<Still | null> {
  const before = track.getConstraints()
  const { width, height } = fullSizeOf(track)
  // only wished for: what a camera cannot give it gives as near as it can
  const full = { ...before, width: { ideal: width }, height: { ideal: height } }
  await track.applyConstraints(full).catch(() => undefined)
  const video = document.createElement('video')
  Object.assign(video, { muted: true, playsInline: true, srcObject: new MediaStream([track]) })
  try {
    await within(SHUTTER_MS, video.play())
    await untilGrown(video, track)
    return await drawn(video, { width: video.videoWidth, height: video.videoHeight })
  } finally {
    video.srcObject = null
    await track.applyConstraints(before).catch(() => undefined)
  }
}

async function drawn(picture: CanvasImageSource, size: { width: number; height: number }): Promise<Still | null> {
  const jpeg = await jpegOf(picture, size, STILL)
  return jpeg === null ? null : { jpeg, pixels: size.width * size.height }
}

function fullSizeOf(track: MediaStreamTrack): { width: number; height: number } {
  const known = (track as { getCapabilities?: () => MediaTrackCapabilities }).getCapabilities?.call(track)
  return { width: known?.width?.max ?? STILL_EDGE, height: known?.height?.max ?? (STILL_EDGE * 3) / 4 }
}

function fullPixels(track: MediaStreamTrack): number {
  const { width, height } = fullSizeOf(track)
  return width * height
}

async function untilGrown(video: HTMLVideoElement, track: MediaStreamTrack): Promise<void> {
  const until = performance.now() + FULL_SIZE_MS
  // a phone held upright shows the width as its height
  const longest = (): number => Math.max(video.videoWidth, video.videoHeight)
  const wanted = (): number => Math.max(track.getSettings().width ?? 1, track.getSettings().height ?? 1)
  while (longest() < wanted() && performance.now() < until) await pause(50)
  await pause(LIGHT_MS)
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error('the camera does not answer')), ms)
    void promise.then(done, failed).finally(() => clearTimeout(timer))
  })
}
