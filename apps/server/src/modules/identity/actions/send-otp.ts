import type { Work } from '../../../platform/db/work.ts'
import type { Caller } from '../domain/caller.ts'
import { toE164 } from '../domain/phone.ts'
import {
  otpLifeSeconds,
  otpResendRule,
  otpResendSeconds,
  otpSendLimits,
  otpTryLimits,
} from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { issueCode } from '../store/one-time-codes.ts'
import { blockNow, countTry, throttleKey, waitFor } from '../store/throttle.ts'
import { countSignInAttempt, ownKey, type SignInAttempt } from './sign-in-attempts.ts'
import { knownDeviceOf } from './known-device.ts'
import { queueSms } from './queue-sms.ts'

/** Sends a code to a phone. Known and unknown phones are treated alike, to the word. */
export async function sendOtp(work: Work, parts: IdentityParts, typedPhone: string, caller: Caller) {
  const phone = toE164(typedPhone)
  if (!(await parts.sms())) throw identityErrors.SMS_NOT_CONFIGURED()
  const device = await knownDeviceOf(parts, await citizenOf(parts, phone), caller)
  await refuseTooOften(parts, { limits: otpSendLimits, account: phone, caller, device, now: work.now })
  const expiresAt = new Date(work.now.getTime() + otpLifeSeconds * 1000)
  const code = await issueCode(parts, codeKey(phone, device), expiresAt)
  await queueSms(work, {
    to: phone,
    purpose: 'otp',
    validUntil: expiresAt,
    text: `Mọi Nhà: mã đăng nhập của bạn là ${code}, dùng trong ${otpLifeSeconds / 60} phút. Không đưa mã này cho bất kỳ ai.`,
  })
  return { done: true as const, expiresInSeconds: otpLifeSeconds, resendInSeconds: otpResendSeconds }
}

/**
 * One live code a phone: an older text must not sign in. A known device has one of its own beside it, so that a
 * stranger who keeps asking does not make it void.
 */
export function codeKey(phone: string, device: string | undefined): string {
  return throttleKey('otp-code', device ? `${phone}|${device}` : phone)
}

/** The account behind a phone, if there is one. */
export async function citizenOf({ db }: IdentityParts, phone: string): Promise<string | null> {
  const row = await db.selectFrom('identity.account_user').select('id').where('phone', '=', phone).executeTakeFirst()
  return row?.id ?? null
}

async function refuseTooOften(parts: IdentityParts, at: SignInAttempt): Promise<void> {
  const { db } = parts
  const locked = await waitFor(db, ownKey(parts, { ...at, limits: otpTryLimits }), at.now)
  if (locked > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: locked })
  const resendKey = ownKey(parts, { ...at, limits: { ...otpSendLimits, name: 'otp-resend' } })
  const tooSoon = await waitFor(db, resendKey, at.now)
  if (tooSoon > 0) throw identityErrors.OTP_SENT_TOO_OFTEN({ retryAfterSeconds: tooSoon })
  const { waitSeconds } = await countSignInAttempt(parts, at)
  if (waitSeconds > 0) throw identityErrors.OTP_SENT_TOO_OFTEN({ retryAfterSeconds: waitSeconds })
  await countTry(db, resendKey, otpResendRule, at.now)
  await blockNow(db, resendKey, otpResendRule, at.now)
}
