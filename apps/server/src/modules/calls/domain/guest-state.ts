import type { GuestState } from '@moinha/contracts/calls'

export interface GuestTimes {
  readonly enter_until: Date
  readonly entered_at: Date | null
  readonly ended_at: Date | null
}

/** How an invitation stands; who has entered may come back whatever the minutes say. */
export function guestState(guest: GuestTimes, now: Date): GuestState {
  if (guest.ended_at !== null) return 'ended'
  if (guest.entered_at !== null) return 'entered'
  return guest.enter_until <= now ? 'expired' : 'waiting'
}
