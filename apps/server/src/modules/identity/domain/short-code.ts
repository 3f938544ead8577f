import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'

const digits = 6

/** A code to read out or to send: six digits. */
export function newCode(): string {
  return String(randomInt(10 ** digits)).padStart(digits, '0')
}

/**
 * What is kept of a short code, for one purpose alone. Six digits are guessed in a moment from a bare hash: sealed with
 * the secret, which the database does not hold.
 */
export function sealCode(secret: string, purpose: string, code: string): string {
  return createHmac('sha256', secret).update(`${purpose}|${code}`).digest('base64url')
}

/** Compares two seals in a time that tells nothing about them. */
export function isSameSeal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
