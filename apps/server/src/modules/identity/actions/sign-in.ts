import type { FastifyReply } from 'fastify'
import type { Caller } from '../domain/caller.ts'
import { homeOf } from '../domain/roles.ts'
import { passwordTries, passwordTriesPerAddress, totpTriesPerAddress } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { totpStepCookie } from '../ports/auth.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { countTry, forgetTries, throttleKey } from '../store/throttle.ts'
import { authHeaders, leaveFormerSession, passCookies, refusalCode } from './caller.ts'
import { mustEnrol } from './read-actor.ts'

type Next = 'done' | 'totp' | 'enrol' | 'password'

/** First step of staff: username and password. A wrong name and a wrong password look the same, also in time. */
export async function signIn(parts: IdentityParts, given: { username: string; password: string }, caller: Caller, reply: FastifyReply) {
  const { db } = parts
  const now = parts.clock.now()
  const key = throttleKey('password', given.username)
  const waits = [await countTry(db, key, passwordTries, now)]
  if (parts.config.RATE_LIMITS === 'on') waits.push(await countTry(db, throttleKey('password-from', caller.address), passwordTriesPerAddress, now))
  const wait = Math.max(...waits.map(({ waitSeconds }) => waitSeconds))
  if (wait > 0) throw identityErrors.SIGN_IN_TOO_MANY_TRIES({ retryAfterSeconds: wait })
  try {
    const { headers, response } = await parts.auth.api.signInUsername({ body: { ...given, rememberMe: false }, headers: authHeaders(caller, []), returnHeaders: true })
    await forgetTries(db, key)
    passCookies(reply, headers)
    await leaveFormerSession(parts, caller)
    const next = 'token' in response ? await nextStep(parts, given.username) : 'totp'
    await noteSignIn(db, caller, { method: 'password', outcome: next === 'totp' ? 'totp-asked' : 'done', personId: await personOf(parts, given.username) })
    return { next, home: homeOf('staff') }
  } catch (error) {
    throw await refusal(parts, error, caller, given.username)
  }
}

async function refusal(parts: IdentityParts, error: unknown, caller: Caller, username: string): Promise<Error> {
  const code = refusalCode(error)
  await noteSignIn(parts.db, caller, { method: 'password', outcome: code || 'REFUSED', personId: await personOf(parts, username) })
  if (code === 'ACCOUNT_DISABLED') return identityErrors.ACCOUNT_DISABLED()
  if (code === 'ACCOUNT_ABANDONED') return identityErrors.ACCOUNT_ABANDONED()
  return identityErrors.SIGN_IN_WRONG()
}

async function personOf({ db }: IdentityParts, username: string): Promise<string | null> {
  const row = await db.selectFrom('identity.account_user').select('id').where('username', '=', username).executeTakeFirst()
  return row?.id ?? null
}

async function nextStep(parts: IdentityParts, username: string): Promise<Next> {
  const account = await parts.db.selectFrom('identity.account_user').select(['kind', 'totp_enabled', 'must_change_password'])
    .where('username', '=', username).executeTakeFirstOrThrow()
  if (account.must_change_password) return 'password'
  return mustEnrol(parts, account) ? 'enrol' : 'done'
}

/** Second step: the code of the authenticator app, within ten minutes of the password. */
export async function verifyTotp(parts: IdentityParts, code: string, caller: Caller, reply: FastifyReply) {
  if (parts.config.RATE_LIMITS === 'on') {
    const { waitSeconds } = await countTry(parts.db, throttleKey('totp-from', caller.address), totpTriesPerAddress, parts.clock.now())
    if (waitSeconds > 0) throw identityErrors.SIGN_IN_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  }
  try {
    const { headers, response } = await parts.auth.api.verifyTOTP({ body: { code }, headers: authHeaders(caller, [totpStepCookie, 'moinha.dont_remember']), returnHeaders: true })
    passCookies(reply, headers)
    await leaveFormerSession(parts, caller)
    await noteSignIn(parts.db, caller, { method: 'totp', outcome: 'done', personId: response.user.id })
    return { home: homeOf('staff') }
  } catch (error) {
    const refused = refusalCode(error)
    await noteSignIn(parts.db, caller, { method: 'totp', outcome: refused || 'REFUSED', personId: null })
    // better-auth locks the account for 15 minutes after ten wrong codes over all challenges
    if (refused === 'ACCOUNT_TEMPORARILY_LOCKED') throw identityErrors.SIGN_IN_TOO_MANY_TRIES({ retryAfterSeconds: 900 })
    if (refused === 'ACCOUNT_DISABLED') throw identityErrors.ACCOUNT_DISABLED()
    throw refused === 'INVALID_CODE' ? identityErrors.TOTP_WRONG() : identityErrors.TOTP_STEP_EXPIRED()
  }
}
