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

/** Whom this installation believes: the roots of `SIGNING_ROOTS`, its own authority for trials, the lists it knows. */
export async function trustOf(work: Work, config: Config): Promise<Trust> {
  const { authority, lists } = await asSystem(work, systemActor, async ({ tx }) => ({
    authority: await tx.selectFrom('signatures.trial_authority').select('certificate').executeTakeFirst(),
    lists: await tx.selectFrom('signatures.revocation_list').select('bytes').execute(),
  }))
  const roots = rootsOf(config).map((der) => ({ der, trial: false }))
  return {
    roots: authority ? [...roots, { der: authority.certificate, trial: true }] : roots,
    revocationLists: lists.map(({ bytes }) => bytes),
  }
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
