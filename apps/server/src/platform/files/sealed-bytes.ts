import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { FileDamaged, type FileBytes } from './file-bytes.ts'

// At rest a file is slots of the same length, one for each 16 KiB of it: nonce, ciphertext, tag. So any range is read
// without the rest, and what was received before a crash is counted by whole slots. A slot that is written again gets
// a nonce of its own, and its place is sealed in: slots cannot be swapped.

export const segmentBytes = 16_384
const nonceBytes = 12
const tagBytes = 16
const overhead = nonceBytes + tagBytes
const slotBytes = segmentBytes + overhead
/** Slots read at once: a megabyte. */
const slotsAtOnce = 64

/** A file with the key that opens it. */
export interface SealedFile {
  id: string
  key: Uint8Array
}

/** From and to, both included, as in a Range header. */
export interface ByteRange {
  start: number
  end: number
}

/** Files of plain bytes over a place for sealed ones. */
export class SealedBytes {
  readonly #bytes: FileBytes

  constructor(bytes: FileBytes) {
    this.#bytes = bytes
  }

  /** How much of an unfinished file is there for good: whole segments, never all of it, so that its end comes again. */
  async received(id: string, size: number): Promise<number> {
    const whole = Math.floor((await this.#bytes.length(id)) / slotBytes) * segmentBytes
    return Math.min(whole, Math.floor((size - 1) / segmentBytes) * segmentBytes)
  }

  /**
   * Writes from `offset`, the beginning of a segment. Answers where the next bytes belong: at the end, or at the
   * beginning of a segment that did not become whole.
   */
  async write(
    file: SealedFile,
    { offset, size }: { offset: number; size?: number },
    source: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    if (offset % segmentBytes !== 0) throw new Error('a file is written from the beginning of a segment')
    let next = offset
    const slots = async function* () {
      for await (const { bytes, last } of segmentsOf(source)) {
        if (last && size !== undefined && next + bytes.length < size) return
        yield sealSlot(file, next / segmentBytes, bytes)
        next += bytes.length
      }
    }
    await this.#bytes.write(file.id, (offset / segmentBytes) * slotBytes, slots())
    return next
  }

  /** The plain bytes of a range; a byte that was changed is found before it leaves. */
  async *read(file: SealedFile, size: number, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
    const lastSlot = Math.floor(end / segmentBytes)
    for (let first = Math.floor(start / segmentBytes); first <= lastSlot; first += slotsAtOnce) {
      const until = Math.min(first + slotsAtOnce - 1, lastSlot)
      const plain = await this.#readSlots(file, size, first, until)
      const begin = first * segmentBytes
      yield plain.subarray(Math.max(0, start - begin), Math.min(plain.length, end + 1 - begin))
    }
  }

  async #readSlots(file: SealedFile, size: number, first: number, last: number): Promise<Buffer> {
    const ends = Math.min((last + 1) * segmentBytes, size)
    const length = ends - first * segmentBytes + (last - first + 1) * overhead
    const sealed = Buffer.from(await this.#bytes.read(file.id, first * slotBytes, length))
    const plain: Buffer[] = []
    for (let slot = first; slot <= last; slot += 1) {
      const at = (slot - first) * slotBytes
      plain.push(openSlot(file, slot, sealed.subarray(at, at + slotBytes)))
    }
    return Buffer.concat(plain)
  }
}

/** Cuts what comes in into segments; `last` is the one that is not whole. */
async function* segmentsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let rest = Buffer.alloc(0)
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk])
    let at = 0
    for (; rest.length - at >= segmentBytes; at += segmentBytes)
      yield { bytes: rest.subarray(at, at + segmentBytes), last: false }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) yield { bytes: rest, last: true }
}

const placeOf = (id: string, slot: number): Buffer => Buffer.from(`${id}:${slot}`)

function sealSlot({ id, key }: SealedFile, slot: number, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeOf(id, slot))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function openSlot({ id, key }: SealedFile, slot: number, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
    decipher.setAAD(placeOf(id, slot)).setAuthTag(sealed.subarray(-tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    throw new FileDamaged(id)
  }
}
