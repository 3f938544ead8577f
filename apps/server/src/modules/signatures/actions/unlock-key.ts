import { readSecret } from '../../../platform/config/secret.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { FileKeys } from '../../../platform/files/file-keys.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import type { Platform } from '../../../platform/module.ts'
import { countAttempt, signingKeyTries, uncountAttempt } from '../../identity/index.ts'
import { newToken, openByPassphrase, seal, tokenHash, tokenKey, unseal } from '../domain/seal.ts'
import { signaturesErrors } from '../errors.ts'
import { activeKey, endUnlockings, insertUnlocking, type SigningKeyRow } from '../store/signing-keys.ts'
import { personOf } from './keep-key.ts'

/** How long a key stays unlocked: a shift ends with one unlocking, and a machine that is left is not open for long. */
const unlockedMs = 15 * 60_000

/** Opens the own key by its passphrase and keeps it under a word that only the answer carries. */
export async function unlockKey(platform: Pick<Platform, 'config' | 'db'>, begin: BeginStep, passphrase: string) {
  const { row, now } = await begin(async (work) => ({ row: await activeKey(work.tx, personOf(work)), now: work.now }))
  if (!row?.sealed) throw signaturesErrors.SIGNING_KEY_MISSING()
  const attempt = { what: 'signing-key', who: row.person_id, rule: signingKeyTries, now }
  const retryAfterSeconds = await countAttempt(platform.db, attempt)
  if (retryAfterSeconds > 0) throw platformErrors.TOO_MANY_REQUESTS({ retryAfterSeconds })
  const rowKey = FileKeys.of(platform.config).open(row.id, { keyId: row.key_id, sealedKey: row.sealed_key })
  const key = await openByPassphrase(passphrase, row.id, unseal(rowKey, row.id, row.sealed))
  if (!key) {
    await begin(async (work) => note(work, 'signatures.wrongPassphrase', row))
    throw signaturesErrors.KEY_PASSPHRASE_WRONG()
  }
  await uncountAttempt(platform.db, attempt)
  const token = newToken()
  const sealed = seal(tokenKey(token, readSecret(platform.config)), row.id, key)
  return begin(async (work) => {
    const until = new Date(work.now.getTime() + unlockedMs)
    const unlocking = { token_hash: tokenHash(token), person_id: row.person_id, signing_key_id: row.id, sealed, until }
    await insertUnlocking(work.tx, unlocking)
    note(work, 'signatures.unlockKey', row)
    return { token, until: until.toISOString() }
  })
}

const note = (work: Work, action: string, { id }: SigningKeyRow): void =>
  work.audit({ action, subject: 'signing_key', subjectId: id })

export const lockKey = (work: Work): Promise<void> => endUnlockings(work.tx, personOf(work))
