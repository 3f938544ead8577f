import * as pki from 'pkijs'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import type { Platform } from '../../../platform/module.ts'
import { certificateOf } from '../pades/cms.ts'

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
  const urls = new Set(keys.flatMap(({ certificate, chain }) => [certificate, ...chain].flatMap(listAddresses)))
  const fresh = await begin(({ tx, now }) => readSince(tx, new Date(now.getTime() - freshMs)))
  for (const url of urls) {
    if (fresh.has(url)) continue
    const bytes = await readList(url).catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'a list of revoked certificates does not answer')
    })
    if (bytes) await begin(({ tx, now }) => keepList(tx, { url, bytes, fetched_at: now }))
  }
}

async function readSince(tx: Work['tx'], since: Date): Promise<Set<string>> {
  const rows = await tx.selectFrom('signatures.revocation_list').where('fetched_at', '>', since).select('url').execute()
  return new Set(rows.map(({ url }) => url))
}

async function readList(url: string): Promise<Buffer> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
  const bytes = Buffer.from(await reply.arrayBuffer())
  if (!reply.ok || bytes.length > largestList) throw new Error(`answered ${reply.status}`)
  pki.CertificateRevocationList.fromBER(Uint8Array.from(bytes).buffer)
  return bytes
}

async function keepList(tx: Work['tx'], row: { url: string; bytes: Buffer; fetched_at: Date }): Promise<void> {
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
