import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as asn1 from 'asn1js'
import PDFDocument from 'pdfkit'
import * as pki from 'pkijs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkDocument } from '../pades/check-document.ts'
import { makeCms, oid, own, sha256 } from '../pades/cms.ts'
import { keySigner, signDocument } from '../pades/sign-document.ts'
import { withSignaturePage } from '../pades/stamp.ts'
import { timeStamperAt } from '../pades/time-stamp.ts'
import { issueTrial, makeTrialAuthority, type KeyAndCertificate } from '../pades/trial-authority.ts'

// the authority of these tests is openssl's own, behind a real socket

const folder = mkdtempSync(join(tmpdir(), 'moinha-tsa-'))
const path = (name: string): string => join(folder, name)
const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { stdio: 'pipe', cwd: folder })
const day = 86_400_000
const validity = { from: new Date(Date.now() - day), until: new Date(Date.now() + 365 * day) }

let answer: (query: Buffer) => Buffer
const server = createServer((request, reply) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => reply.end(answer(Buffer.concat(chunks))))
})
let url = ''
let stampRoot: Buffer
let authority: KeyAndCertificate
let person: KeyAndCertificate

function stampQuery(query: Buffer): Buffer {
  writeFileSync(path('query'), query)
  openssl('ts', '-reply', '-config', 'ts.cnf', '-queryfile', 'query', '-out', 'answer')
  return readFileSync(path('answer'))
}

beforeAll(async () => {
  writeFileSync(
    path('ts.cnf'),
    `[req]\ndistinguished_name=d\nx509_extensions=x\nprompt=no\n[d]\nCN=Test TSA\n[x]\nbasicConstraints=critical,CA:TRUE
keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping
[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\ncerts=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256
default_policy=1.2.3.4\ndigests=sha256\nordering=yes\ntsa_name=no\ness_cert_id_alg=sha256\n`,
  )
  writeFileSync(path('serial'), '01')
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.pem', '-config', 'ts.cnf')
  stampRoot = openssl('x509', '-in', 'tsa.pem', '-outform', 'DER')
  authority = await makeTrialAuthority(validity)
  person = await issueTrial(authority, { commonName: 'Y Bhăm Niê', validity })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

/** A token as somebody makes it with their own key, whatever that key is for. */
async function ownStamp(signature: Uint8Array, { key, certificate }: KeyAndCertificate, at: Date): Promise<Buffer> {
  const hashAlgorithm = new pki.AlgorithmIdentifier({ algorithmId: oid.sha256 })
  const hashedMessage = new asn1.OctetString({ valueHex: own(sha256(signature)) })
  const info = new pki.TSTInfo({
    version: 1,
    policy: '1.2.3.4',
    messageImprint: new pki.MessageImprint({ hashAlgorithm, hashedMessage }),
    serialNumber: new asn1.Integer({ value: 1 }),
    genTime: at,
  })
  const bytes = Buffer.from(info.toSchema().toBER())
  const cms = await makeCms(sha256(bytes), keySigner(key, [certificate]))
  const signed = new pki.SignedData({ schema: new pki.ContentInfo({ schema: asn1.fromBER(own(cms)).result }).content })
  const eContent = new asn1.OctetString({ valueHex: own(bytes) })
  signed.encapContentInfo = new pki.EncapsulatedContentInfo({ eContentType: oid.timeStampInfo, eContent })
  const token = new pki.ContentInfo({ contentType: oid.signedData, content: signed.toSchema(true) })
  return Buffer.from(token.toSchema().toBER())
}

async function stampedPaper(timeStamper = timeStamperAt(url)): Promise<Buffer> {
  const page = new PDFDocument({ size: 'A4' })
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>((resolve) => page.on('end', () => resolve()))
  page.text('x').end()
  await done
  const base = await withSignaturePage(Buffer.concat(chunks), 'x')
  const signer = keySigner(person.key, [person.certificate])
  const stamp = { name: 'Y Bhăm Niê', qualification: '', at: '' }
  const at = new Date(Date.now() - 60_000)
  const appended = await signDocument(base, { signer, stamp, at, reason: '', timeStamper })
  return Buffer.concat([base, appended])
}

it('the time is the authority’s once there is one that is believed (PAdES-B-T)', async () => {
  answer = stampQuery
  const bytes = await stampedPaper()
  const roots = [{ der: authority.certificate, trial: true }]
  const stampRoots = [...roots, { der: stampRoot, trial: false }]
  const [seen] = checkDocument(bytes, { roots: stampRoots, revocationLists: [] }, new Date()).signatures
  expect(seen).toMatchObject({ holds: true, timeBy: 'stamp' })
  expect(Math.abs(Date.now() - Number(seen?.signedAt))).toBeLessThan(20_000)
  const [unbelieved] = checkDocument(bytes, { roots, revocationLists: [] }, new Date()).signatures
  expect(unbelieved).toMatchObject({ holds: true, timeBy: 'signer' })
})

it('a key for signing stamps nothing, though its certificate is of a believed authority', async () => {
  const early = new Date(Date.now() - day / 2)
  const bytes = await stampedPaper((signature) => ownStamp(signature, person, early))
  const roots = [{ der: authority.certificate, trial: false }]
  const [seen] = checkDocument(bytes, { roots, revocationLists: [] }, new Date()).signatures
  expect(seen).toMatchObject({ holds: true, timeBy: 'signer' })
})

it('an authority for trials stamps signatures for trials and no others', async () => {
  answer = stampQuery
  const bytes = await stampedPaper()
  const timeBy = (trial: boolean) => {
    const roots = [
      { der: authority.certificate, trial },
      { der: stampRoot, trial: true },
    ]
    return checkDocument(bytes, { roots, revocationLists: [] }, new Date()).signatures[0]?.timeBy
  }
  expect([timeBy(true), timeBy(false)]).toEqual(['stamp', 'signer'])
})

it('an answer to another question, or none, is not taken', async () => {
  const former = stampQuery
  let kept: Buffer | undefined
  answer = (query) => (kept ??= former(query))
  await stampedPaper()
  await expect(stampedPaper()).rejects.toThrow('something else')
  answer = () => Buffer.from('no')
  await expect(stampedPaper()).rejects.toThrow()
})
