import { createHash } from 'node:crypto'
import type pg from 'pg'

/** A statement is prepared once it came this often: what runs now and then is not worth a plan in every connection. */
const often = 10
/** No more plans than this in one connection; lists of changing length could otherwise fill it. */
const plansPerConnection = 200

/**
 * Gives frequent statements a name, so that the server parses and plans them once per connection. Joins under row-level
 * security take longer to plan than to run: measured on bookings, see docs/decisions/2026-11-22-prepared-statements.md.
 */
export function prepareFrequent(pool: pg.Pool): void {
  const seen = new Map<string, number>()
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
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
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown
    const named = (text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
      return name ? query({ name, text, values }, ...rest) : query(text, values, ...rest)
    }
    client.query = named as typeof client.query
  })
}
