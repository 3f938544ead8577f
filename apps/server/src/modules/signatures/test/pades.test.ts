import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDocument } from '../pades/check-document.ts'
import type { Trust } from '../pades/chain.ts'
import { Increment, textString } from '../pades/pdf/increment.ts'
import { PdfFile } from '../pades/pdf/pdf-file.ts'
import type { PdfRef } from '../pades/pdf/values.ts'
import { PdfName, PdfStream, type PdfValue } from '../pades/pdf/values.ts'
import { keySigner, signDocument } from '../pades/sign-document.ts'
import { withSignaturePage } from '../pades/stamp.ts'
import { issueTrial, makeTrialAuthority, trialName, type KeyAndCertificate } from '../pades/trial-authority.ts'

const day = 86_400_000
const now = new Date('2026-11-26T10:00:00Z')
const validity = { from: new Date(now.getTime() - 30 * day), until: new Date(now.getTime() + 365 * day) }
const folder = mkdtempSync(join(tmpdir(), 'moinha-pades-'))
const names = ['Nguyễn Thị Ánh Tuyết', 'Y Bhăm Niê', 'Đỗ Hữu Phước', 'Rơ Châm H’Yéo']

function has(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const hasPdfsig = has('pdfsig', '-v')
if (!hasPdfsig) console.warn('SKIPPED: pdfsig (poppler-utils) is not installed, so nobody else checked our signatures')

let authority: KeyAndCertificate
let trust: Trust
let people: KeyAndCertificate[]
let base: Buffer
/** With so many signatures; the first is without. */
const signed: Buffer[] = []

async function paper(): Promise<Buffer> {
  const page = new PDFDocument({ size: 'A4' })
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>((resolve) => page.on('end', () => resolve()))
  page.text('Bien ban hoi chan so 12/2026').text('No content of this paper may change.')
  page.end()
  await done
  return withSignaturePage(Buffer.concat(chunks), 'Biên bản hội chẩn số 12/2026')
}

async function signBy(bytes: Buffer, person: KeyAndCertificate, name: string): Promise<Buffer> {
  const appended = await signDocument(bytes, {
    signer: keySigner(person.key, [person.certificate, authority.certificate]),
    stamp: { name, qualification: 'Bác sĩ chuyên khoa I', at: '26/11/2026 17:00', note: trialName },
    at: now,
    reason: 'Chủ tọa',
  })
  return Buffer.concat([bytes, appended])
}

beforeAll(async () => {
  authority = await makeTrialAuthority(validity)
  trust = { roots: [{ der: authority.certificate, trial: true }], revocationLists: [] }
  people = await Promise.all(names.map((commonName) => issueTrial(authority, { commonName, validity })))
  base = await paper()
  signed.push(base)
  for (const [index, person] of people.entries())
    signed.push(await signBy(signed[index] ?? base, person, names[index] ?? ''))
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

const bytesWith = (count: number): Buffer => Buffer.from(signed[count] ?? base)
const check = (bytes: Buffer) => checkDocument(bytes, trust, now)

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** What pdfsig says of each signature, and whether all of the document is signed. */
function pdfsig(bytes: Buffer): string[] {
  const said = execFileSync('pdfsig', ['-nocert', file('seen.pdf', bytes)], { encoding: 'utf8' })
  return [...said.matchAll(/Signature Validation: (.*)/g)].map(([, line]) => line ?? '')
}

const pem = (der: Buffer, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

/** openssl's word on the signature with this number: its own reading of the bytes and the chain. */
function openssl(bytes: Buffer, number: number, ...more: string[]): string {
  const { byteRange } = check(bytes).signatures[number] ?? { byteRange: [0, 0, 0, 0] }
  const [, before = 0, after = 0, length = 0] = byteRange
  const hex = bytes.subarray(before + 1, after - 1).toString('latin1')
  const content = Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + length)])
  const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', file('cms.der', Buffer.from(hex, 'hex'))]
  args.push('-content', file('content', content), '-CAfile', file('ca.pem', pem(authority.certificate)))
  args.push('-purpose', 'any', '-out', '/dev/null', ...more)
  try {
    execFileSync('openssl', args, { stdio: 'pipe' })
    return 'holds'
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr)
  }
}
const atNow = ['-attime', String(now.getTime() / 1000)]

