import type { Config } from '../../../platform/config/config.ts'
import type { Work } from '../../../platform/db/work.ts'
import { tokenHash } from '../domain/seal.ts'
import { signaturesErrors } from '../errors.ts'
import { activeKey, findUnlocking } from '../store/signing-keys.ts'

/**
 * Whoever has a key signs with it, and it is unlocked before anything is asked for: else what was prepared in this
 * transaction goes with it. Nothing is required of who has none, nor where a service signs.
 */
export async function requireUnlocked({ tx, actor, now }: Work, config: Config, token?: string): Promise<void> {
  if (config.SIGNING_URL || !actor.personId) return
  const key = await activeKey(tx, actor.personId)
  if (!key) return
  const unlocking = token === undefined ? undefined : await findUnlocking(tx, tokenHash(token), now)
  if (unlocking?.signing_key_id !== key.id) throw signaturesErrors.SIGNING_LOCKED()
}
