import { createHash, randomInt } from 'node:crypto'

// no letters or digits that look alike on paper (l 1 I o 0): it is read from a slip
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 4
const groupLength = 4

/**
 * A one-time code for a first sign-in, `k7mq-x3fh-…`: about 79 bits, so that guessing is hopeless and a bare hash keeps
 * it.
 */
export function newFirstCode(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** What the database keeps of it; hyphens are for the eye only. */
export function hashFirstCode(code: string): string {
  return createHash('sha256').update(code.replaceAll('-', '')).digest('hex')
}

/** Where the code is typed. Behind `#`, which no server and no proxy ever sees. */
export function firstSignInUrl(base: string, code: string): string {
  return `${base.replace(/\/$/, '')}/work/first-sign-in#${code}`
}