describe('one to four signers', () => {
  it.each([1, 2, 3, 4])('%i: each holds over its own bytes, and none but the last covers the whole', (count) => {
    const { signatures, unsignedTail } = check(bytesWith(count))
    expect(signatures.map(({ signer, holds, why }) => ({ signer, holds, why }))).toEqual(
      names.slice(0, count).map((signer) => ({ signer, holds: true, why: null })),
    )
    expect(signatures.map(({ later }) => later)).toEqual([...Array(count - 1).fill('signatures'), 'none'])
    expect(unsignedTail).toBe('none')
    expect(signatures[0]).toMatchObject({ certificate: 'trial', issuer: trialName, timeBy: 'signer', signedAt: now })
  })

  it('a later signature leaves every former byte where it was', () => {
    for (const count of [1, 2, 3, 4])
      expect(
        bytesWith(count)
          .subarray(0, bytesWith(count - 1).length)
          .equals(bytesWith(count - 1)),
      ).toBe(true)
  })

  it.skipIf(!hasPdfsig).each([1, 2, 3, 4])('%i: pdfsig agrees', (count) => {
    expect(pdfsig(bytesWith(count))).toEqual(Array(count).fill('Signature is Valid.'))
  })

  it.each([1, 2, 3, 4])('%i: openssl agrees, its chain included', (count) => {
    for (let number = 0; number < count; number++) expect(openssl(bytesWith(count), number, ...atNow)).toBe('holds')
  })

  it.skipIf(!hasPdfsig)('what is seen of a signature is text that can be read out, in Vietnamese letters', () => {
    const seen = execFileSync('pdftotext', [file('four.pdf', bytesWith(4)), '-'], { encoding: 'utf8' })
    for (const name of names) expect(seen).toContain(name)
    expect(seen).toContain('Bác sĩ chuyên khoa I')
    expect(seen).toContain(trialName)
  })
})

describe('what was done to a document later', () => {
  it('one byte of the text changed: nobody’s signature holds, and pdfsig says the same', () => {
    const bytes = bytesWith(2)
    const at = bytes.indexOf('/MediaBox')
    bytes[at + 11] = (bytes[at + 11] ?? 0) ^ 1
    expect(check(bytes).signatures.map(({ why }) => why)).toEqual(['bytes_changed', 'bytes_changed'])
    if (hasPdfsig) expect(pdfsig(bytes)).toEqual(Array(2).fill('Digest Mismatch.'))
    expect(openssl(bytes, 0, ...atNow)).toContain('verification failure')
  })

  it('a byte changed after the first signature touches the second alone', () => {
    const bytes = bytesWith(2)
    const at = bytes.indexOf('/Reason', bytesWith(1).length)
    bytes[at + 12] = bytes[at + 12] === 0x30 ? 0x31 : 0x30
    expect(check(bytes).signatures.map(({ holds }) => holds)).toEqual([true, false])
  })

  it('a byte of the signature value itself', () => {
    const bytes = bytesWith(1)
    const { byteRange } = check(bytes).signatures[0] ?? { byteRange: [0, 0, 0, 0] }
    const at = (byteRange[1] ?? 0) + 1 + 2 * 20
    bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30
    expect(check(bytes).signatures[0]).toMatchObject({ holds: false })
  })

  it('a signature that was taken out: what is left shows that it was there', () => {
    const bytes = bytesWith(2)
    const pdf = new PdfFile(bytes)
    const update = new Increment(pdf)
    const form = pdf.dict(pdf.trailer.get('Root')).get('AcroForm') as PdfRef
    update.set(form, new Map(pdf.dict(form)).set('Fields', pdf.array(pdf.dict(form).get('Fields')).slice(0, 1)))
    const shown = check(Buffer.concat([bytes, update.bytes()]))
    expect(shown).toMatchObject({ removed: 1, unsignedTail: 'content' })
    expect(shown.signatures.map(({ signer }) => signer)).toEqual(names.slice(0, 1))
    expect(check(bytes).removed).toBe(0)
  })

  it('a hidden later update of the text: its bytes hold, what is seen does not', () => {
    const bytes = bytesWith(1)
    const pdf = new PdfFile(bytes)
    const update = new Increment(pdf)
    const pages = pdf.dict(pdf.dict(pdf.trailer.get('Root')).get('Pages'))
    const first = pdf.array(pages.get('Kids'))[0] as PdfRef
    const contents = pdf.dict(first).get('Contents') as PdfRef
    update.set(contents, new PdfStream(new Map<string, PdfValue>(), Buffer.from('BT ET')))
    const changed = Buffer.concat([bytes, update.bytes()])
    expect(check(changed).signatures).toMatchObject([{ holds: false, why: 'content_changed_later', later: 'content' }])
  })

  it('an empty field laid over a page, and bytes behind the end, are no signature of anybody', () => {
    const bytes = bytesWith(1)
    const pdf = new PdfFile(bytes)
    const update = new Increment(pdf)
    const pages = pdf.dict(pdf.dict(pdf.trailer.get('Root')).get('Pages'))
    const first = pdf.array(pages.get('Kids'))[0] as PdfRef
    const cover = new Map<string, PdfValue>([['Subtype', new PdfName('FreeText')]]).set('Contents', textString('x'))
    update.set(first, new Map(pdf.dict(first)).set('Annots', [update.add(cover)]))
    expect(check(Buffer.concat([bytes, update.bytes()])).signatures).toMatchObject([{ why: 'content_changed_later' }])
    expect(check(Buffer.concat([bytes, Buffer.from('\n% and more\n')])).unsignedTail).toBe('unsigned')
  })

  it('a range that leaves out more than the value is no signature', () => {
    const bytes = bytesWith(1)
    const at = bytes.indexOf('/ByteRange[0 ') + '/ByteRange[0 '.length
    bytes.write('0000000100', at, 'latin1')
    expect(check(bytes).signatures).toMatchObject([{ holds: false, why: 'range' }])
  })
})

