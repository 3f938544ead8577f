import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { checkDocument } from '../pades/check-document.ts'
import { largestPdfBytes } from '../pades/pdf/pdf-file.ts'

const check = (bytes: Buffer | string) =>
  checkDocument(Buffer.from(bytes), { roots: [], revocationLists: [] }, new Date('2026-11-26T10:00:00Z'))

/** A file with these objects and a table that leads to them. */
function pdf(objects: readonly (string | Buffer)[], trailer = '/Root 1 0 R'): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [index, object] of objects.entries()) {
    offsets.push(length())
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'))
  }
  const start = length()
  const lines = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(Buffer.from(`xref\n1 ${objects.length}\n${lines}trailer\n<<${trailer}/Size ${objects.length + 1}>>\n`))
  return Buffer.concat([...parts, Buffer.from(`startxref\n${start}\n%%EOF\n`)])
}

function streamOf(dict: string, bytes: Buffer): Buffer {
  const head = `<<${dict}/Length ${bytes.length}/Filter/FlateDecode>>\nstream\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')])
}

it('what is no PDF, or cut off, or of another kind', () => {
  for (const bytes of ['', 'hello', '%PDF-1.7\n', 'PK\x03\x04'.repeat(100)])
    expect(() => check(bytes)).toThrow('not_pdf')
  expect(() => check('%PDF-1.7\nstartxref\n99999\n%%EOF')).toThrow('broken')
  expect(() => check(pdf(['<</Pages 2 0 R']))).toThrow('broken')
  expect(() => check(pdf(['<<>>'], '/Encrypt 1 0 R/Root 1 0 R'))).toThrow('encrypted')
})

it('a document without a signature says so', () => {
  expect(check(pdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Kids[]/Count 0>>']))).toMatchObject({
    signatures: [],
    unsignedTail: 'unsigned',
  })
})

it('a bomb: a little that unfolds to a lot is not unfolded', () => {
  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024))
  const before = process.memoryUsage().arrayBuffers
  const head = '%PDF-1.7\n'
  const section = streamOf('/Type/XRef/W[1 4 2]/Size 1/Root 1 0 R', bomb)
  const bytes = Buffer.concat([
    Buffer.from(`${head}1 0 obj\n`),
    section,
    Buffer.from(`\nendobj\nstartxref\n${head.length}\n%%EOF`),
  ])
  expect(bytes.length).toBeLessThan(100_000)
  expect(() => check(bytes)).toThrow('too_much')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024)
})

it('nesting without end, references in a ring, sections that lead to themselves', () => {
  const deep = `<</AcroForm ${'['.repeat(100_000)}>>`
  expect(() => check(pdf([deep]))).toThrow('too_deep')
  expect(() => check(pdf(['<</AcroForm 2 0 R>>', '3 0 R', '2 0 R']))).toThrow('too_deep')
  const own = pdf(['<<>>']).toString('latin1')
  const start = own.lastIndexOf('xref\n1')
  expect(() => check(own.replace('/Size 2', `/Size 2/Prev ${start}`))).toThrow('too_much')
})

it('fields that hold themselves, a table of millions, a name or text that never ends', () => {
  const ring = pdf(['<</AcroForm<</Fields[2 0 R]>>>>', '<</FT/Sig/Kids[2 0 R 2 0 R 2 0 R]>>'])
  expect(check(ring).signatures).toEqual([])
  const table = pdf(['<<>>']).toString('latin1').replace('xref\n1 1', 'xref\n1 9999999')
  expect(() => check(table)).toThrow('too_much')
  expect(() => check(pdf([`<</AcroForm (${'('.repeat(500_000)}`]))).toThrow('broken')
  expect(() => check(pdf([`<</AcroForm <${'a'.repeat(500_000)}`]))).toThrow('broken')
})

it('what is larger than any document of ours', () => {
  expect(() => check(Buffer.alloc(largestPdfBytes + 1))).toThrow('too_big')
})
