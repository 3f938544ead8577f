import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { toE164 } from '../domain/phone.ts'
import { guardianCodeLifeSeconds, guardianCodeTries } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import { identityParts, type IdentityParts } from '../identity-parts.ts'
import { ownId } from '../policy.ts'
import { countTry, forgetTries, throttleKey } from '../store/throttle.ts'

const digits = 6
const nobody = '00000000-0000-0000-0000-000000000000'

/** A code to read out or to send: six digits. */
export function newCode(): string {
  return String(randomInt(10 ** digits)).padStart(digits, '0')
}

/** What a database keeps of a short code: keyed, since six digits are tried through in no time. */
export function sealCode(db: Db, purpose: string, code: string): string {
  return createHmac('sha256', identityParts(db).secret).update(`${purpose}|${code}`).digest('base64url')
}

export function isSameSeal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A code the guardian reads out at a station's desk; a new one takes the place of the one before. */
export async function showGuardianCode(work: Work, appDb: Db) {
  const me = ownId(work)
  const code = newCode()
  const expiresAt = new Date(work.now.getTime() + guardianCodeLifeSeconds * 1000)
  const row = { code_hash: sealCode(appDb, `guardian ${me}`, code), expires_at: expiresAt }
  await asSystem(work, systemActor, ({ tx }) =>
    tx
      .insertInto('identity.guardian_code')
      .values({ person_id: me, ...row })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
      .execute(),
  )
  work.audit({ action: 'identity.showGuardianCode', subject: 'account', subjectId: me })
  return { code, expiresAt: expiresAt.toISOString() }
}

/**
 * Whose phone and code these are; the code is spent by it. Anything that does not fit is refused alike, so that a phone number yields
 * nobody, and tries on one phone are counted before they are judged.
 */
export async function takeGuardianCode(work: Work, appDb: Db, typed: { phone: string; code: string }): Promise<string> {
  const parts: IdentityParts = identityParts(appDb)
  const phone = toE164(typed.phone)
  const key = throttleKey('guardian-code', phone)
  const { waitSeconds } = await countTry(parts.db, key, guardianCodeTries, work.now)
  if (waitSeconds > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  const guardianId = await asSystem(work, systemActor, async ({ tx }) => {
    const account = await tx
      .selectFrom('identity.account_user')
      .where('phone', '=', phone)
      .where('kind', '=', 'citizen')
      .where('disabled_at', 'is', null)
      .select('id')
      .executeTakeFirst()
    // an unknown phone costs the same search: nobody has this id
    const personId = account?.id ?? nobody
    const spent = await tx
      .deleteFrom('identity.guardian_code')
      .where('person_id', '=', personId)
      .where('code_hash', '=', sealCode(appDb, `guardian ${personId}`, typed.code))
      .where('expires_at', '>', work.now)
      .returning('person_id')
      .executeTakeFirst()
    return spent?.person_id
  })
  if (!guardianId) throw identityErrors.GUARDIAN_CODE_WRONG()
  await forgetTries(parts.db, key)
  return guardianId
}
