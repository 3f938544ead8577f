import { PHOTO_EDGE } from '@moinha/contracts/message-limits'

/** How large a picture may be at its longest edge, and how much of it the coding keeps. */
interface PictureSize {
  readonly edge: number
  readonly quality: number
}

/** A prescription stays readable, and 1600 px come to 300–600 kB. */
const PHOTO: PictureSize = { edge: PHOTO_EDGE, quality: 0.8 }

/** The size at which the longest edge fits; small pictures stay as they are. */
export function scaledTo(edge: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * A picture of this device made ready to be sent: upright, scaled, and drawn anew, so that nothing the camera wrote
 * into it (place, time, owner) goes along. Null where it is no picture this browser can read.
 */
export async function photoToSend(file: Blob, size = PHOTO): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (picture === null) return null
  const drawn = await jpegOf(picture, picture, size)
  picture.close()
  return drawn
}

/** Something that can be drawn, as a JPEG no larger than asked. */
export function jpegOf(
  picture: CanvasImageSource,
  natural: { width: number; height: number },
  { edge, quality }: PictureSize,
): Promise<Blob | null> {
  const { width, height } = scaledTo(edge, natural)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
}
