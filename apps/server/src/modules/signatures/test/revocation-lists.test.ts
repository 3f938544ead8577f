import { execFileSync } from 'node:child_process'
import { randomUUID, X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Config } from '../../../platform/config/config.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { judgeCertificate } from '../pades/chain.ts'
import { trialAuthority, trustOf } from '../store/trust.ts'

// authorities of openssl's own, with one name, and the lists they give out

const folder = mkdtempSync(join(tmpdir(), 'moinha-lists-'))
let answer: Buffer | undefined
const server = createServer((_, reply) => reply.writeHead(answer ? 200 : 503).end(answer))
let url = ''
let bed: TestBed

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`
  bed = await openTestBed()
}, 120_000)
afterAll(async () => {
  await bed.close()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

/** An authority with one certificate that names the list at `url`. */
function authority(name: string, ...keyOptions: string[]) {
  const cwd = join(folder, name)
  mkdirSync(cwd)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd })
  writeFileSync(join(cwd, 'ext'), `crlDistributionPoints=URI:${url}\nbasicConstraints=CA:FALSE\n`)
  writeFileSync(join(cwd, 'index.txt'), '')
  writeFileSync(join(cwd, 'ca.cnf'), '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\n')
  openssl('req', '-x509', '-nodes', ...keyOptions, '-subj', '/CN=CA', '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl('req', '-nodes', '-newkey', 'rsa:2048', '-subj', '/CN=x', '-keyout', 'own.key', '-out', 'own.csr')
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
  openssl('x509', '-req', '-in', 'own.csr', ...by, '-extfile', 'ext', '-out', 'own.pem')
  const der = (file: string): Buffer => openssl('x509', '-in', file, '-outform', 'DER')
  const of = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key']
  return {
    root: der('ca.pem'),
    certificate: der('own.pem'),
    revoke: () => openssl('ca', ...of, '-revoke', 'own.pem'),
    /** Given out at this time of the year 2026. */
    list(at: string, digest = 'sha256'): Buffer {
      const span = ['-crl_lastupdate', `2026${at}Z`, '-crl_nextupdate', '20361231000000Z']
      openssl('ca', ...of, '-gencrl', ...span, '-md', digest, '-out', 'list.pem')
      return openssl('crl', '-in', 'list.pem', '-outform', 'DER')
    },
  }
}

const rsa = ['-newkey', 'rsa:2048']
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']

it.each([
  ['rsa-256', rsa, 'sha256'],
  ['rsa-384', rsa, 'sha384'],
  ['rsa-512', rsa, 'sha512'],
  ['ec-256', ec, 'sha256'],
  ['ec-384', ec, 'sha384'],
  ['ec-512', ec, 'sha512'],
])('a list is read whatever it is signed with: %s', (name, keyOptions, digest) => {
  const { root, certificate, revoke, list } = authority(name, ...keyOptions)
  const judged = (bytes: Buffer) => {
    const trust = { roots: [{ der: root, trial: false }], revocationLists: [bytes] }
    return judgeCertificate(certificate, [], new Date(Date.now() + 60_000), trust)
  }
  expect(judged(list('1101000000', digest))).toMatchObject({ status: 'trusted', revocation: 'good' })
  revoke()
  expect(judged(list('1102000000', digest))).toMatchObject({ status: 'revoked', revocation: 'revoked' })
})

it('only a list of the certificate’s own issuer is kept, and none that is older than the last', async () => {
  const [own, other] = [authority('own', ...rsa), authority('other', ...rsa)]
  await keepKey(own.certificate, own.root)
  const kept = async (bytes: Buffer | undefined): Promise<Buffer | undefined> => {
    answer = bytes
    await bed.owner.query(`update signatures.revocation_list set fetched_at = fetched_at - interval '1 day'`)
    await bed.platform.jobs.sweeps.find(({ name }) => name === 'signatures.revocation-lists')?.run()
    const { rows } = await bed.owner.query<{ bytes: Buffer }>('select bytes from signatures.revocation_list')
    return rows[0]?.bytes
  }
  expect(await kept(other.list('1120000000'))).toBeUndefined()
  const clean = own.list('1101000000')
  expect(await kept(clean)).toEqual(clean)
  own.revoke()
  const revoked = own.list('1110000000')
  expect(await kept(revoked)).toEqual(revoked)
  for (const bytes of [clean, other.list('1121000000'), Buffer.alloc(17 * 1024 * 1024), undefined])
    expect(await kept(bytes)).toEqual(revoked)
}, 30_000)

const trustIn = (config: Config) => bed.platform.transact(systemActor, (work) => trustOf(work, config), 'test')

it('a list is read from the database once, until there is a newer one', async () => {
  const [first, second] = [await trustIn(bed.platform.config), await trustIn(bed.platform.config)]
  expect(first.revocationLists).toHaveLength(1)
  expect(second.revocationLists[0]).toBe(first.revocationLists[0])
  await bed.owner.query('update signatures.revocation_list set fetched_at = now()')
  expect((await trustIn(bed.platform.config)).revocationLists[0]).not.toBe(first.revocationLists[0])
})

it('the authority for trials is believed where trials are offered, and nowhere else', async () => {
  const { config, transact } = bed.platform
  await transact(systemActor, (work) => trialAuthority(work, config), 'test')
  expect((await trustIn(config)).roots.map(({ trial }) => trial)).toEqual([true])
  expect((await trustIn({ ...config, DEMO: false })).roots).toEqual([])
})

async function keepKey(certificate: Buffer, root: Buffer): Promise<void> {
  const { validFrom, validTo } = new X509Certificate(certificate)
  await bed.owner.query(
    `insert into signatures.signing_key (id, person_id, key_id, sealed_key, sealed, certificate, chain, holder, issuer,
       valid_from, valid_until, is_trial, added_at)
     select $1, id, 'k', '', '', $2, array[$3::bytea], 'x', 'CA', $4, $5, false, now() from identity.person limit 1`,
    [randomUUID(), certificate, root, new Date(validFrom), new Date(validTo)],
  )
}
