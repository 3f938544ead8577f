import { systemActor } from '../../../platform/access/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { toE164 } from '../domain/phone.ts'
import { newCode, sealCode } from '../domain/short-code.ts'
import { guardianCodeLifeSeconds, guardianCodeTries } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import { identityParts } from '../identity-parts.ts'
import { ownId } from '../policy.ts'
import { citizenOfPhone, keepGuardianCode, spendGuardianCode } from '../store/guardian-codes.ts'
import { countTry, forgetTries, throttleKey } from '../store/throttle.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

const sealed = (secret: string, personId: string, code: string) => ({
  personId,
  codeHash: sealCode(secret, `guardian ${personId}`, code),
})

/** A code the guardian reads out at a station's desk; a new one takes the place of the one before. */
export async function showGuardianCode(work: Work, appDb: Db) {
  const me = ownId(work)
  const code = newCode()
  const expiresAt = new Date(work.now.getTime() + guardianCodeLifeSeconds * 1000)
  const { secret } = identityParts(appDb)
  await asSystem(work, systemActor, ({ tx }) => keepGuardianCode(tx, sealed(secret, me, code), expiresAt))
  work.audit({ action: 'identity.showGuardianCode', subject: 'account', subjectId: me })
  return { code, expiresAt: expiresAt.toISOString() }
}

/**
 * Whose phone and code these are; the code is spent by it. Anything that does not fit is refused alike, so that a phone
 * number yields nobody, and tries on one phone are counted before they are judged.
 */
export async function takeGuardianCode(work: Work, appDb: Db, typed: { phone: string; code: string }): Promise<string> {
  const { db, secret } = identityParts(appDb)
  const phone = toE164(typed.phone)
  const key = throttleKey('guardian-code', phone)
  const { waitSeconds } = await countTry(db, key, guardianCodeTries, work.now)
  if (waitSeconds > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  const guardianId = await asSystem(work, systemActor, async ({ tx }) => {
    // an unknown phone costs the same search: nobody has this id
    const personId = (await citizenOfPhone(tx, phone)) ?? nobody
    return (await spendGuardianCode(tx, sealed(secret, personId, typed.code), work.now)) ? personId : undefined
  })
  if (!guardianId) throw identityErrors.GUARDIAN_CODE_WRONG()
  await forgetTries(db, key)
  return guardianId
}
