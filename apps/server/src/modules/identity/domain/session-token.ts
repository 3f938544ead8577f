import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What the session table holds of a token: 32 random characters need no salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The session token of a cookie header, if its signature is ours: `token.base64(hmac-sha256(token))`. */
export function sessionTokenOf(cookieHeader: string, cookieName: string, secret: string): string | undefined {
  const raw = cookieOf(cookieHeader, cookieName)
  const dot = raw?.lastIndexOf('.') ?? -1
  if (!raw || dot < 1) return undefined
  const token = raw.slice(0, dot)
  const given = Buffer.from(raw.slice(dot + 1), 'base64')
  const expected = createHmac('sha256', secret).update(token).digest()
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

function cookieOf(header: string, name: string): string | undefined {
  const pair = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  if (!pair) return undefined
  try {
    return decodeURIComponent(pair.slice(name.length + 1))
  } catch {
    return undefined // a cookie that is not ours
  }
}

/** A cookie header with only the cookies named: one way of signing in must not take another's cookie. */
export function onlyCookies(header: string, names: readonly string[]): string {
  return header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => names.some((name) => part.startsWith(`${name}=`)))
    .join('; ')
}
