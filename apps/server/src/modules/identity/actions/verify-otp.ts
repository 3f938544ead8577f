import type { FastifyReply } from 'fastify'
import type { Caller } from '../domain/caller.ts'
import { toE164 } from '../domain/phone.ts'
import { homeOf } from '../domain/roles.ts'
import { otpTries, otpTriesPerAddress } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { blockNow, countTry, forgetTries, throttleKey } from '../store/throttle.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { authHeaders, leaveFormerSession, passCookies, refusalCode } from './caller.ts'

export interface OtpAnswer {
  phone: string
  code: string
  fullName?: string | undefined
}

/** Signs a citizen in by the code of a text; an unknown phone becomes an account. Every try is counted before it is judged. */
export async function verifyOtp(parts: IdentityParts, answer: OtpAnswer, caller: Caller, reply: FastifyReply) {
  const { db, clock, config } = parts
  const phone = toE164(answer.phone)
  const now = clock.now()
  if (config.RATE_LIMITS === 'on') await refuseManyFromOne(parts, caller, now)
  const key = throttleKey('otp-try', phone)
  const { count, waitSeconds } = await countTry(db, key, otpTries, now)
  if (waitSeconds > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  try {
    const body = { phoneNumber: phone, code: answer.code, ...(answer.fullName !== undefined && { fullName: answer.fullName }) }
    const { headers, response } = await parts.auth.api.verifyPhoneNumber({ body, headers: authHeaders(caller, []), returnHeaders: true })
    await forgetTries(db, key)
    passCookies(reply, headers)
    await leaveFormerSession(parts, caller)
    const personId = response.user.id
    await noteSignIn(db, caller, { method: 'otp', outcome: 'done', personId })
    return { home: homeOf('citizen'), nameMissing: await nameMissing(parts, personId, answer.fullName) }
  } catch (error) {
    throw await refusal(parts, { error, key, count, caller, now })
  }
}

async function refuseManyFromOne({ db }: IdentityParts, caller: Caller, now: Date): Promise<void> {
  const { waitSeconds } = await countTry(db, throttleKey('otp-try-from', caller.address), otpTriesPerAddress, now)
  if (waitSeconds > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
}

interface WrongTry {
  error: unknown
  key: string
  count: number
  caller: Caller
  now: Date
}

async function refusal(parts: IdentityParts, { error, key, count, caller, now }: WrongTry): Promise<Error> {
  const code = refusalCode(error)
  await noteSignIn(parts.db, caller, { method: 'otp', outcome: code.slice(0, 40) || 'REFUSED', personId: null })
  if (code === 'ACCOUNT_DISABLED') return identityErrors.ACCOUNT_DISABLED()
  if (count >= otpTries.limit) return identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: await blockNow(parts.db, key, otpTries, now) })
  return code === 'INVALID_OTP' ? identityErrors.OTP_WRONG() : identityErrors.OTP_EXPIRED()
}

/** An account from a code without a name asks for it next; one made earlier without a name takes the name given now. */
async function nameMissing({ db }: IdentityParts, personId: string, fullName: string | undefined): Promise<boolean> {
  if (fullName) await db.updateTable('identity.person').set({ full_name: fullName }).where('id', '=', personId).where('full_name', '=', '').execute()
  const person = await db.selectFrom('identity.person').select('full_name').where('id', '=', personId).executeTakeFirstOrThrow()
  return person.full_name === ''
}
