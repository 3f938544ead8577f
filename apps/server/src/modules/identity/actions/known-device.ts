import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Caller } from '../domain/caller.ts'
import { hashToken, sessionTokenOf } from '../domain/session-token.ts'
import { knownDeviceDays } from '../domain/throttle-rules.ts'
import { cookiesNeedTls, type IdentityParts } from '../identity-parts.ts'
import { isKnownDevice, rememberDevice } from '../store/known-devices.ts'

const deviceCookie = 'moinha.device'

/** The browser's own mark, where we signed it and it has signed in to this account before; no stranger can have it. */
export async function knownDeviceOf(
  parts: IdentityParts,
  accountId: string | null,
  caller: Caller,
): Promise<string | undefined> {
  const token = sessionTokenOf(caller.cookie, deviceCookie, parts.secret)
  if (!token || !accountId) return undefined
  const hash = hashToken(token)
  return (await isKnownDevice(parts.db, accountId, hash)) ? hash : undefined
}

/**
 * After a sign-in: this browser is known to the account from now on. It opens nothing; it only cannot be shut out by
 * others.
 */
export async function knowDevice(
  parts: IdentityParts,
  accountId: string,
  caller: Caller,
  reply: FastifyReply,
): Promise<void> {
  const token = sessionTokenOf(caller.cookie, deviceCookie, parts.secret) ?? randomBytes(24).toString('base64url')
  await rememberDevice(parts.db, accountId, hashToken(token))
  const value = encodeURIComponent(`${token}.${createHmac('sha256', parts.secret).update(token).digest('base64')}`)
  const secure = cookiesNeedTls(parts.config) ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${deviceCookie}=${value}; Max-Age=${knownDeviceDays * 86_400}; Path=/; HttpOnly; SameSite=Lax${secure}`,
  )
}
