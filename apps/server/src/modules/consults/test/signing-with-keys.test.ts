import * as contract from '@moinha/contracts/consults'
import * as signing from '@moinha/contracts/signatures'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { rowsOf, submitted, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let nurse: TestClient
let internist: TestClient
const passphrase = 'Một mật khẩu dài 12'
const tokens = { nurse: '', internist: '' }
const folder = mkdtempSync(join(tmpdir(), 'moinha-signed-'))
const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined
if (!hasPdftotext) console.warn('SKIPPED: pdftotext (poppler-utils) is not installed, so no title in a stamp was read')

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  internist = await bed.as('districtSpecialist')
}, 120_000)
afterAll(async () => {
  await bed.close()
  rmSync(folder, { recursive: true })
})

type Members = contract.MinutesContent['members']

async function laidOut(change = (members: Members): Members => members) {
  const story = await submitted(nurse)
  const consult = await internist.call(contract.accept, { params: { id: story.id } })
  const params = { id: story.id, minutesId: randomUUID() }
  const minutes = wholeMinutes(consult)
  await internist.call(contract.saveMinutes, { params, body: { ...minutes, members: change(minutes.members) } })
  const proposed = await internist.call(contract.proposeMinutes, { params })
  return { ...story, consult, params, contentHash: proposed.minutes?.contentHash ?? '' }
}
type Laid = Awaited<ReturnType<typeof laidOut>>

const signChair = ({ params, contentHash }: Laid, unlocking?: string) =>
  internist.try(contract.signMinutes, { params, body: { contentHash, unlocking } })
const signRequester = ({ params, contentHash }: Laid, unlocking?: string) =>
  nurse.try(contract.signMinutes, { params, body: { contentHash, decision: 'accepts', unlocking } })
const methodsOf = (body: contract.Consult) => body.minutes?.signatures.map(({ method }) => method)

async function pdfOf({ params }: Laid): Promise<Buffer> {
  const reply = await bed.app.inject({
    method: 'GET',
    url: `/api/consults/${params.id}/minutes/${params.minutesId}/signed.pdf`,
    headers: { ...nurse.credentials },
  })
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
  return reply.rawPayload
}

/** What a stranger sees. */
async function checked(bytes: Buffer) {
  const reply = await bed.app.inject({
    method: 'POST',
    url: '/api/signed-documents/check',
    headers: { 'content-type': 'application/pdf', 'x-moinha': '1' },
    payload: bytes,
  })
  return { status: reply.statusCode, body: reply.json<signing.CheckedDocument & { code?: string; params?: object }>() }
}

async function unlock(client: TestClient): Promise<string> {
  await client.call(signing.addTrialKey, { body: { id: randomUUID(), passphrase } })
  return (await client.call(signing.unlockKey, { body: { passphrase } })).token
}

it('without a key a signature is a click as before, and there is no signed paper', async () => {
  const laid = await laidOut()
  const { status, body } = await signChair(laid)
  expect([status, methodsOf(body)]).toEqual([200, ['click']])
  const none = await nurse.try(contract.signedMinutesPdf, { params: laid.params })
  expect(none.problem?.code).toBe('MINUTES_NOT_SIGNED_DIGITALLY')
})

it('a key has its owner’s passphrase, says that it is for trials, and opens for nobody else', async () => {
  tokens.internist = await unlock(internist)
  tokens.nurse = await unlock(nurse)
  const { key } = await internist.call(signing.readKey)
  expect(key).toMatchObject({ issuer: 'Mọi Nhà – chứng thư THỬ NGHIỆM', isTrial: true })
  const wrong = await internist.try(signing.unlockKey, { body: { passphrase: 'mot mat khau khac' } })
  expect(wrong.problem?.code).toBe('KEY_PASSPHRASE_WRONG')
  const laid = await laidOut()
  for (const token of [undefined, 'x'.repeat(43), tokens.nurse])
    expect((await signChair(laid, token)).problem?.code).toBe('SIGNING_LOCKED')
  expect(await rowsOf(bed, 'select 1 from signatures.request where subject_id = $1', [laid.params.minutesId])).toEqual(
    [],
  )
})

