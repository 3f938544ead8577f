import PDFDocument from 'pdfkit'
import { beforeAll, expect, it } from 'vitest'
import { checkDocument } from '../pades/check-document.ts'
import { Increment, textString } from '../pades/pdf/increment.ts'
import { PdfFile } from '../pades/pdf/pdf-file.ts'
import { PdfName, PdfRef, PdfStream, type PdfDict, type PdfValue } from '../pades/pdf/values.ts'
import { keySigner, signDocument } from '../pades/sign-document.ts'
import { withSignaturePage } from '../pades/stamp.ts'
import { issueTrial, makeTrialAuthority, type KeyAndCertificate } from '../pades/trial-authority.ts'

// what somebody lays over a signed paper without touching a byte of it

const now = new Date('2026-11-26T10:00:00Z')
const day = 86_400_000
const validity = { from: new Date(now.getTime() - day), until: new Date(now.getTime() + day) }
let authority: KeyAndCertificate
let bytes: Buffer

async function signed(paper: Buffer): Promise<Buffer> {
  const { key, certificate } = await issueTrial(authority, { commonName: 'Y Bhăm Niê', validity })
  const stamp = { name: 'Y Bhăm Niê', qualification: '', at: '' }
  const signer = keySigner(key, [certificate])
  return Buffer.concat([paper, await signDocument(paper, { signer, stamp, at: now, reason: '' })])
}

beforeAll(async () => {
  authority = await makeTrialAuthority(validity)
  const page = new PDFDocument({ size: 'A4' })
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>((resolve) => page.on('end', () => resolve()))
  page.text('Amoxicillin 500 mg').end()
  await done
  bytes = await signed(await withSignaturePage(Buffer.concat(chunks), 'Đơn thuốc'))
})

const laters = (paper: Buffer) =>
  checkDocument(paper, { roots: [{ der: authority.certificate, trial: true }], revocationLists: [] }, now).signatures

const firstOf = (paper: Buffer) => laters(paper).find(({ field }) => field === 'Signature1')

const pagesOf = (pdf: PdfFile): PdfRef[] =>
  pdf.array(pdf.dict(pdf.dict(pdf.trailer.get('Root')).get('Pages')).get('Kids')).filter((one) => one instanceof PdfRef)

interface Cover {
  page: 'first' | 'last'
  value: PdfValue | ((update: Increment) => PdfValue)
  isListed: boolean
}

/** An update that lays a white field over a page. */
function covered(paper: Buffer, { page, value, isListed }: Cover): Buffer {
  const pdf = new PdfFile(paper)
  const update = new Increment(pdf)
  const box = new Map<string, PdfValue>([['Type', new PdfName('XObject')]])
  box.set('Subtype', new PdfName('Form')).set('BBox', [0, 0, 595, 841])
  const look = update.add(new PdfStream(box, Buffer.from('1 g 0 0 595 841 re f')))
  const widget: PdfDict = new Map<string, PdfValue>([['Type', new PdfName('Annot')]])
  widget.set('Subtype', new PdfName('Widget')).set('FT', new PdfName('Sig')).set('T', textString('x'))
  widget.set('Rect', [0, 0, 595, 841]).set('AP', new Map<string, PdfValue>([['N', look]]))
  const field = update.add(widget.set('V', typeof value === 'function' ? value(update) : value))
  const at = pagesOf(pdf).at(page === 'first' ? 0 : -1) ?? new PdfRef(0)
  const former = pdf.dict(at)
  update.set(at, new Map(former).set('Annots', [...pdf.array(former.get('Annots')), field]))
  const form = pdf.dict(pdf.trailer.get('Root')).get('AcroForm') as PdfRef
  const fields = pdf.array(pdf.dict(form).get('Fields'))
  if (isListed) update.set(form, new Map(pdf.dict(form)).set('Fields', [...fields, field]))
  return Buffer.concat([paper, update.bytes()])
}

const formerValue = (): PdfValue => {
  const pdf = new PdfFile(bytes)
  const form = pdf.dict(pdf.dict(pdf.trailer.get('Root')).get('AcroForm'))
  return pdf.dict(pdf.array(form.get('Fields'))[0]).get('V') ?? null
}

it('a further signature on the page of signatures leaves the former one standing', async () => {
  expect(laters(await signed(bytes))).toMatchObject([{ holds: true, later: 'signatures' }, { holds: true }])
})

it.each<[string, Cover]>([
  ['an empty field of the form', { page: 'last', value: null, isListed: true }],
  ['an empty field that the form does not name', { page: 'last', value: null, isListed: false }],
  ['an empty field over the text', { page: 'first', value: null, isListed: false }],
  ['a field with no signature in its value', { page: 'last', value: (of) => of.add(new Map()), isListed: true }],
  ['a value that stands for nothing', { page: 'last', value: new Map<string, PdfValue>(), isListed: true }],
])('%s covers what was signed', (_, cover) => {
  expect(firstOf(covered(bytes, cover))).toMatchObject({ holds: false, why: 'content_changed_later' })
})

it.each<Cover['page']>(['first', 'last'])('a field the form does not name, with a true signature: %s page', (page) => {
  const paper = covered(bytes, { page, value: formerValue(), isListed: false })
  expect(firstOf(paper)).toMatchObject({ holds: false, why: 'content_changed_later' })
})

it('a true later signature whose look covers the text of the first page', () => {
  const paper = covered(bytes, { page: 'first', value: formerValue(), isListed: true })
  expect(firstOf(paper)).toMatchObject({ holds: false, why: 'content_changed_later' })
})
