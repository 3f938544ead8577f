import { X509Certificate } from 'node:crypto'
import type { Config } from '../../../platform/config/config.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { FileKeys } from '../../../platform/files/file-keys.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import { personCards } from '../../identity/index.ts'
import { isSameName } from '../domain/holder-name.ts'
import { openByPassphrase, newToken, seal, sealByPassphrase, tokenHash, tokenKey, unseal } from '../domain/seal.ts'
import { signaturesErrors } from '../errors.ts'
import { judgeCertificate, type JudgedCertificate } from '../pades/chain.ts'
import { issueTrial } from '../pades/trial-authority.ts'
import { openKeyFile } from '../ports/open-key-file.ts'
import { readSecret } from '../../../platform/config/secret.ts'
import { activeKey, endUnlockings, findKey, insertKey, insertUnlocking, removeKey } from '../store/signing-keys.ts'
import { offersTrials, trialAuthority, trustOf } from '../store/trust.ts'

/** How long a key stays unlocked: a shift ends with one unlocking, and a machine that is left is not open for long. */
const unlockedMs = 15 * 60_000
const trialMs = 365 * 86_400_000

interface NewKey {
  id: string
  passphrase: string
}
interface OpenedKey extends NewKey {
  key: Uint8Array
  certificates: readonly Uint8Array[]
}

/** Keeps the key of a PKCS#12, sealed by the same passphrase. Its certificate must name the person and be believed. */
export async function addKey(begin: BeginStep, config: Config, input: NewKey & { file: Uint8Array }): Promise<void> {
  const { key, certificates } = await openKeyFile(input.file, input.passphrase)
  const sealed = await sealByPassphrase(input.passphrase, input.id, key)
  await begin((work) => keep(work, config, { ...input, key, certificates }, sealed))
}

/** A key for trials, where the installation is one for trials. */
export async function addTrialKey(begin: BeginStep, config: Config, { id, passphrase }: NewKey): Promise<void> {
  if (!offersTrials(config)) throw platformErrors.NOT_FOUND()
  const authority = await begin((work) => asSystem(work, systemActor, (system) => trialAuthority(system, config)))
  const { commonName, now } = await begin(async (work) => ({ commonName: await ownName(work), now: work.now }))
  const validity = { from: new Date(now.getTime() - 60_000), until: new Date(now.getTime() + trialMs) }
  const { key, certificate } = await issueTrial(authority, { commonName, validity })
  const sealed = await sealByPassphrase(passphrase, id, key)
  const certificates = [certificate, authority.certificate]
  await begin((work) => keep(work, config, { id, passphrase, key, certificates }, sealed))
}

async function keep(work: Work, config: Config, { id, certificates }: OpenedKey, byOwner: Buffer): Promise<void> {
  const former = await findKey(work.tx, id)
  if (former) return
  const [own = new Uint8Array(), ...chain] = certificates
  const certificate = new X509Certificate(own)
  const holder = namedIn(certificate.subject)
  if (!isSameName(holder, await ownName(work))) throw signaturesErrors.KEY_OF_ANOTHER({ holder })
  const judged = judgeCertificate(own, chain, work.now, await trustOf(work, config))
  refuseBad(judged)
  const { key, keyId, sealedKey } = FileKeys.of(config).make(id)
  await insertKey(work.tx, {
    id,
    person_id: personOf(work),
    key_id: keyId,
    sealed_key: sealedKey,
    sealed: seal(key, id, byOwner),
    certificate: Buffer.from(own),
    chain: judged.chain.slice(1),
    holder,
    issuer: namedIn(certificate.issuer),
    valid_from: new Date(certificate.validFrom),
    valid_until: new Date(certificate.validTo),
    is_trial: judged.status === 'trial',
    added_at: work.now,
  })
  work.audit({ action: 'signatures.addKey', subject: 'signing_key', subjectId: id })
}

function refuseBad({ status }: JudgedCertificate): void {
  switch (status) {
    case 'unknown_issuer':
      throw signaturesErrors.KEY_ISSUER_UNKNOWN()
    case 'expired':
    case 'not_yet_valid':
      throw signaturesErrors.KEY_EXPIRED()
    case 'revoked':
      throw signaturesErrors.KEY_REVOKED()
    case 'trusted':
    case 'trial':
  }
}

/** The common name, as Node writes names: a line a part. */
const namedIn = (name: string): string => /^CN=(.*)$/m.exec(name)?.[1]?.slice(0, 200) ?? ''

async function ownName(work: Work): Promise<string> {
  const [card] = await personCards(work.tx, [personOf(work)])
  if (!card) throw platformErrors.NOT_FOUND()
  return card.fullName
}

function personOf({ actor }: Work): string {
  if (!actor.personId) throw platformErrors.NOT_FOUND()
  return actor.personId
}

/** The key a person has, as they see it. */
export async function ownKey(work: Work, config: Config) {
  const row = await activeKey(work.tx, personOf(work))
  const key = row && {
    id: row.id,
    holder: row.holder,
    issuer: row.issuer,
    validUntil: row.valid_until.toISOString(),
    isTrial: row.is_trial,
  }
  return { key: key ?? null, offersTrials: offersTrials(config) }
}

export async function removeOwnKey(work: Work, id: string): Promise<void> {
  const row = await findKey(work.tx, id)
  if (!row || row.person_id !== personOf(work)) throw platformErrors.NOT_FOUND()
  await removeKey(work.tx, id, work.now)
  work.audit({ action: 'signatures.removeKey', subject: 'signing_key', subjectId: id })
}

/** Opens the own key by its passphrase and keeps it under a word that only the answer carries. */
export async function unlockKey(begin: BeginStep, config: Config, passphrase: string) {
  const row = await begin((work) => activeKey(work.tx, personOf(work)))
  if (!row?.sealed) throw signaturesErrors.SIGNING_KEY_MISSING()
  const rowKey = FileKeys.of(config).open(row.id, { keyId: row.key_id, sealedKey: row.sealed_key })
  const key = await openByPassphrase(passphrase, row.id, unseal(rowKey, row.id, row.sealed))
  if (!key) throw signaturesErrors.KEY_PASSPHRASE_WRONG()
  const token = newToken()
  const sealed = seal(tokenKey(token, readSecret(config)), row.id, key)
  return begin(async (work) => {
    const until = new Date(work.now.getTime() + unlockedMs)
    const unlocking = { token_hash: tokenHash(token), person_id: row.person_id, signing_key_id: row.id, sealed, until }
    await insertUnlocking(work.tx, unlocking)
    work.audit({ action: 'signatures.unlockKey', subject: 'signing_key', subjectId: row.id })
    return { token, until: until.toISOString() }
  })
}

export const lockKey = (work: Work): Promise<void> => endUnlockings(work.tx, personOf(work))
