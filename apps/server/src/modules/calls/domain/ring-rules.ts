/** A telephone rings about this long before a person gives up waiting. */
export const RING_SECONDS = 45

/** How a ring stands. */
export type RingState = 'ringing' | 'answered' | 'declined' | 'cancelled' | 'missed'

export interface RingTimes {
  readonly until: Date
  readonly answered_at: Date | null
  readonly declined_at: Date | null
  readonly cancelled_at: Date | null
}

/** Reads the state of a ring at one moment. */
export function ringState(ring: RingTimes, now: Date): RingState {
  if (ring.answered_at !== null) return 'answered'
  if (ring.declined_at !== null) return 'declined'
  if (ring.cancelled_at !== null) return 'cancelled'
  return ring.until <= now ? 'missed' : 'ringing'
}
