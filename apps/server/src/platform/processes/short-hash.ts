import { createHash } from 'node:crypto'

/** Enough to compare by, too little to guess from. */
export function shortHash(text: string): string {
  return createHash('sha256').update(`moinha process ${text}`).digest('hex').slice(0, 8)
}
