import { createHash } from 'node:crypto'

/**
 * An id made from a name (UUID version 8, RFC 9562 §5.8): every data set and seed agrees on it without asking the
 * database.
 */
export function stableId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
