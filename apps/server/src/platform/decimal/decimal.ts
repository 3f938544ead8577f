import Big from 'big.js'

/**
 * Exact decimals: doses and money. No float comes in (strict mode refuses JavaScript numbers) and none goes out
 * unasked. On the wire they are strings, see `Decimal` in the contracts. Why big.js:
 * docs/decisions/2026-11-25-exact-numbers.md.
 */
const Exact = Big()
Exact.strict = true
// ROUND_HALF_UP, away from zero at the half: how amounts are rounded in Vietnamese accounting.
Exact.RM = Exact.roundHalfUp
/** Places kept of a division, which alone may not end. */
Exact.DP = 20

export type Decimal = Big

/** A decimal from its text; a text that is no number is an error. */
export const decimal = (text: string): Decimal => new Exact(text)

/**
 * A NUMERIC that is a measurement or a count and is wanted as a JavaScript number: named per column where it is read.
 * A value that a number cannot hold exactly is an error, never another value.
 */
export function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || !decimal(text).eq(String(value))) throw new RangeError('not exact as a number')
  return value
}
