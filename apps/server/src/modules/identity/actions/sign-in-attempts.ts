import { networkOf, type Caller } from '../domain/caller.ts'
import type { AttemptLimits, ThrottleRule } from '../domain/throttle-rules.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { countTry, forgetTries, throttleKey, uncountTry } from '../store/throttle.ts'

/** Who tries to sign in to which account: `account` as typed, so that unknown names are treated alike. */
export interface SignInAttempt {
  limits: AttemptLimits
  account: string
  caller: Caller
  /** Set where the browser has signed in to this account before. */
  device: string | undefined
  now: Date
}

interface Counted {
  key: string
  rule: ThrottleRule
}

/** Counts of one attempt, narrowest first. A known device has one of its own, which no stranger can touch. */
function countsOf(
  { limits, account, caller, device }: SignInAttempt,
  everybody: boolean,
): { own: Counted; wide: Counted[] } {
  if (device)
    return { own: { key: throttleKey(`${limits.name}-device`, `${account}|${device}`), rule: limits.own }, wide: [] }
  const network = networkOf(caller.address)
  const own = { key: throttleKey(limits.name, `${account}|${network}`), rule: limits.own }
  const wide = [{ key: throttleKey(`${limits.name}-strangers`, account), rule: limits.strangers }]
  if (everybody) wide.unshift({ key: throttleKey(`${limits.name}-from`, network), rule: limits.network })
  return { own, wide }
}

/**
 * Counts one try before it is judged. Answers the seconds to wait, 0 where none, and how often this source
 * tried. A refused try is not counted in the wider counts: one who hammers from one place closes that place only.
 */
export async function countSignInAttempt(
  parts: IdentityParts,
  at: SignInAttempt,
): Promise<{ waitSeconds: number; count: number }> {
  const { own, wide } = countsOf(at, parts.config.RATE_LIMITS === 'on')
  const first = await countTry(parts.db, own.key, own.rule, at.now)
  if (first.waitSeconds > 0) return first
  for (const { key, rule } of wide) {
    const { waitSeconds } = await countTry(parts.db, key, rule, at.now)
    if (waitSeconds > 0) return { waitSeconds, count: first.count }
  }
  return first
}

/**
 * After a right answer: the source's tries are forgotten, and the wider counts lose this one, since it was no guess.
 */
export async function forgetAttempts(parts: IdentityParts, at: SignInAttempt): Promise<void> {
  const { own, wide } = countsOf(at, parts.config.RATE_LIMITS === 'on')
  await forgetTries(parts.db, own.key)
  for (const { key } of wide) await uncountTry(parts.db, key)
}

/** The key under which this source's tries are counted. */
export function ownKey(parts: IdentityParts, at: SignInAttempt): string {
  return countsOf(at, parts.config.RATE_LIMITS === 'on').own.key
}
