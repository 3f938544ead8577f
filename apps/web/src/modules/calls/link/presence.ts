/** How one other person comes through, judged by what arrives from them. Pure: no browser, no clock. */

/** `returning`: lost, and expected back by themselves. `away`: lost for longer than that. */
export type PresenceState = 'connected' | 'returning' | 'away'

export interface Presence {
  readonly state: PresenceState
  /** When they were last heard before the loss; null while they are there. */
  readonly lostSince: number | null
  readonly heard: number
  readonly heardAt: number
  /** That they were lost has been said, and their return not yet. */
  readonly said: boolean
  /** Since when they have been back; announcing waits a little, so that a flapping link is not read aloud. */
  readonly backAt: number
}

/** What one look tells about them. */
export interface PersonReading {
  /** Packets of theirs so far. */
  readonly heard: number
  /** Their microphone is open and we take its sound: packets come at least every 400 ms, also in silence (DTX). */
  readonly speaks: boolean
  /** The media server has them in the room. */
  readonly listed: boolean
  /** The media server, or our own, says that their line is gone. */
  readonly hinted: boolean
}

/** Five packets of silence in a row: no chance loss, and still within three seconds with the look itself. */
const SILENT_MS = 2_000
/** Who reloads or walks out of a dead spot is back by then; who is not needs somebody to do something. */
export const GRACE_MS = 20_000
/** After so long nobody waits with a picture any more. */
export const FORGOTTEN_MS = 15 * 60_000
/** A loss shorter than this is shown, not said. */
const SAY_LOST_MS = 1_500
/** Longer than a new loss takes to be noticed: a link that flaps is read aloud once. */
const SAY_BACK_MS = 3_000

export const newPresence = (at: number): Presence => ({
  state: 'connected',
  lostSince: null,
  heard: 0,
  heardAt: at,
  said: false,
  backAt: at,
})

export interface PresenceStep {
  readonly presence: Presence
  readonly say: 'lost' | 'back' | null
}

/** Their state after one look. `ownLink`: false while our own line is down, when nothing can be said about others. */
export function stepPresence(
  before: Presence,
  reading: PersonReading,
  { at, ownLink }: { at: number; ownLink: boolean },
): PresenceStep {
  if (!ownLink) return { presence: { ...before, heardAt: at }, say: null }
  const grew = reading.heard > before.heard && reading.listed
  const now = { ...before, heard: reading.heard, heardAt: grew ? at : before.heardAt }
  return said(isLost(now, reading, at) ? lost(now, reading.speaks ? now.heardAt : at, at) : back(now, at), at)
}

function isLost({ heardAt }: Presence, reading: PersonReading, at: number): boolean {
  if (!reading.listed) return true
  const silent = at - heardAt >= SILENT_MS
  return silent && (reading.speaks || reading.hinted)
}

function lost(presence: Presence, since: number, at: number): Presence {
  const lostSince = presence.lostSince ?? since
  return { ...presence, lostSince, state: at - lostSince >= GRACE_MS ? 'away' : 'returning' }
}

function back(presence: Presence, at: number): Presence {
  return presence.state === 'connected' ? presence : { ...presence, state: 'connected', lostSince: null, backAt: at }
}

function said(presence: Presence, at: number): PresenceStep {
  const { state, lostSince } = presence
  if (state !== 'connected' && !presence.said && at - (lostSince ?? at) >= SAY_LOST_MS)
    return { presence: { ...presence, said: true }, say: 'lost' }
  if (state === 'connected' && presence.said && at - presence.backAt >= SAY_BACK_MS)
    return { presence: { ...presence, said: false }, say: 'back' }
  return { presence, say: null }
}
