import { X509Certificate } from 'node:crypto'
import * as pki from 'pkijs'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { readAnswer } from '../../../platform/http/read-answer.ts'
import type { Platform } from '../../../platform/module.ts'
import { certificateOf } from '../pades/cms.ts'
import { revocationList } from '../pades/revocation-list.ts'

const timeoutMs = 15_000
/** Authorities renew their lists once a day or more seldom. */
const freshMs = 6 * 3_600_000
/** The largest lists of authorities in use have some megabytes. */
const largestList = 16 * 1024 * 1024

/**
 * Reads anew the lists of revoked certificates that the certificates kept here name. Where one does not answer, the
 * last known stays. Only addresses in certificates of believed authorities are asked, never those of a stranger's file.
 */
export async function readRevocationLists({ transact, log }: Pick<Platform, 'transact' | 'log'>): Promise<void> {
  const begin = <R>(step: (work: Work) => Promise<R>) => transact(systemActor, step, 'signatures.revocation-lists')
  const keys = await begin(({ tx }) =>
    tx.selectFrom('signatures.signing_key').where('removed_at', 'is', null).select(['certificate', 'chain']).execute(),
  )
  const issuers = issuersByAddress(keys.map(({ certificate, chain }) => [certificate, ...chain]))
  const fresh = await begin(({ tx, now }) => readSince(tx, new Date(now.getTime() - freshMs)))
  for (const [url, believed] of issuers) {
    if (fresh.has(url)) continue
    const bytes = await readList(url, believed).catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'no list of revoked certificates where one should be')
    })
    const isKept = !bytes || (await begin(({ tx, now }) => keepNewer(tx, { url, bytes, fetched_at: now }, believed)))
    if (!isKept) log.warn({}, 'a list of revoked certificates is older than the one that is known')
  }
}

async function readSince(tx: Work['tx'], since: Date): Promise<Set<string>> {
  const rows = await tx.selectFrom('signatures.revocation_list').where('fetched_at', '>', since).select('url').execute()
  return new Set(rows.map(({ url }) => url))
}

/** Where lists lie, and whose each has to be: of whoever issued the certificate that names the address. */
function issuersByAddress(chains: readonly (readonly Uint8Array[])[]): Map<string, X509Certificate[]> {
  const found = new Map<string, X509Certificate[]>()
  for (const chain of chains)
    for (const [index, certificate] of chain.entries()) {
      const issuer = chain[index + 1]
      if (!issuer) continue
      for (const url of listAddresses(certificate))
        found.set(url, [...(found.get(url) ?? []), new X509Certificate(issuer)])
    }
  return found
}

/** Anybody between could answer: what another signed is not kept, nor does it take the place of what is known. */
async function readList(url: string, issuers: readonly X509Certificate[]): Promise<Buffer> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
  const bytes = await readAnswer(reply, largestList)
  if (!reply.ok) throw new Error(`answered ${reply.status}`)
  const list = revocationList(bytes)
  if (!list || !issuers.some((issuer) => list.isBy(issuer))) throw new Error('not of its issuer')
  return bytes
}

interface NewList {
  url: string
  bytes: Buffer
  fetched_at: Date
}

/** An older list, played again, would take a revocation back. */
async function keepNewer(tx: Work['tx'], row: NewList, issuers: readonly X509Certificate[]): Promise<boolean> {
  const kept = await tx
    .selectFrom('signatures.revocation_list')
    .where('url', '=', row.url)
    .select('bytes')
    .forUpdate()
    .executeTakeFirst()
  const [former, next] = [kept && revocationList(kept.bytes), revocationList(row.bytes)]
  const counts = former && issuers.some((issuer) => former.isBy(issuer))
  if (counts && next && next.thisUpdate < former.thisUpdate) return false
  await keepList(tx, row)
  return true
}

async function keepList(tx: Work['tx'], row: NewList): Promise<void> {
  await tx
    .insertInto('signatures.revocation_list')
    .values(row)
    .onConflict((conflict) => conflict.column('url').doUpdateSet({ bytes: row.bytes, fetched_at: row.fetched_at }))
    .execute()
}

/** RFC 5280 §4.2.1.13: where the issuer's list lies, over HTTP. */
function listAddresses(der: Uint8Array): string[] {
  const found: unknown = certificateOf(der).extensions?.find(({ extnID }) => extnID === '2.5.29.31')?.parsedValue
  if (!(found instanceof pki.CRLDistributionPoints)) return []
  const names = found.distributionPoints.flatMap(({ distributionPoint: point }) => (Array.isArray(point) ? point : []))
  // a name of kind 6 is an address
  return names
    .filter(({ type }) => type === 6)
    .map(({ value }) => String(value))
    .filter((url) => /^https?:/.test(url))
}
