import { PHOTO_EDGE } from '@moinha/contracts/message-limits'

/** A prescription stays readable, and 1600 px come to 300–600 kB. */
const JPEG_QUALITY = 0.8

/** The size at which the longest edge fits; small pictures stay as they are. */
export function scaledTo(edge: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * A picture of this device made ready to be sent: upright, scaled, and drawn anew, so that nothing the camera wrote
 * into it (place, time, owner) goes along. Null where it is no picture this browser can read.
 */
export async function photoToSend(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (picture === null) return null
  const { width, height } = scaledTo(PHOTO_EDGE, picture)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  picture.close()
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', JPEG_QUALITY))
}
