import { inflateSync } from 'node:zlib'
import { PdfParser } from './parser.ts'
import { readCrossReferences, type ObjectPlace } from './cross-references.ts'
import { PdfName, PdfRef, PdfStream, UnreadablePdf, type PdfDict, type PdfValue } from './values.ts'

/** Sizes of a document of some pages with pictures; what is more is not ours. */
export const largestPdfBytes = 20 * 1024 * 1024
/** What all compressed parts that must be read may unfold to. */
const largestUnfolded = 32 * 1024 * 1024
const mostReads = 20_000

/** One revision of a PDF: the bytes up to some end, read through the last cross-reference section they hold. */
export class PdfFile {
  readonly bytes: Uint8Array
  readonly text: string
  readonly places: ReadonlyMap<number, ObjectPlace>
  readonly trailer: PdfDict
  /** Where the newest cross-reference section begins. */
  readonly newestSection: number
  #unfolded = 0
  #reads = 0
  readonly #packed = new Map<number, string>()

  constructor(bytes: Uint8Array) {
    if (bytes.length > largestPdfBytes) throw new UnreadablePdf('too_big')
    this.bytes = bytes
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    if (!this.text.slice(0, 1024).includes('%PDF-')) throw new UnreadablePdf('not_pdf')
    const { places, trailer, newest } = readCrossReferences(this)
    this.places = places
    this.trailer = trailer
    this.newestSection = newest
    if (trailer.has('Encrypt')) throw new UnreadablePdf('encrypted')
  }

  /** The value behind a reference; a free or missing object is null (ISO 32000-1 §7.3.10). */
  resolve(value: PdfValue | undefined, hops = 0): PdfValue {
    if (!(value instanceof PdfRef)) return value ?? null
    if (hops > 8) throw new UnreadablePdf('too_deep')
    if (++this.#reads > mostReads) throw new UnreadablePdf('too_much')
    const place = this.places.get(value.num)
    if (!place) return null
    const found = 'at' in place ? this.objectAt(place.at, value.num) : this.#inStream(place.stream, place.index)
    return this.resolve(found, hops + 1)
  }

  dict(value: PdfValue | undefined): PdfDict {
    const found = this.resolve(value)
    if (found instanceof PdfStream) return found.dict
    if (!(found instanceof Map)) throw new UnreadablePdf('broken')
    return found
  }

  array(value: PdfValue | undefined): PdfValue[] {
    const found = this.resolve(value)
    if (found === null) return []
    if (!Array.isArray(found)) throw new UnreadablePdf('broken')
    return found
  }

  nameOf(value: PdfValue | undefined): string {
    const found = this.resolve(value)
    return found instanceof PdfName ? found.value : ''
  }

  /** The object that begins at a place, with its stream. */
  objectAt(at: number, num?: number): PdfValue {
    const parser = new PdfParser(this.text, at)
    const head = parser.take(/(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj/y)
    if (!head || (num !== undefined && Number(head[1]) !== num)) throw new UnreadablePdf('broken')
    const value = parser.value()
    if (!(value instanceof Map) || !parser.take(/stream(?:\r\n|\n)/y)) return value
    const length = this.resolve(value.get('Length'))
    if (typeof length !== 'number' || length < 0 || parser.at + length > this.bytes.length)
      throw new UnreadablePdf('broken')
    return new PdfStream(value, this.bytes.subarray(parser.at, parser.at + length))
  }

  /** A stream's bytes; only plain and Flate, which is all that holds objects. */
  unfold({ dict, raw }: PdfStream): Buffer {
    const filters = [this.resolve(dict.get('Filter'))].flat().map((name) => this.nameOf(name))
    if (filters.length === 0 || (filters.length === 1 && filters[0] === '')) return Buffer.from(raw)
    if (filters.length !== 1 || filters[0] !== 'FlateDecode') throw new UnreadablePdf('broken')
    const left = largestUnfolded - this.#unfolded
    try {
      const bytes = inflateSync(raw, { maxOutputLength: Math.max(1, left) })
      this.#unfolded += bytes.length
      return bytes
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      throw new UnreadablePdf(code === 'ERR_BUFFER_TOO_LARGE' ? 'too_much' : 'broken')
    }
  }

  #inStream(stream: number, index: number): PdfValue {
    const place = this.places.get(stream)
    if (!place || !('at' in place)) throw new UnreadablePdf('broken')
    const holder = this.objectAt(place.at, stream)
    if (!(holder instanceof PdfStream)) throw new UnreadablePdf('broken')
    const text = this.#packed.get(stream) ?? this.unfold(holder).toString('latin1')
    this.#packed.set(stream, text)
    const head = new PdfParser(text, 0)
    for (let skipped = 0; skipped < index * 2; skipped++) if (!head.take(/\d+/y)) throw new UnreadablePdf('broken')
    head.take(/\d+/y)
    const offset = Number(head.take(/\d+/y)?.[0])
    return new PdfParser(text, Number(this.resolve(holder.dict.get('First'))) + offset).value()
  }
}
