import type { FastifyReply } from 'fastify'
import type { Caller } from '../domain/caller.ts'
import { homeOf } from '../domain/roles.ts'
import { sessionTokenOf } from '../domain/session-token.ts'
import { passwordLimits, totpLimits } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { challengeOwner, totpStepCookie } from '../ports/auth.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { authHeaders, leaveFormerSession, passCookies, refusalCode } from './caller.ts'
import { countSignInAttempt, forgetAttempts, type SignInAttempt } from './sign-in-attempts.ts'
import { knowDevice, knownDeviceOf } from './known-device.ts'
import { mustEnrol } from './read-actor.ts'

type Next = 'done' | 'totp' | 'enrol' | 'password'

/** First step of staff: username and password. A wrong name and a wrong password look the same, also in time. */
export async function signIn(
  parts: IdentityParts,
  given: { username: string; password: string },
  caller: Caller,
  reply: FastifyReply,
) {
  const personId = await personOf(parts, given.username)
  const device = await knownDeviceOf(parts, personId, caller)
  const at: SignInAttempt = { limits: passwordLimits, account: given.username, caller, device, now: parts.clock.now() }
  const { waitSeconds } = await countSignInAttempt(parts, at)
  if (waitSeconds > 0) throw identityErrors.SIGN_IN_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  try {
    const { headers, response } = await parts.auth.api.signInUsername({
      body: { ...given, rememberMe: false },
      headers: authHeaders(caller, []),
      returnHeaders: true,
    })
    await forgetAttempts(parts, at)
    passCookies(reply, headers)
    await leaveFormerSession(parts, caller)
    const next = 'token' in response ? await nextStep(parts, given.username) : 'totp'
    if (next !== 'totp' && personId) await knowDevice(parts, personId, caller, reply)
    await noteSignIn(parts.db, caller, {
      method: 'password',
      outcome: next === 'totp' ? 'totp-asked' : 'done',
      personId,
    })
    return { next, home: homeOf('staff') }
  } catch (error) {
    throw await refusal(parts, error, caller, personId)
  }
}

async function refusal(parts: IdentityParts, error: unknown, caller: Caller, personId: string | null): Promise<Error> {
  const code = refusalCode(error)
  await noteSignIn(parts.db, caller, { method: 'password', outcome: code || 'REFUSED', personId })
  if (code === 'ACCOUNT_DISABLED') return identityErrors.ACCOUNT_DISABLED()
  if (code === 'ACCOUNT_ABANDONED') return identityErrors.ACCOUNT_ABANDONED()
  return identityErrors.SIGN_IN_WRONG()
}

async function personOf({ db }: IdentityParts, username: string): Promise<string | null> {
  const row = await db
    .selectFrom('identity.account_user')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirst()
  return row?.id ?? null
}

async function nextStep(parts: IdentityParts, username: string): Promise<Next> {
  const account = await parts.db
    .selectFrom('identity.account_user')
    .select(['kind', 'totp_enabled', 'must_change_password'])
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
  if (account.must_change_password) return 'password'
  return mustEnrol(parts, account) ? 'enrol' : 'done'
}

/** Second step: the code of the authenticator app, within ten minutes of the password. */
export async function verifyTotp(parts: IdentityParts, code: string, caller: Caller, reply: FastifyReply) {
  const step = sessionTokenOf(caller.cookie, totpStepCookie, parts.secret)
  const owner = step ? await challengeOwner(parts.db, step) : null
  if (!owner) {
    // without a password's step there is nothing to guess, and nothing to count
    await noteSignIn(parts.db, caller, { method: 'totp', outcome: 'NO_STEP', personId: null })
    throw identityErrors.TOTP_STEP_EXPIRED()
  }
  const device = await knownDeviceOf(parts, owner, caller)
  const at: SignInAttempt = { limits: totpLimits, account: owner, caller, device, now: parts.clock.now() }
  const { waitSeconds } = await countSignInAttempt(parts, at)
  if (waitSeconds > 0) throw identityErrors.SIGN_IN_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  try {
    const { headers, response } = await verifySecondFactor(parts, code, caller)
    await forgetAttempts(parts, at)
    passCookies(reply, headers)
    await knowDevice(parts, response.user.id, caller, reply)
    await leaveFormerSession(parts, caller)
    await noteSignIn(parts.db, caller, { method: 'totp', outcome: 'done', personId: response.user.id })
    return { home: homeOf('staff') }
  } catch (error) {
    throw await totpRefusal(parts, error, caller)
  }
}

/** The app's codes are six digits; what else the contract lets in is a spare code, used up by this. */
function verifySecondFactor({ auth }: IdentityParts, code: string, caller: Caller) {
  const sent = {
    body: { code },
    headers: authHeaders(caller, [totpStepCookie, 'moinha.dont_remember']),
    returnHeaders: true as const,
  }
  return /^\d{6}$/.test(code) ? auth.api.verifyTOTP(sent) : auth.api.verifyBackupCode(sent)
}

async function totpRefusal(parts: IdentityParts, error: unknown, caller: Caller): Promise<Error> {
  const refused = refusalCode(error)
  await noteSignIn(parts.db, caller, { method: 'totp', outcome: refused || 'REFUSED', personId: null })
  if (refused === 'ACCOUNT_DISABLED') return identityErrors.ACCOUNT_DISABLED()
  return refused === 'INVALID_CODE' || refused === 'INVALID_BACKUP_CODE'
    ? identityErrors.TOTP_WRONG()
    : identityErrors.TOTP_STEP_EXPIRED()
}
