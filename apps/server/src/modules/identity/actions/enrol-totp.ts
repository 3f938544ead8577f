import type { Work } from '../../../platform/db/work.ts'
import type { Http } from '../../../platform/http/serve.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { sessionCookie } from '../ports/auth.ts'
import type { Caller } from '../domain/caller.ts'
import { authHeaders, callerOf, passCookies, refusalCode } from './caller.ts'
import { ownId } from '../policy.ts'

const ownCookies = [sessionCookie, 'moinha.dont_remember']

/** Begins enrolling an authenticator app. The address for the QR picture names the account by its username. */
export async function startTotp(work: Work, parts: IdentityParts, password: string, caller: Caller) {
  try {
    const started = await parts.auth.api.enableTwoFactor({
      body: { password, method: 'totp' },
      headers: authHeaders(caller, ownCookies),
    })
    if (!('totpURI' in started)) throw identityErrors.TOTP_NOT_STARTED()
    const account = await work.tx
      .selectFrom('identity.account_user')
      .select('username')
      .where('id', '=', ownId(work))
      .executeTakeFirstOrThrow()
    const uri = new URL(started.totpURI)
    uri.pathname = `/${encodeURIComponent(`Mọi Nhà:${account.username ?? ''}`)}`
    return { uri: uri.href, secret: uri.searchParams.get('secret') ?? '', backupCodes: started.backupCodes }
  } catch (error) {
    const code = refusalCode(error)
    if (code === 'INVALID_PASSWORD') throw identityErrors.PASSWORD_WRONG()
    if (code === 'TOTP_ALREADY_ENABLED') throw identityErrors.TOTP_ALREADY_ENROLLED()
    throw error
  }
}

/** Finishes enrolling with a first code; the session is renewed, so the cookies are too. */
export async function confirmTotp(work: Work, parts: IdentityParts, code: string, http: Http) {
  try {
    const { headers } = await parts.auth.api.verifyTOTP({
      body: { code },
      headers: authHeaders(callerOf(http), ownCookies),
      returnHeaders: true,
    })
    passCookies(http.reply, headers)
  } catch (error) {
    throw refusalCode(error) === 'INVALID_CODE' ? identityErrors.TOTP_WRONG() : identityErrors.TOTP_NOT_STARTED()
  }
  work.audit({ action: 'identity.confirmTotp', subject: 'account', subjectId: ownId(work) })
  return { done: true as const }
}
