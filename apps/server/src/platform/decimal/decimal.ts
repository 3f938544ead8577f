import Big from 'big.js'

/**
 * Exact decimals: doses and money. No float comes in (strict mode refuses JavaScript numbers) and none goes out unasked.
 * On the wire they are strings, see `Decimal` in the contracts. Why big.js: docs/decisions/2026-11-25-exact-numbers.md.
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

/** 36.60 → "36.6", 1e-7 → "0.0000001": the one way a decimal is written. */
export function decimalText(value: Decimal): string {
  const text = value.toFixed()
  return text === '-0' ? '0' : text
}

/** 0.1 + 0.2 is 0.3. */
export const sumOf = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), decimal('0'))

/**
 * A NUMERIC that is a measurement or a count and is wanted as a JavaScript number: named per column where it is read.
 * A value that a number cannot hold exactly is an error, never another value.
 */
export function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || !decimal(text).eq(String(value))) throw new RangeError('not exact as a number')
  return value
}
