import type { FastifyReply } from 'fastify'
import type { Caller } from '../domain/caller.ts'
import { toE164 } from '../domain/phone.ts'
import { homeOf } from '../domain/roles.ts'
import { otpTryLimits } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { withProvenPhone } from '../ports/auth.ts'
import { hasLiveCode, takeCode } from '../store/one-time-codes.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { blockNow } from '../store/throttle.ts'
import { authHeaders, leaveFormerSession, passCookies, refusalCode } from './caller.ts'
import { countSignInAttempt, forgetAttempts, ownKey, type SignInAttempt } from './sign-in-attempts.ts'
import { knowDevice, knownDeviceOf } from './known-device.ts'
import { citizenOf, codeKey } from './send-otp.ts'

export interface OtpAnswer {
  phone: string
  code: string
  fullName?: string | undefined
}

/**
 * Signs a citizen in by the code of a text; an unknown phone becomes an account. Every try is counted before it is
 * judged.
 */
export async function verifyOtp(parts: IdentityParts, answer: OtpAnswer, caller: Caller, reply: FastifyReply) {
  const phone = toE164(answer.phone)
  const device = await knownDeviceOf(parts, await citizenOf(parts, phone), caller)
  const at: SignInAttempt = { limits: otpTryLimits, account: phone, caller, device, now: parts.clock.now() }
  const { count, waitSeconds } = await countSignInAttempt(parts, at)
  if (waitSeconds > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  await refuseWrongCode(parts, at, answer.code, count)
  await forgetAttempts(parts, at)
  const personId = await openSession(parts, { ...answer, phone }, caller, reply)
  return { home: homeOf('citizen'), nameMissing: await nameMissing(parts, personId, answer.fullName) }
}

/** The code sent to this very browser, or the one any unknown browser asked for: both came to the phone. */
async function refuseWrongCode(parts: IdentityParts, at: SignInAttempt, code: string, count: number): Promise<void> {
  const keys = [...new Set([codeKey(at.account, at.device), codeKey(at.account, undefined)])]
  for (const key of keys) if (await takeCode(parts, key, code, at.now)) return
  const live = await hasLiveCode(parts, keys, at.now)
  await noteSignIn(parts.db, at.caller, {
    method: 'otp',
    outcome: live ? 'INVALID_OTP' : 'OTP_EXPIRED',
    personId: null,
  })
  if (count >= otpTryLimits.own.limit) {
    throw identityErrors.OTP_TOO_MANY_TRIES({
      retryAfterSeconds: await blockNow(parts.db, ownKey(parts, at), otpTryLimits.own, at.now),
    })
  }
  throw live ? identityErrors.OTP_WRONG() : identityErrors.OTP_EXPIRED()
}

async function openSession(
  parts: IdentityParts,
  { phone, code, fullName }: OtpAnswer,
  caller: Caller,
  reply: FastifyReply,
): Promise<string> {
  try {
    const body = { phoneNumber: phone, code, ...(fullName !== undefined && { fullName }) }
    const { headers, response } = await withProvenPhone(phone, () =>
      parts.auth.api.verifyPhoneNumber({ body, headers: authHeaders(caller, []), returnHeaders: true }),
    )
    passCookies(reply, headers)
    const personId = response.user.id
    await knowDevice(parts, personId, caller, reply)
    await leaveFormerSession(parts, caller)
    await noteSignIn(parts.db, caller, { method: 'otp', outcome: 'done', personId })
    return personId
  } catch (error) {
    const code = refusalCode(error)
    await noteSignIn(parts.db, caller, { method: 'otp', outcome: code.slice(0, 40) || 'REFUSED', personId: null })
    throw code === 'ACCOUNT_DISABLED' ? identityErrors.ACCOUNT_DISABLED() : identityErrors.OTP_EXPIRED()
  }
}

/** An account from a code without a name asks for it next; one made earlier without a name takes the name given now. */
async function nameMissing({ db }: IdentityParts, personId: string, fullName: string | undefined): Promise<boolean> {
  if (fullName)
    await db
      .updateTable('identity.person')
      .set({ full_name: fullName })
      .where('id', '=', personId)
      .where('full_name', '=', '')
      .execute()
  const person = await db
    .selectFrom('identity.person')
    .select('full_name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return person.full_name === ''
}
