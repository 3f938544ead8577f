import { PdfParser } from './parser.ts'
import type { PdfFile } from './pdf-file.ts'
import { PdfStream, UnreadablePdf, type PdfDict, type PdfValue } from './values.ts'

/** Where an object lies: at a place of the file, or in an object stream. */
export type ObjectPlace = { readonly at: number } | { readonly stream: number; readonly index: number }

const mostSections = 200
const mostObjects = 200_000

interface Section {
  trailer: PdfDict
  entries: [number, ObjectPlace | null][]
}

type Readable = Pick<PdfFile, 'text' | 'bytes' | 'objectAt' | 'unfold'>

/** Follows the chain of cross-reference sections from the newest to the oldest (ISO 32000-1 §7.5.4, §7.5.8). */
export function readCrossReferences(file: Readable): {
  places: Map<number, ObjectPlace>
  trailer: PdfDict
  newest: number
} {
  const newest = lastStart(file.text)
  const found = new Map<number, ObjectPlace | null>()
  const seen = new Set<number>()
  const ahead = [newest]
  let first: PdfDict | undefined
  for (let at = ahead.shift(); at !== undefined; at = ahead.shift()) {
    // a chain that bites its own tail, or one made to be long
    if (seen.has(at) || seen.size >= mostSections) throw new UnreadablePdf('too_much')
    seen.add(at)
    const { trailer, entries } = readSection(file, at)
    first ??= trailer
    for (const [num, place] of entries) if (!found.has(num)) found.set(num, place)
    if (found.size > mostObjects) throw new UnreadablePdf('too_much')
    for (const next of [trailer.get('XRefStm'), trailer.get('Prev')]) if (typeof next === 'number') ahead.push(next)
  }
  const places = new Map([...found].filter((entry): entry is [number, ObjectPlace] => entry[1] !== null))
  return { places, trailer: first ?? new Map<string, PdfValue>(), newest }
}

/** The `startxref` that stands last; a reader of the file starts there too. */
function lastStart(text: string): number {
  const at = text.lastIndexOf('startxref')
  const number = at < 0 ? null : new PdfParser(text, at + 'startxref'.length).take(/\d{1,10}/y)
  if (!number) throw new UnreadablePdf('not_pdf')
  return Number(number[0])
}

function readSection(file: Readable, at: number): Section {
  if (at >= file.bytes.length) throw new UnreadablePdf('broken')
  const parser = new PdfParser(file.text, at)
  if (parser.take(/xref/y)) return readTable(parser)
  const stream = file.objectAt(at)
  if (!(stream instanceof PdfStream)) throw new UnreadablePdf('broken')
  return { trailer: stream.dict, entries: readStream(stream.dict, file.unfold(stream)) }
}

function readTable(parser: PdfParser): Section {
  const entries: Section['entries'] = []
  for (let head = parser.take(/(\d{1,10}) (\d{1,7})/y); head; head = parser.take(/(\d{1,10}) (\d{1,7})/y)) {
    const [from, count] = [Number(head[1]), Number(head[2])]
    if (count > mostObjects) throw new UnreadablePdf('too_much')
    for (let index = 0; index < count; index++) {
      const entry = parser.take(/(\d{10}) (\d{5}) ([nf])/y)
      if (!entry) throw new UnreadablePdf('broken')
      entries.push([from + index, entry[3] === 'n' ? { at: Number(entry[1]) } : null])
    }
  }
  if (!parser.take(/trailer/y)) throw new UnreadablePdf('broken')
  const trailer = parser.value()
  if (!(trailer instanceof Map)) throw new UnreadablePdf('broken')
  return { trailer, entries }
}

const numbers = (value: PdfValue | undefined): number[] =>
  Array.isArray(value) ? value.map((one) => (typeof one === 'number' ? one : NaN)) : []

type Widths = readonly [number, number, number]

function readStream(dict: PdfDict, unfolded: Buffer): Section['entries'] {
  const widths = widthsOf(dict.get('W'))
  const width = widths[0] + widths[1] + widths[2]
  const rows = withoutPredictor(unfolded, dict.get('DecodeParms'), width)
  const count = Math.floor(rows.length / width)
  if (count > mostObjects) throw new UnreadablePdf('too_much')
  const entries: Section['entries'] = []
  for (const [from = 0, length = 0] of pairs(dict.has('Index') ? numbers(dict.get('Index')) : [0, count]))
    for (let index = 0; index < length && entries.length < count; index++)
      entries.push([from + index, placeOf(rows, entries.length * width, widths)])
  return entries
}

function widthsOf(value: PdfValue | undefined): Widths {
  const [first = NaN, second = NaN, third = NaN, ...more] = numbers(value)
  const fit = [first, second, third].every((one) => Number.isInteger(one) && one >= 0 && one <= 6)
  if (!fit || more.length > 0 || first + second + third === 0) throw new UnreadablePdf('broken')
  return [first, second, third]
}

const pairs = (flat: readonly number[]): number[][] =>
  Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => flat.slice(index * 2, index * 2 + 2))

/** A kind that is not written is 1: in use at a place (ISO 32000-1, table 17). */
function placeOf(rows: Buffer, at: number, [first, second, third]: Widths): ObjectPlace | null {
  const kind = first === 0 ? 1 : rows.readUIntBE(at, first)
  const a = second === 0 ? 0 : rows.readUIntBE(at + first, second)
  const b = third === 0 ? 0 : rows.readUIntBE(at + first + second, third)
  if (kind === 1) return { at: a }
  return kind === 2 ? { stream: a, index: b } : null
}

/** Cross-reference streams are written with the PNG predictor "up", and none else. */
function withoutPredictor(bytes: Buffer, parameters: PdfValue | undefined, width: number): Buffer {
  const predictor = parameters instanceof Map ? parameters.get('Predictor') : undefined
  if (predictor === undefined || predictor === 1) return bytes
  const rows = Math.floor(bytes.length / (width + 1))
  const plain = Buffer.alloc(rows * width)
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * (width + 1)]
    if (filter !== 0 && filter !== 2) throw new UnreadablePdf('broken')
    for (let column = 0; column < width; column++) {
      const above = filter === 2 && row > 0 ? (plain[(row - 1) * width + column] ?? 0) : 0
      plain[row * width + column] = ((bytes[row * (width + 1) + 1 + column] ?? 0) + above) & 255
    }
  }
  return plain
}
