import { isAPIError } from 'better-auth/api'
import type { FastifyReply } from 'fastify'
import type { Http } from '../../../platform/http/serve.ts'
import type { Caller } from '../domain/caller.ts'
import { hashToken, onlyCookies, sessionTokenOf } from '../domain/session-token.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { sessionCookie } from '../ports/auth.ts'
import { setSessionAside } from '../store/device-pins.ts'

export function callerOf({ request }: Http): Caller {
  return {
    address: request.ip,
    port: request.socket.remotePort ?? null,
    device: request.headers['user-agent']?.slice(0, 300) ?? null,
    cookie: request.headers.cookie ?? '',
    requestId: request.id,
  }
}

/** What better-auth sees of a request: only the cookies this way of signing in is for. */
export function authHeaders(caller: Caller, cookies: readonly string[]): Headers {
  const headers = new Headers({ 'x-forwarded-for': caller.address })
  if (caller.device) headers.set('user-agent', caller.device.replace(/[^\x20-\x7e]/g, ''))
  const cookie = onlyCookies(caller.cookie, cookies)
  if (cookie) headers.set('cookie', cookie)
  return headers
}

/** Hands better-auth's cookies on to the browser. */
export function passCookies(reply: FastifyReply, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie)
}

/** The code of a refusal of better-auth; anything else goes on up. */
export function refusalCode(error: unknown): string {
  if (!isAPIError(error)) throw error
  const code: unknown = error.body?.code
  return typeof code === 'string' ? code : ''
}

/**
 * A browser holds one session: the one it had before a new sign-in is ended, not merely forgotten. Where a PIN may
 * bring its person back it is set aside instead.
 */
export async function leaveFormerSession(
  { db, secret }: Pick<IdentityParts, 'db' | 'secret'>,
  caller: Caller,
): Promise<void> {
  const token = sessionTokenOf(caller.cookie, sessionCookie, secret)
  if (!token || (await setSessionAside(db, token))) return
  await db.deleteFrom('identity.account_session').where('token', '=', hashToken(token)).execute()
}
