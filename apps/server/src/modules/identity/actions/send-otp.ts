import type { Work } from '../../../platform/db/work.ts'
import type { Caller } from '../domain/caller.ts'
import { toE164 } from '../domain/phone.ts'
import { otpLifeSeconds, otpResendSeconds, otpSendsPerAddress, otpSendsPerPhone, type ThrottleRule } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { catchCode } from '../ports/auth.ts'
import { blockNow, countTry, throttleKey, waitFor } from '../store/throttle.ts'
import { queueSms } from './queue-sms.ts'

const resendRule: ThrottleRule = { limit: 1, windowSeconds: otpResendSeconds, blockSeconds: otpResendSeconds }

/** Sends a code to a phone. Known and unknown phones are treated alike, to the word. */
export async function sendOtp(work: Work, parts: IdentityParts, typedPhone: string, caller: Caller) {
  const phone = toE164(typedPhone)
  if (!(await parts.sms())) throw identityErrors.SMS_NOT_CONFIGURED()
  await refuseTooOften(parts, phone, caller, work.now)
  // one live code a phone: an older text must not open the door
  await parts.db.deleteFrom('identity.account_verification').where('identifier', '=', `phone-number-otp-${phone}`).execute()
  const code = await catchCode(() => parts.auth.api.sendPhoneNumberOTP({ body: { phoneNumber: phone } }))
  await queueSms(work, {
    to: phone, purpose: 'otp', validUntil: new Date(work.now.getTime() + otpLifeSeconds * 1000),
    text: `Mọi Nhà: mã đăng nhập của bạn là ${code}, dùng trong ${otpLifeSeconds / 60} phút. Không đưa mã này cho bất kỳ ai.`,
  })
  return { done: true as const, expiresInSeconds: otpLifeSeconds, resendInSeconds: otpResendSeconds }
}

async function refuseTooOften({ db, config }: IdentityParts, phone: string, caller: Caller, now: Date): Promise<void> {
  const locked = await waitFor(db, throttleKey('otp-try', phone), now)
  if (locked > 0) throw identityErrors.OTP_TOO_MANY_TRIES({ retryAfterSeconds: locked })
  if (config.RATE_LIMITS === 'on') await countOrRefuse(db, throttleKey('otp-send-from', caller.address), otpSendsPerAddress, now)
  const resendKey = throttleKey('otp-resend', phone)
  const tooSoon = await waitFor(db, resendKey, now)
  if (tooSoon > 0) throw identityErrors.OTP_SENT_TOO_OFTEN({ retryAfterSeconds: tooSoon })
  await countOrRefuse(db, throttleKey('otp-send', phone), otpSendsPerPhone, now)
  await countTry(db, resendKey, resendRule, now)
  await blockNow(db, resendKey, resendRule, now)
}

async function countOrRefuse(db: IdentityParts['db'], key: string, rule: ThrottleRule, now: Date): Promise<void> {
  const { waitSeconds } = await countTry(db, key, rule, now)
  if (waitSeconds > 0) throw identityErrors.OTP_SENT_TOO_OFTEN({ retryAfterSeconds: waitSeconds })
}
