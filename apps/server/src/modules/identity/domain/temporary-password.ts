import { randomInt } from 'node:crypto'

// no letters or digits that look alike on paper (l 1 I o 0): it is read out or written down
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 4
const groupLength = 4

/** A password for the first sign-in, `k7mq-x3fh-…`: about 79 bits, above the 14 characters asked for without a second factor. */
export function temporaryPassword(): string {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}
