import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { Increment } from './pdf/increment.ts'
import { PdfFile } from './pdf/pdf-file.ts'
import { PdfName, PdfRef, PdfStream, type PdfDict, type PdfValue } from './pdf/values.ts'

/** What stands in the visible part of a signature. */
export interface StampText {
  name: string
  qualification: string
  /** Already in the words of the reader, e.g. `26/11/2026 17:05`. */
  at: string
  /** E.g. that a certificate is for trials alone. */
  note?: string | undefined
}

const fontOf = (path: string): Buffer => readFileSync(createRequire(import.meta.url).resolve(path))
const regular = fontOf('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf')
const bold = fontOf('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf')

/** Points. */
const stampSize = { width: 240, height: 74 } as const
const a4 = { width: 595.28, height: 841.89 } as const
const margin = 48
const firstRow = 130

/** Where the stamp with this number stands on the page of signatures: two in a row, from the top. */
export function stampPlace(number: number): [number, number, number, number] {
  const left = margin + (number % 2) * (stampSize.width + 18)
  const top = a4.height - firstRow - Math.floor(number / 2) * (stampSize.height + 14)
  return [left, top - stampSize.height, left + stampSize.width, top]
}

/** Draws one page with the two cuts of the font of all documents. */
async function drawn(size: { width: number; height: number }, draw: (page: PDFKit.PDFDocument) => void) {
  const page = new PDFDocument({ size: [size.width, size.height], margin: 0, compress: true })
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>((resolve) => page.on('end', () => resolve()))
  page.registerFont('regular', regular).registerFont('bold', bold)
  draw(page)
  page.end()
  await done
  return new PdfFile(Buffer.concat(chunks))
}

/** The visible part of a signature as a form to be shown by its field; its reference in the increment. */
export async function addStamp(increment: Increment, { name, qualification, at, note }: StampText): Promise<PdfRef> {
  const { width, height } = stampSize
  const from = await drawn(stampSize, (page) => {
    page
      .lineWidth(1)
      .strokeColor('#0b6b4f')
      .rect(0.5, 0.5, width - 1, height - 1)
      .stroke()
    const line = { width: width - 16, lineBreak: false, ellipsis: true } as const
    page.fillColor('#0b6b4f').font('regular').fontSize(9).text('Ký số bởi', 8, 7, line)
    page.fillColor('#111').font('bold').fontSize(12).text(name, 8, 18, line)
    page.font('regular').fontSize(10).text(qualification, 8, 33, line)
    page.text(at, 8, 46, line)
    if (note) page.fillColor('#a12622').fontSize(8).text(note, 8, 60, line)
  })
  const source = firstPage(from)
  const content = from.resolve(source.get('Contents'))
  if (!(content instanceof PdfStream)) throw new Error('a stamp has one content')
  const dict: PdfDict = new Map<string, PdfValue>([
    ['Type', new PdfName('XObject')],
    ['Subtype', new PdfName('Form')],
    ['BBox', [0, 0, width, height]],
    ['Resources', copied(increment, from, source.get('Resources') ?? null)],
  ])
  for (const key of ['Filter', 'DecodeParms']) if (content.dict.has(key)) dict.set(key, content.dict.get(key) ?? null)
  return increment.add(new PdfStream(dict, content.raw))
}

/** Appends the page on which the stamps will stand, before anybody has signed. */
export async function withSignaturePage(bytes: Uint8Array, title: string): Promise<Buffer> {
  const file = new PdfFile(bytes)
  const increment = new Increment(file)
  const from = await drawn(a4, (page) => {
    page
      .font('bold')
      .fontSize(14)
      .text('CHỮ KÝ SỐ', margin, 60, { width: a4.width - 2 * margin, align: 'center' })
    page
      .font('regular')
      .fontSize(11)
      .text(title, margin, 84, { width: a4.width - 2 * margin, align: 'center' })
  })
  const pages = file.dict(file.trailer.get('Root')).get('Pages')
  if (!(pages instanceof PdfRef)) throw new Error('pages stand behind a reference')
  const page = new Map([...firstPage(from)].filter(([key]) => key !== 'Parent'))
  const ref = increment.add(new Map(page).set('Parent', null))
  const copy = copied(increment, from, page)
  increment.set(ref, new Map(copy as PdfDict).set('Parent', pages))
  const tree = file.dict(pages)
  const [kids, count] = [file.array(tree.get('Kids')), file.resolve(tree.get('Count'))]
  increment.set(pages, new Map(tree).set('Kids', [...kids, ref]).set('Count', Number(count) + 1))
  return Buffer.concat([bytes, increment.bytes()])
}

function firstPage(file: PdfFile): PdfDict {
  const pages = file.dict(file.dict(file.trailer.get('Root')).get('Pages'))
  return file.dict(file.array(pages.get('Kids'))[0])
}

/** A value of another file with all it leads to, under numbers of this one. */
function copied(increment: Increment, from: PdfFile, value: PdfValue, seen = new Map<number, PdfRef>()): PdfValue {
  if (value instanceof PdfRef) {
    const known = seen.get(value.num)
    if (known) return known
    const ref = increment.reserve()
    seen.set(value.num, ref)
    increment.set(ref, copied(increment, from, from.resolve(value), seen))
    return ref
  }
  if (Array.isArray(value)) return value.map((one) => copied(increment, from, one, seen))
  if (value instanceof PdfStream) return new PdfStream(copied(increment, from, value.dict, seen) as PdfDict, value.raw)
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, copied(increment, from, one, seen)]))
  return value
}
