import { createHash } from 'node:crypto'

/** What a guest's browser holds; httpOnly, so that no script reads it. */
export const guestCookie = 'moinha.guest'

/** A visit is over long before; the server asks the visit each time anyway. */
export const guestCookieSeconds = 7 * 86_400

/** What is kept of a link or a session: 256 random bits need no salt. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** The guest's session of a cookie header; undefined where there is none that may be ours. */
export function guestSessionOf(cookieHeader: string): string | undefined {
  const found = new RegExp(`(?:^|;\\s*)${guestCookie.replace('.', '\\.')}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(
    cookieHeader,
  )
  return found?.[1]
}
