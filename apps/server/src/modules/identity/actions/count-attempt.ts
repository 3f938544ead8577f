import type { Db } from '../../../platform/db/database.ts'
import type { ThrottleRule } from '../domain/throttle-rules.ts'
import { identityParts } from '../identity-parts.ts'
import { countTry, throttleKey, uncountTry } from '../store/throttle.ts'

export interface Attempt {
  what: string
  /** By or for whom; kept as a hash. */
  who: string
  rule: ThrottleRule
  now: Date
}

/**
 * Counts one try of another module in a transaction of its own. Answers the seconds to wait; 0 where none.
 */
export async function countAttempt(appDb: Db, { what, who, rule, now }: Attempt): Promise<number> {
  return (await countTry(identityParts(appDb).db, throttleKey(what, who), rule, now)).waitSeconds
}

/** It was a right one and counts for nothing, where only wrong ones are to. */
export async function uncountAttempt(appDb: Db, { what, who }: Pick<Attempt, 'what' | 'who'>): Promise<void> {
  await uncountTry(identityParts(appDb).db, throttleKey(what, who))
}