it('nothing of a key lies open in the database', async () => {
  const rows = await rowsOf<{ sealed: Buffer }>(bed, 'select sealed from signatures.signing_key', [])
  const unlocked = await rowsOf<{ sealed: Buffer }>(bed, 'select sealed from signatures.unlocking', [])
  expect(rows.length + unlocked.length).toBeGreaterThanOrEqual(4)
  // a PKCS#8 of RSA begins so
  for (const { sealed } of [...rows, ...unlocked])
    expect(sealed.includes(Buffer.from('06092a864886f70d010101', 'hex'))).toBe(false)
})

it('three signatures of two people under one paper; the last locks it, and anybody can check it', async () => {
  const laid = await laidOut()
  expect(methodsOf((await signChair(laid, tokens.internist)).body)).toEqual(['pades'])
  const first = await pdfOf(laid)
  const { body } = await signRequester(laid, tokens.nurse)
  expect([body.status, methodsOf(body)]).toEqual(['signed', ['pades', 'pades', 'pades']])
  const bytes = await pdfOf(laid)
  expect(bytes.subarray(0, first.length).equals(first)).toBe(true)
  const seen = await checked(bytes)
  expect(seen.status).toBe(200)
  expect(seen.body).toMatchObject({ unsignedTail: 'none', removed: 0 })
  expect(seen.body.signatures.map(({ holds, certificate }) => [holds, certificate])).toEqual(
    Array(3).fill([true, 'trial']),
  )
  expect(seen.body.signatures[2]?.reason).toContain('Người đề nghị: đồng ý')
  writeFileSync(join(folder, 'minutes.pdf'), bytes)
  const changed = Buffer.from(bytes)
  const at = changed.indexOf('/MediaBox') + 12
  changed[at] = (changed[at] ?? 0) ^ 1
  expect((await checked(changed)).body.signatures.map(({ why }) => why)).toEqual(Array(3).fill('bytes_changed'))
  await expect(
    bed.owner.query(
      `insert into signatures.revision select document_id, 9, bytes, null, now() from signatures.revision r
        join signatures.document d on d.id = r.document_id where d.subject_id = $1 and number = 0`,
      [laid.params.minutesId],
    ),
  ).rejects.toThrow(/locked|check/)
})

it('the stamp names the holder of the certificate and their title in the register, not what the drafter typed', async () => {
  const typed = { name: 'Người Khác', title: 'Giáo sư tự phong' }
  const laid = await laidOut((members) => members.map((member) => ({ ...member, ...typed })))
  expect((await signChair(laid, tokens.internist)).status).toBe(200)
  const bytes = await pdfOf(laid)
  const { key } = await internist.call(signing.readKey)
  const [, name = ''] = /\/Name<feff([0-9a-f]+)>/.exec(bytes.toString('latin1')) ?? []
  expect(Buffer.from(name, 'hex').swap16().toString('utf16le')).toBe(key?.holder)
  if (!hasPdftotext) return
  writeFileSync(join(folder, 'stamped.pdf'), bytes)
  const seen = execFileSync('pdftotext', [join(folder, 'stamped.pdf'), '-'], { encoding: 'utf8' })
  const stamp = seen.slice(seen.indexOf('Ký số bởi'))
  const [role] = await rowsOf<{ title: string }>(
    bed,
    `select r.title from identity.practitioner_role r join signatures.signing_key k on k.person_id = r.person_id
      where k.id = $1`,
    [key?.id],
  )
  expect(stamp).toContain(role?.title)
  expect(stamp).not.toMatch(/Người Khác|tự phong/)
})

