/** Waits between attempts; the last one repeats for ever, because an open visit is never given up. */
const WAITS_MS = [0, 700, 1500, 2500, 4000, 5000] as const

/**
 * How long to wait before attempt number `attempt` (from 0), spread by ±20 % so that a whole station does not knock at
 * once.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const index = Math.min(Math.max(attempt, 0), WAITS_MS.length - 1)
  const wait = WAITS_MS[index] ?? 5000
  return Math.round(wait * (0.8 + 0.4 * random()))
}

/**
 * How long attempt number `attempt` may take before the next: a busy phone needs longer than a fresh one, and two sides
 * that both hurry would undo each other's work.
 */
export function attemptMs(attempt: number): number {
  return Math.min(10_000, Math.round(3000 * 1.5 ** Math.max(attempt, 0)))
}

/** Every third fruitless try begins the connection anew instead of restarting its path search. */
export function startsAnew(attempt: number): boolean {
  return attempt % 3 === 2
}
