import type { FastifyReply } from 'fastify'
import { sql } from 'kysely'
import type { Caller } from '../domain/caller.ts'
import { networkOf } from '../domain/caller.ts'
import { hashFirstCode } from '../domain/first-code.ts'
import { homeOf } from '../domain/roles.ts'
import { firstCodeTries } from '../domain/throttle-rules.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { accountOfFirstCode, takeFirstCode } from '../store/first-codes.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { countTry, throttleKey, uncountTry } from '../store/throttle.ts'
import { authHeaders, leaveFormerSession, passCookies } from './caller.ts'
import { knowDevice } from './known-device.ts'
import { mustEnrol } from './read-actor.ts'

type Account = NonNullable<Awaited<ReturnType<typeof accountOfFirstCode>>>

/** Whom a one-time code is for; looking uses nothing up, and wrong codes are counted. */
export async function lookFirstCode(parts: IdentityParts, code: string, caller: Caller) {
  const account = await accountBehind(parts, code, caller)
  return {
    fullName: account.full_name,
    username: account.username ?? '',
    expiresAt: account.expires_at.toISOString(),
    leastPassword: await leastPassword(parts, account),
  }
}

/**
 * The person sets a password of their own with a one-time code and is signed in with it. A second factor joined earlier
 * is still asked for: a slip alone never replaces it.
 */
export async function firstSignIn(
  parts: IdentityParts,
  given: { code: string; password: string },
  caller: Caller,
  reply: FastifyReply,
) {
  const account = await accountBehind(parts, given.code, caller)
  const least = await leastPassword(parts, account)
  if (given.password.length < least) throw identityErrors.PASSWORD_TOO_SHORT({ least })
  await setPassword(parts, account, given)
  const { headers, response } = await parts.auth.api.signInUsername({
    body: { username: account.username ?? '', password: given.password, rememberMe: false },
    headers: authHeaders(caller, []),
    returnHeaders: true,
  })
  passCookies(reply, headers)
  await leaveFormerSession(parts, caller)
  const open = 'token' in response
  if (open) await knowDevice(parts, account.person_id, caller, reply)
  const outcome = open ? 'done' : 'totp-asked'
  await noteSignIn(parts.db, caller, { method: 'first-code', outcome, personId: account.person_id })
  return { next: open ? stepAfter(parts, account) : ('totp' as const), home: homeOf('staff') }
}

/** Whoever runs an installation joins an authenticator app at once, also where others need not. */
function stepAfter(parts: IdentityParts, account: Account): 'enrol' | 'done' {
  return mustEnrol(parts, account) || account.purpose === 'administrator' ? 'enrol' : 'done'
}

/** An account that opens only with a second factor needs no longer a password than one that has it. */
async function leastPassword(parts: IdentityParts, account: Account): Promise<number> {
  const { passwordMinWithTotp, passwordMinWithoutTotp } = await parts.rules()
  return account.totp_enabled || mustEnrol(parts, account) ? passwordMinWithTotp : passwordMinWithoutTotp
}

async function accountBehind(parts: IdentityParts, code: string, caller: Caller): Promise<Account> {
  const now = parts.clock.now()
  const key = throttleKey('first-code', networkOf(caller.address))
  const { waitSeconds } = await countTry(parts.db, key, firstCodeTries, now)
  if (waitSeconds > 0) throw identityErrors.SIGN_IN_TOO_MANY_TRIES({ retryAfterSeconds: waitSeconds })
  const account = await accountOfFirstCode(parts.db, hashFirstCode(code), now)
  if (!account) {
    await noteSignIn(parts.db, caller, { method: 'first-code', outcome: 'FIRST_CODE_WRONG', personId: null })
    throw identityErrors.FIRST_CODE_WRONG()
  }
  await uncountTry(parts.db, key)
  if (account.disabled_at) throw identityErrors.ACCOUNT_DISABLED()
  return account
}

/** Code, password and the end of older sessions together; whoever comes second with the same code changes nothing. */
async function setPassword(parts: IdentityParts, account: Account, given: { code: string; password: string }) {
  const id = account.person_id
  const hash = await (await parts.auth.$context).password.hash(given.password)
  await parts.db.transaction().execute(async (tx) => {
    if (!(await takeFirstCode(tx, hashFirstCode(given.code), parts.clock.now())))
      throw identityErrors.FIRST_CODE_WRONG()
    await sql`insert into identity.account_credential (user_id, account_id, provider_id, password)
      values (${id}, ${id}, 'credential', ${hash})
      on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`.execute(tx)
    await tx.updateTable('identity.account_user').set({ must_change_password: false }).where('id', '=', id).execute()
    await tx.deleteFrom('identity.account_session').where('user_id', '=', id).execute()
  })
}
