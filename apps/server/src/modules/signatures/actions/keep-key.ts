import { X509Certificate } from 'node:crypto'
import type { Config } from '../../../platform/config/config.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { FileKeys } from '../../../platform/files/file-keys.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import { personCards } from '../../identity/index.ts'
import { isSameName } from '../domain/holder-name.ts'
import { seal, sealByPassphrase } from '../domain/seal.ts'
import { signaturesErrors } from '../errors.ts'
import { judgeCertificate, type JudgedCertificate } from '../pades/chain.ts'
import { issueTrial } from '../pades/trial-authority.ts'
import { openKeyFile } from '../ports/open-key-file.ts'
import { endWithKey } from './sign-now.ts'
import { activeKey, findKey, insertKey, removeKey } from '../store/signing-keys.ts'
import { offersTrials, trialAuthority, trustOf } from '../store/trust.ts'

const trialMs = 365 * 86_400_000

interface NewKey {
  id: string
  /** Seals the key here, and is asked for whenever it is unlocked. */
  passphrase: string
}
interface KeyOfFile extends NewKey {
  file: Uint8Array
  filePassphrase: string
}
interface OpenedKey extends NewKey {
  key: Uint8Array
  certificates: readonly Uint8Array[]
}

/**
 * Keeps the key of a PKCS#12, sealed by a passphrase of its own: those of files are often as short as a PIN. Its
 * certificate must name the person and be believed.
 */
export async function addKey(begin: BeginStep, config: Config, input: KeyOfFile): Promise<void> {
  const { key, certificates } = await openKeyFile(input.file, input.filePassphrase)
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

export function personOf({ actor }: Work): string {
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
  await endWithKey(work, row.person_id)
  work.audit({ action: 'signatures.removeKey', subject: 'signing_key', subjectId: id })
}
