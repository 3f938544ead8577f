import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Caller } from '../domain/caller.ts'
import { hashToken, sessionTokenOf } from '../domain/session-token.ts'
import { cookiesNeedTls, type IdentityParts } from '../identity-parts.ts'
import { pinHoldersOn } from '../store/device-pins.ts'

const pinDeviceCookie = 'moinha.pin_device'

/** This browser's secret of today, where we signed it. PINs hang on it: elsewhere the right PIN is nothing. */
export function pinDeviceOf(parts: Pick<IdentityParts, 'secret'>, caller: Caller): string | undefined {
  return sessionTokenOf(caller.cookie, pinDeviceCookie, parts.secret)
}

/** The browser's secret; a fresh one where nobody's PIN hangs on the one it has, so that none lasts from day to day. */
export async function pinDeviceFor(
  parts: IdentityParts,
  caller: Caller,
  reply: FastifyReply,
  until: Date,
): Promise<string> {
  const now = parts.clock.now()
  const known = pinDeviceOf(parts, caller)
  if (known && (await pinHoldersOn(parts.db, hashToken(known), now)).length > 0) return known
  const token = randomBytes(32).toString('base64url')
  const value = encodeURIComponent(`${token}.${createHmac('sha256', parts.secret).update(token).digest('base64')}`)
  const seconds = Math.max(1, Math.floor((until.getTime() - now.getTime()) / 1000))
  const secure = cookiesNeedTls(parts.config) ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${pinDeviceCookie}=${value}; Max-Age=${seconds}; Path=/api/identity; HttpOnly; SameSite=Strict${secure}`,
  )
  return token
}
