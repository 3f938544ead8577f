import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../../../platform/config/config.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { FileKeys } from '../../../platform/files/file-keys.ts'
import type { Trust } from '../pades/chain.ts'
import { makeTrialAuthority, type KeyAndCertificate } from '../pades/trial-authority.ts'
import { seal, unseal } from '../domain/seal.ts'
import './tables.ts'

const trialYears = 10
const yearMs = 365 * 86_400_000

/** Are certificates for trials offered here? Never where people are treated. */
export const offersTrials = ({ DEMO, production }: Config): boolean => DEMO && !production

/**
 * Whom this installation believes: the roots of `SIGNING_ROOTS`, the lists it knows, and its own authority for trials
 * where trials are offered; a database that once was a demo's believes it no more.
 */
export async function trustOf(work: Work, config: Config): Promise<Trust> {
  const { authority, lists } = await asSystem(work, systemActor, async (system) => ({
    authority: offersTrials(config) ? await trialCertificate(system) : undefined,
    lists: await knownLists(system),
  }))
  const roots = rootsOf(config).map((der) => ({ der, trial: false }))
  return { roots: authority ? [...roots, { der: authority, trial: true }] : roots, revocationLists: lists }
}

async function trialCertificate({ tx }: Work): Promise<Uint8Array | undefined> {
  const row = await tx.selectFrom('signatures.trial_authority').select('certificate').executeTakeFirst()
  return row?.certificate
}

/** Lists have megabytes and change seldom: this process keeps their bytes, by where and when each was read. */
let held = new Map<string, Uint8Array>()

async function knownLists({ tx }: Work): Promise<Uint8Array[]> {
  const rows = await tx.selectFrom('signatures.revocation_list').select(['url', 'fetched_at']).execute()
  const now = new Map<string, Uint8Array>()
  for (const { url, fetched_at: at } of rows) {
    const key = `${at.toISOString()} ${url}`
    const bytes = held.get(key) ?? (await listBytes(tx, url))
    if (bytes) now.set(key, bytes)
  }
  held = now
  return [...now.values()]
}

async function listBytes(tx: Work['tx'], url: string): Promise<Uint8Array | undefined> {
  const row = await tx
    .selectFrom('signatures.revocation_list')
    .where('url', '=', url)
    .select('bytes')
    .executeTakeFirst()
  return row?.bytes
}

function rootsOf({ SIGNING_ROOTS }: Config): Buffer[] {
  if (!SIGNING_ROOTS) return []
  const blocks = readFileSync(SIGNING_ROOTS, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  return (blocks ?? []).map((pem) => new X509Certificate(pem).raw)
}

/** The authority for trials, made when it is asked for the first time. */
export async function trialAuthority(work: Work, config: Config): Promise<KeyAndCertificate> {
  const keys = FileKeys.of(config)
  const find = () => work.tx.selectFrom('signatures.trial_authority').selectAll().executeTakeFirst()
  let row = await find()
  if (!row) {
    await makeAuthority(work, keys)
    row = await find()
  }
  if (!row) throw new Error('no authority for trials')
  const key = keys.open(row.id, { keyId: row.key_id, sealedKey: row.sealed_key })
  return { certificate: Buffer.from(row.certificate), key: unseal(key, row.id, row.sealed) }
}

async function makeAuthority({ tx, now }: Work, keys: FileKeys): Promise<void> {
  const validity = { from: new Date(now.getTime() - 86_400_000), until: new Date(now.getTime() + trialYears * yearMs) }
  const made = await makeTrialAuthority(validity)
  const id = randomUUID()
  const { key, keyId, sealedKey } = keys.make(id)
  await tx
    .insertInto('signatures.trial_authority')
    .values({
      id,
      certificate: made.certificate,
      key_id: keyId,
      sealed_key: sealedKey,
      sealed: seal(key, id, made.key),
      made_at: now,
    })
    .onConflict((conflict) => conflict.column('only_one').doNothing())
    .execute()
}

/** SHA-256 of a certificate, as certificates are compared by people. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')