it('two who sign at one moment: both signatures stand, each over what came before, none twice', async () => {
  const laid = await laidOut()
  const answers = await Promise.all([
    signChair(laid, tokens.internist),
    signRequester(laid, tokens.nurse),
    signChair(laid, tokens.internist),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  const { signatures, unsignedTail } = (await checked(await pdfOf(laid))).body
  expect([signatures.length, unsignedTail, signatures.every(({ holds }) => holds)]).toEqual([3, 'none', true])
  const revisions = await rowsOf<{ number: number }>(
    bed,
    `select number from signatures.revision r join signatures.document d on d.id = r.document_id
      where d.subject_id = $1 order by number`,
    [laid.params.minutesId],
  )
  expect(revisions.map(({ number }) => number)).toEqual([0, 1, 2, 3])
})

it('signs all that waits with one unlocking; what asks for a decision is read first', async () => {
  const [one, two] = [await laidOut(), await laidOut()]
  const mine = (await internist.call(signing.listWaiting)).items
  const ours = mine.filter(({ subjectId }) => [one, two].some(({ params }) => params.minutesId === subjectId))
  expect(ours).toMatchObject([{ kind: 'minutes', needsDecision: false }, { path: `/work/consults/${two.id}` }])
  for (const { kind, subjectId } of ours) {
    const send = () =>
      internist.call(signing.signWaiting, { params: { kind, subjectId }, body: { unlocking: tokens.internist } })
    expect([await send(), await send()]).toEqual([{ state: 'signed' }, { state: 'signed' }])
  }
  expect(
    (await internist.call(signing.listWaiting)).items.some(({ subjectId }) => subjectId === one.params.minutesId),
  ).toBe(false)
  const nurses = (await nurse.call(signing.listWaiting)).items.find(
    ({ subjectId }) => subjectId === one.params.minutesId,
  )
  expect(nurses?.needsDecision).toBe(true)
  const params = { kind: 'minutes', subjectId: one.params.minutesId }
  const undecided = await nurse.try(signing.signWaiting, { params, body: { unlocking: tokens.nurse } })
  expect(undecided.problem?.code).toBe('MINUTES_DECISION_MISSING')
  expect((await checked(await pdfOf(two))).body.signatures).toHaveLength(1)
})

it('locked again, and given up: nothing more is signed with it', async () => {
  await internist.call(signing.lockKey)
  const laid = await laidOut()
  expect((await signChair(laid, tokens.internist)).problem?.code).toBe('SIGNING_LOCKED')
  const { key } = await internist.call(signing.readKey)
  await internist.call(signing.removeKey, { params: { id: key?.id ?? '' } })
  expect((await internist.try(signing.unlockKey, { body: { passphrase } })).problem?.code).toBe('SIGNING_KEY_MISSING')
  expect(methodsOf((await signChair(laid)).body)).toEqual(['click'])
  expect((await rowsOf(bed, 'select 1 from signatures.signing_key where sealed is null', [])).length).toBe(1)
})

it('what cannot be read as a document is refused with the reason', async () => {
  expect(await checked(Buffer.from('no document'))).toMatchObject({ status: 422, body: { code: 'PDF_UNREADABLE' } })
})

/** A PKCS#12 of openssl's own, with this name and these options. */
function keyFile(name: string, ...options: string[]): string {
  const path = (file: string): string => join(folder, file)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-utf8',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    path('k'),
    '-out',
    path('c'),
  )
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    path('k'),
    '-in',
    path('c'),
    '-passout',
    'pass:123456',
    '-out',
    path('p'),
    ...options,
  )
  return execFileSync('base64', ['-w0', path('p')], { encoding: 'utf8' })
}

