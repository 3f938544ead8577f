import { STILL_EDGE } from '@moinha/contracts/message-limits'
import { jpegOf, photoToSend } from '../chat/photo.ts'

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

/**
 * A picture of the camera behind a track as large as the camera makes it, however small the track is sent. Null where
 * the camera gives none.
 */
export async function takeStill(track: MediaStreamTrack): Promise<Blob | null> {
  if (track.readyState === 'ended') return null
  return (await withShutter(track).catch(() => null)) ?? (await ofTheTrack(track).catch(() => null))
}

/** By the shutter: the sensor's own size, while the picture of the call goes on. */
async function withShutter(track: MediaStreamTrack): Promise<Blob | null> {
  const { ImageCapture } = globalThis as { ImageCapture?: MakeShutter }
  if (ImageCapture === undefined) return null
  const shutter = new ImageCapture(track)
  const { imageWidth, imageHeight } = await within(SHUTTER_MS, shutter.getPhotoCapabilities())
  const largest =
    imageWidth !== undefined && imageHeight !== undefined && imageWidth.max > 0 && imageHeight.max > 0
      ? { imageWidth: imageWidth.max, imageHeight: imageHeight.max }
      : undefined
  return photoToSend(await within(SHUTTER_MS, shutter.takePhoto(largest)), STILL)
}

/** Without a shutter: the track itself grows to the camera's full size for a moment, and is what it was afterwards. */
async function ofTheTrack(track: MediaStreamTrack): Promise<Blob | null> {
  const before = track.getConstraints()
  await track.applyConstraints({ ...before, ...fullSizeOf(track) }).catch(() => undefined)
  const video = document.createElement('video')
  Object.assign(video, { muted: true, playsInline: true, srcObject: new MediaStream([track]) })
  try {
    await within(SHUTTER_MS, video.play())
    await grown(video, track)
    return await jpegOf(video, { width: video.videoWidth, height: video.videoHeight }, STILL)
  } finally {
    video.srcObject = null
    await track.applyConstraints(before).catch(() => undefined)
  }
}

/** Only wished for: what a camera cannot give it gives as near as it can. */
function fullSizeOf(track: MediaStreamTrack): MediaTrackConstraints {
  const known = (track as { getCapabilities?: () => MediaTrackCapabilities }).getCapabilities?.call(track)
  return {
    width: { ideal: known?.width?.max ?? STILL_EDGE },
    height: { ideal: known?.height?.max ?? (STILL_EDGE * 3) / 4 },
  }
}

async function grown(video: HTMLVideoElement, track: MediaStreamTrack): Promise<void> {
  const until = performance.now() + FULL_SIZE_MS
  while (video.videoWidth < (track.getSettings().width ?? 1) && performance.now() < until) await pause(50)
  await pause(LIGHT_MS)
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error('the camera does not answer')), ms)
    void promise.then(done, failed).finally(() => clearTimeout(timer))
  })
}
