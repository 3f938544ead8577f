import { createActor, type Actor } from '../../../platform/access/actor.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { networkOf } from '../domain/caller.ts'
import { hashServiceToken, looksLikeToken } from '../domain/service-token.ts'
import { tokenTries } from '../domain/throttle-rules.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { readToken, touchToken } from '../store/service-accounts.ts'
import { countTry, throttleKey } from '../store/throttle.ts'

/**
 * The program behind a token. Asks the database each time, so a token that was revoked is over. Wrong ones are counted
 * by network; a right one is never held up by the wrong ones of others.
 */
export async function readTokenActor(parts: IdentityParts, token: string, address: string): Promise<Actor> {
  const row = looksLikeToken(token) ? await readToken(parts.pool, hashServiceToken(token)) : undefined
  if (!row) {
    const key = throttleKey('service-token', networkOf(address))
    const { waitSeconds } = await countTry(parts.db, key, tokenTries, parts.clock.now())
    if (waitSeconds > 0) throw platformErrors.TOO_MANY_REQUESTS({ retryAfterSeconds: waitSeconds })
    throw platformErrors.TOKEN_WRONG()
  }
  if (!row.live || row.path === null) throw platformErrors.TOKEN_ENDED()
  if (row.touch) await touchToken(parts.db, row.id)
  const { role, facilityId, path, permissions } = row
  return createActor({
    kind: 'service',
    personId: row.id,
    grants: [{ role, facilityId, path, permissions }],
    // no unit's patients open to a program
    clinicalFacilityIds: [],
    proxyFor: [],
    personal: [],
  })
}