it('a key file: a wrong passphrase, a foreign name, an authority nobody believes, no key file at all', async () => {
  const add = async (file: string, filePassphrase: string) =>
    (await internist.try(signing.addKey, { body: { id: randomUUID(), file, filePassphrase, passphrase } })).problem
      ?.code
  const foreign = keyFile('Người Khác')
  expect(await add(foreign, '654321')).toBe('KEY_PASSPHRASE_WRONG')
  expect(await add(foreign, '123456')).toBe('KEY_OF_ANOTHER')
  expect(await add(Buffer.from('x').toString('base64'), '123456')).toBe('KEY_FILE_UNREADABLE')
  const [me] = await rowsOf<{ name: string }>(
    bed,
    'select holder as name from signatures.signing_key where sealed is null',
    [],
  )
  expect(await add(keyFile(me?.name.toUpperCase() ?? ''), '123456')).toBe('KEY_ISSUER_UNKNOWN')
  expect(await add(keyFile(me?.name ?? '', '-legacy'), '123456')).toBe('KEY_ISSUER_UNKNOWN')
  expect(await add(keyFile(me?.name ?? '', '-iter', '1100000'), '123456')).toBe('KEY_FILE_UNREADABLE')
  expect(await rowsOf(bed, 'select 1 from signatures.signing_key where not is_trial', [])).toEqual([])
}, 30_000)

it('a key of a believed authority is kept and signs, until its authority’s list says that it is revoked', async () => {
  const [me] = await rowsOf<{ name: string }>(
    bed,
    'select holder as name from signatures.signing_key where sealed is null',
    [],
  )
  let list: Buffer | undefined
  const lists = createServer((_, reply) => reply.writeHead(list ? 200 : 503).end(list))
  await new Promise<void>((resolve) => lists.listen(0, '127.0.0.1', resolve))
  const { file, revoke } = await issuedKey(me?.name ?? '', (lists.address() as AddressInfo).port)
  Object.assign(bed.platform.config, { SIGNING_ROOTS: join(folder, 'ca.pem') })
  const body = { id: randomUUID(), file, filePassphrase: '123456', passphrase }
  const short = await internist.try(signing.addKey, { body: { ...body, passphrase: '123456' } })
  expect(short.problem?.code).toBe('INVALID_INPUT')
  expect((await internist.call(signing.addKey, { body })).key).toMatchObject({ isTrial: false, holder: me?.name })
  const { token } = await internist.call(signing.unlockKey, { body: { passphrase } })
  const laid = await laidOut()
  const sweep = () =>
    bed.platform.jobs.sweeps.find(({ name }) => name === 'signatures.revocation-lists')?.run() ?? Promise.resolve()
  await sweep()
  expect(methodsOf((await signChair(laid, token)).body)).toEqual(['pades'])
  const [seen] = (await checked(await pdfOf(laid))).body.signatures
  expect(seen).toMatchObject({ holds: true, certificate: 'trusted', revocation: 'unknown' })
  list = revoke()
  await sweep()
  lists.close()
  list = undefined
  // the last known list counts, whether it still answers or not
  await sweep()
  expect((await signChair(await laidOut(), token)).problem?.code).toBe('KEY_REVOKED')
})

/** A key file of an authority of openssl's own that names its list at this port. */
async function issuedKey(name: string, port: number) {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd: folder })
  const extensions = `crlDistributionPoints=URI:http://127.0.0.1:${port}/list\nbasicConstraints=CA:FALSE\n`
  writeFileSync(join(folder, 'ext'), extensions)
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'ca.cnf'), '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\n')
  const subject = (text: string): string[] => ['-nodes', '-newkey', 'rsa:2048', '-utf8', '-subj', `/CN=${text}`]
  openssl('req', '-x509', ...subject('CA'), '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl('req', ...subject(name), '-keyout', 'own.key', '-out', 'own.csr')
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
  openssl('x509', '-req', '-in', 'own.csr', ...by, '-extfile', 'ext', '-out', 'own.pem')
  const pass = ['-passout', 'pass:123456']
  openssl('pkcs12', '-export', '-inkey', 'own.key', '-in', 'own.pem', '-certfile', 'ca.pem', ...pass, '-out', 'own.p12')
  const by2 = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key']
  return {
    file: readFileSync(join(folder, 'own.p12')).toString('base64'),
    revoke(): Buffer {
      openssl('ca', ...by2, '-revoke', 'own.pem')
      openssl('ca', ...by2, '-gencrl', '-crldays', '30', '-out', 'list.pem')
      return openssl('crl', '-in', 'list.pem', '-outform', 'DER')
    },
  }
}
