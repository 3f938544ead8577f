/** What the server answered when the key was unlocked. */
interface Held {
  token: string
  until: string
}

/** Nothing is signed in the last moments of an unlocking. */
const marginMs = 5_000

// in the memory of this page alone: closing it locks
let held: Held | undefined

/** The word that opens one's key now; undefined where it is locked. */
export function unlockedToken(): string | undefined {
  return unlockedUntil() && held?.token
}

export function unlockedUntil(): string | undefined {
  return held && Date.parse(held.until) - marginMs > Date.now() ? held.until : undefined
}

export const holdUnlocking = (unlocked: Held | undefined): void => void (held = unlocked)
