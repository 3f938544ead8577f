import { createHash, randomBytes, randomInt } from 'node:crypto'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const form = /^moinha_[a-z2-9]{8}_[\w-]{43}$/

/**
 * A program's token, `moinha_k7mqx3fh_…`: 256 random bits behind a beginning that people and leak scanners recognise.
 */
export function newServiceToken(): { token: string; prefix: string } {
  const mark = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  const prefix = `moinha_${mark}`
  return { token: `${prefix}_${randomBytes(32).toString('base64url')}`, prefix }
}

/** Could this be a token of ours? Asked before the database is. */
export const looksLikeToken = (text: string): boolean => form.test(text)

/** What the database keeps of it: 256 random bits need no salt. */
export function hashServiceToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