describe('certificates', () => {
  it('expired when it signed: not even its own clock saves it, and openssl says so', async () => {
    const old = { from: new Date(now.getTime() - 20 * day), until: new Date(now.getTime() - day) }
    const person = await issueTrial(authority, { commonName: 'Hết Hạn', validity: old })
    const bytes = await signBy(base, person, 'Hết Hạn')
    expect(check(bytes).signatures).toMatchObject([{ holds: false, why: 'expired', certificate: 'expired' }])
    expect(openssl(bytes, 0, ...atNow)).toContain('expired')
  })

  it('of an authority nobody here believes', () => {
    const { signatures } = checkDocument(bytesWith(1), { roots: [], revocationLists: [] }, now)
    expect(signatures).toMatchObject([{ holds: false, why: 'unknown_issuer' }])
  })

  it('revoked before it signed, or later: without a time stamp nobody knows which', () => {
    const bytes = bytesWith(1)
    const with1 = (at: Date) => checkDocument(bytes, { ...trust, revocationLists: [crl(at)] }, now).signatures[0]
    expect(with1(new Date(now.getTime() - day))).toMatchObject({ holds: false, why: 'revoked', revocation: 'revoked' })
    const later = new Date(now.getTime() + day)
    expect(with1(later)).toMatchObject({ holds: false, why: 'revoked', revokedAt: later })
    expect(openssl(bytes, 0, ...atNow, '-crl_check', '-certfile', file('x.pem', pem(authority.certificate)))).toContain(
      'CRL',
    )
  })
})

/** openssl's own list, naming the first person's certificate. */
function crl(at: Date): Buffer {
  const stamp = (date: Date): string => `${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`
  const serial = check(bytesWith(1)).signatures[0]?.serial.toUpperCase() ?? ''
  const index = `R\t${stamp(validity.until)}\t${stamp(at)}\t${serial}\tunknown\t/CN=x\n`
  const config = `[ca]\ndefault_ca=c\n[c]\ndatabase=${file('index.txt', index)}\ndefault_md=sha256\n`
  const args = ['ca', '-gencrl', '-config', file('ca.cnf', config), '-cert', file('ca.pem', pem(authority.certificate))]
  args.push('-keyfile', file('ca.key', pem(authority.key, 'PRIVATE KEY')), '-crldays', '3650')
  const list = execFileSync('openssl', args, { stdio: 'pipe' }).toString()
  return Buffer.from(list.replace(/-----.*-----|\s/g, ''), 'base64')
}
