import type { PdfFile } from './pdf/pdf-file.ts'
import { PdfString, type PdfDict, type PdfValue } from './pdf/values.ts'

/** A signature field that has a value, as the newest revision shows it. */
export interface SignedPart {
  field: string
  /** The bytes signed: two parts around the value. */
  byteRange: [number, number, number, number]
  /** Does the range leave out the value and nothing else, from the first byte on? */
  isWhole: boolean
  cms: Buffer
  subFilter: string
  reason: string
  /** `/M`, as the signer's program says. */
  claimedAt: Date | null
  /** Where the revision ends that was signed. */
  end: number
}

const mostSignatures = 50

/** All signatures of a document, in the order in which they were made. */
export function signedParts(file: PdfFile): SignedPart[] {
  const catalog = file.dict(file.trailer.get('Root'))
  if (!catalog.has('AcroForm')) return []
  const fields = file.array(file.dict(catalog.get('AcroForm')).get('Fields'))
  const parts: SignedPart[] = []
  const visit = (field: PdfDict, depth: number): void => {
    const value = field.get('V')
    if (file.nameOf(field.get('FT')) === 'Sig' && value && parts.length < mostSignatures)
      parts.push(partOf(file, textOf(field.get('T')), file.dict(value)))
    if (depth < 4) for (const kid of file.array(field.get('Kids'))) visit(file.dict(kid), depth + 1)
  }
  for (const field of fields) visit(file.dict(field), 0)
  return parts.sort((a, b) => a.end - b.end)
}

function partOf(file: PdfFile, field: string, value: PdfDict): SignedPart {
  const [from = NaN, before = NaN, after = NaN, length = NaN] = file.array(value.get('ByteRange')).map(Number)
  const contents = value.get('Contents')
  const end = after + length
  const fits =
    from === 0 &&
    contents instanceof PdfString &&
    contents.from === before &&
    contents.to === after &&
    length >= 0 &&
    end <= file.bytes.length
  const cms = contents instanceof PdfString ? Buffer.from(contents.bytes, 'latin1') : Buffer.alloc(0)
  return {
    field,
    byteRange: [from, before, after, length],
    isWhole: fits,
    cms: withoutPadding(cms),
    subFilter: file.nameOf(value.get('SubFilter')),
    reason: textOf(value.get('Reason')),
    claimedAt: dateOf(textOf(value.get('M'))),
    end: fits ? end : 0,
  }
}

/** A DER value says its own length; the rest of its place is zeros. */
function withoutPadding(der: Buffer): Buffer {
  const first = der[1] ?? 0
  if (first < 0x80) return der.subarray(0, first + 2)
  const count = first & 0x7f
  if (count === 0 || count > 4 || der.length < 2 + count) return der
  return der.subarray(0, 2 + count + der.readUIntBE(2, count))
}

/** Text of people's letters, whichever way it was written. */
function textOf(value: PdfValue | undefined): string {
  if (!(value instanceof PdfString)) return ''
  const bytes = Buffer.from(value.bytes, 'latin1')
  const isWide = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0
  return isWide ? bytes.subarray(2).swap16().toString('utf16le') : value.bytes
}

function dateOf(text: string): Date | null {
  const pattern = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'?\d\d'?)?/
  const [, year, month, day, hour, minute, second, zone = 'Z'] = pattern.exec(text) ?? []
  if (!year) return null
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.replace(/'/g, '').slice(3, 5)}`
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(date.getTime()) ? null : date
}
