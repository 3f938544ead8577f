import { createHash } from 'node:crypto'
import { Increment, textString, Verbatim } from './pdf/increment.ts'
import { PdfFile } from './pdf/pdf-file.ts'
import { PdfName, PdfRef, UnreadablePdf, type PdfDict, type PdfValue } from './pdf/values.ts'
import { addStamp, stampPlace, type StampText } from './stamp.ts'

export interface PlaceInput {
  stamp: StampText
  /** Of the signer, by their own clock: `/M`, since CMS carries no time in PAdES (ETSI EN 319 142-1 §6.3). */
  at: Date
  reason: string
  /** Room for the CMS. */
  cmsBytes: number
}

/** A signature with an empty place for its value. */
export interface PlacedSignature {
  /** What is appended to the file. */
  appended: Buffer
  /** Where the value goes, in `appended`: the first hexadecimal digit. */
  valueAt: number
  valueBytes: number
  byteRange: readonly [number, number, number, number]
  /** SHA-256 of all bytes but the value. */
  digest: Buffer
}

/** Ten digits: any file this module reads. */
const emptyRange = '[0 0000000000 0000000000 0000000000]'

/** Appends a signature field with its stamp; every byte that stood there, former signatures among them, stays. */
export async function placeSignature(bytes: Uint8Array, input: PlaceInput): Promise<PlacedSignature> {
  const file = new PdfFile(bytes)
  const increment = new Increment(file)
  const value = increment.add(new Verbatim(signatureText(input)))
  await addField(file, increment, value, input.stamp)
  const appended = increment.bytes()
  return withRange(bytes, appended, input.cmsBytes)
}

/** The appended bytes with the value in its place. */
export function fillSignature({ appended, valueAt, valueBytes }: PlacedSignature, cms: Uint8Array): Buffer {
  if (cms.length > valueBytes) throw new Error(`a CMS of ${cms.length} bytes in a place for ${valueBytes}`)
  const filled = Buffer.from(appended)
  filled.write(Buffer.from(cms).toString('hex'), valueAt, 'latin1')
  return filled
}

function signatureText({ stamp, at, reason, cmsBytes }: PlaceInput): string {
  const text = (value: string): string => `<${Buffer.from(textString(value).bytes, 'latin1').toString('hex')}>`
  return [
    '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached',
    `/ByteRange${emptyRange}/Contents<${'0'.repeat(cmsBytes * 2)}>`,
    `/M(${pdfDate(at)})/Name${text(stamp.name)}/Reason${text(reason)}>>`,
  ].join('')
}

const pdfDate = (at: Date): string => `D:${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`

async function addField(file: PdfFile, increment: Increment, value: PdfRef, stamp: StampText): Promise<void> {
  const root = rootOf(file)
  const catalog = file.dict(root)
  const page = lastPage(file, catalog)
  const former = catalog.get('AcroForm')
  const form = former ? file.dict(former) : new Map<string, PdfValue>()
  const fields = file.array(form.get('Fields'))
  const number = fields.length
  const widget: PdfDict = new Map<string, PdfValue>([
    ['Type', new PdfName('Annot')],
    ['Subtype', new PdfName('Widget')],
    ['FT', new PdfName('Sig')],
    ['T', textString(`Signature${number + 1}`)],
    ['V', value],
    ['Rect', stampPlace(number)],
    ['P', page],
    // printed, and not to be moved (ISO 32000-1 §12.5.3)
    ['F', 132],
    ['AP', new Map<string, PdfValue>([['N', await addStamp(increment, stamp)]])],
  ])
  const field = increment.add(widget)
  // SigFlags: there are signatures, and only appending keeps them (ISO 32000-1 §12.7.2)
  const nextForm = new Map(form).set('Fields', [...fields, field]).set('SigFlags', 3)
  if (former instanceof PdfRef) increment.set(former, nextForm)
  else increment.set(root, new Map(catalog).set('AcroForm', increment.add(nextForm)))
  const shown = file.dict(page)
  increment.set(page, new Map(shown).set('Annots', [...file.array(shown.get('Annots')), field]))
}

function rootOf(file: PdfFile): PdfRef {
  const root = file.trailer.get('Root')
  if (!(root instanceof PdfRef)) throw new UnreadablePdf('broken')
  return root
}

function lastPage(file: PdfFile, catalog: PdfDict): PdfRef {
  let at: PdfValue | undefined = catalog.get('Pages')
  for (let depth = 0; depth < 16; depth++) {
    const node = file.dict(at)
    if (!node.has('Kids') && at instanceof PdfRef) return at
    at = file.array(node.get('Kids')).at(-1)
  }
  throw new UnreadablePdf('too_deep')
}

function withRange(bytes: Uint8Array, appended: Buffer, cmsBytes: number): PlacedSignature {
  const rangeAt = appended.indexOf(`/ByteRange${emptyRange}`) + '/ByteRange'.length
  const bracketAt = rangeAt + emptyRange.length + '/Contents'.length
  const before = bytes.length + bracketAt
  const after = before + cmsBytes * 2 + 2
  const byteRange = [0, before, after, bytes.length + appended.length - after] as const
  const digits = byteRange.slice(1).map((number) => String(number).padStart(10, '0'))
  appended.write(`[0 ${digits.join(' ')}]`, rangeAt, 'latin1')
  const digest = createHash('sha256')
    .update(bytes)
    .update(appended.subarray(0, bracketAt))
    .update(appended.subarray(bracketAt + cmsBytes * 2 + 2))
    .digest()
  return { appended, valueAt: bracketAt + 1, valueBytes: cmsBytes, byteRange, digest }
}
