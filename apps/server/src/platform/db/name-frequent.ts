import { createHash } from 'node:crypto'

/** A statement is prepared once it came this often: what runs now and then is not worth a plan in every connection. */
const often = 10
/** No more plans than this in one connection; lists of changing length could otherwise fill it. */
const plansPerConnection = 200

/** The name under which a statement is prepared; undefined for one that is not. */
export type NameOf = (text: string) => string | undefined

/**
 * Gives frequent statements a name, so that the server parses and plans them once per connection. Joins under row-level
 * security take longer to plan than to run: measured on bookings, see docs/decisions/2026-11-22-prepared-statements.md.
 */
export function nameFrequent(): NameOf {
  const seen = new Map<string, number>()
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known) return known
    const times = (seen.get(text) ?? 0) + 1
    if (times < often || names.size >= plansPerConnection) {
      if (seen.size < 5_000) seen.set(text, times)
      return undefined
    }
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
    names.set(text, name)
    return name
  }
}
