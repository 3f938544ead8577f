/**
 * One line to a media server, as a machine: what is heard of it goes in, what is to be done comes out. It knows no
 * browser and no clock, and it never gives up: only `leave` ends it.
 */

/** `suspect`: quiet for longer than usual, not yet shown. `reconnecting`: lost, and being mended. */
export type LinkPhase = 'connecting' | 'connected' | 'suspect' | 'reconnecting' | 'closed'

/** Whose fault it seems to be: the words on the screen differ. */
export type LossCause = 'network' | 'server'

export interface LinkState {
  readonly phase: LinkPhase
  /** When the last thing arrived before the loss; null while nothing is lost. */
  readonly lostSince: number | null
  readonly cause: LossCause
  /** Everything that has arrived on this line so far, and when it last grew. */
  readonly arrived: number
  readonly arrivedAt: number
  readonly lookedAt: number
  readonly connectedAt: number
  /** The client's own quick try, which keeps the room: until when it may take. */
  readonly resume: { readonly since: number; readonly until: number } | null
  /** The attempt under way to enter anew: until when its present step may take. */
  readonly dial: { readonly since: number; readonly until: number; readonly ticketed: boolean } | null
  /** When the next attempt is due, while none is under way. */
  readonly dialAt: number | null
  /** Attempts since the line was last good. */
  readonly attempt: number
}

export type LinkInput =
  | { readonly name: 'start' }
  /** A look at the statistics, twice a second; `arrived` is null while there is no line to look at. */
  | { readonly name: 'look'; readonly arrived: number | null; readonly expected: boolean }
  | { readonly name: 'ticket' | 'dialled' }
  | { readonly name: 'dial-failed'; readonly code: string | null }
  /** The client lost its signalling and mends it, or has given up. */
  | { readonly name: 'client-lost' | 'client-over' }
  /** It has mended it. `orphaned`: what we were publishing meanwhile is never answered on the new signalling. */
  | { readonly name: 'client-back'; readonly orphaned: boolean }
  /** Our server says that a room of the media server is no more: ours, the one being entered, or an older. */
  | { readonly name: 'media-lost'; readonly line: boolean; readonly attempt: boolean }
  /** The device has a network again, or another one; the page was asleep; our own server answers again. */
  | { readonly name: 'online' | 'switched' | 'woke' | 'server-heard' }
  | { readonly name: 'leave' }

export type LinkCommand =
  /** Restart ICE over new signalling, in the same room. */
  | { readonly name: 'resume' }
  /** Enter anew with a fresh ticket; an attempt still under way is dropped. */
  | { readonly name: 'dial'; readonly attempt: number }
  /** The old line came back by itself, or the attempt leads nowhere: drop it. */
  | { readonly name: 'cancel-dial' }

export interface LinkStep {
  readonly state: LinkState
  readonly commands: readonly LinkCommand[]
}

/** When something is heard at least this often (voice with DTX: every 400 ms, RFC 7587 §3.1.3; RTCP every second). */
const QUIET = { suspectMs: 1_000, lostMs: 2_000 } as const
/** Nobody speaks: only the path checks of ICE are left, every 2.5 s in Chromium, 5 s in Firefox. */
const IDLE = { suspectMs: 5_500, lostMs: 7_000 } as const
/** The client said that its signalling is gone: one quiet look more is enough. */
const HINTED = { suspectMs: 400, lostMs: 700 } as const
/** The page slept: what was missed meanwhile says nothing. */
const SLEPT_MS = 2_500
/** ICE restart over new signalling takes about four round trips; more than this is no quick try any more. */
const RESUME_MS = 4_000
/** Signalling is back: media follows within a few round trips, or does not follow at all. */
const FOLLOW_MS = 1_500
/** A ticket is one small request. */
const TICKET_MS = 4_000
/** Entering takes about 20 kB both ways: seconds on the weakest link, so later attempts get more. */
const JOIN_MS = [6_000, 9_000, 14_000, 20_000] as const
/** Waits between attempts. They stay short: while the network is away an attempt costs nobody anything. */
const WAITS_MS = [0, 300, 700, 1_000, 1_500] as const
/** The media server is known to be away and is being put up again. */
const AWAY_WAIT_MS = 700
/** A hundred sites of one room must not knock in the same moment. */
const SPREAD_MS = 300
/** A good sign restarts an attempt that has hung for so long. */
const STUCK_MS = 900

export const newLink = (at: number): LinkState => ({
  phase: 'connecting',
  lostSince: null,
  cause: 'network',
  arrived: 0,
  arrivedAt: at,
  lookedAt: at,
  connectedAt: at,
  resume: null,
  dial: null,
  dialAt: null,
  attempt: 0,
})

/** What follows from one input at this moment. */
export function stepLink(state: LinkState, input: LinkInput, at: number, random: () => number = Math.random): LinkStep {
  if (state.phase === 'closed') return still(state)
  switch (input.name) {
    case 'look':
      return look(state, input, at)
    case 'media-lost':
      return mediaLost(state, input, at, random)
    case 'dial-failed':
      return still(waiting(state, at + waitAfter(state, input.code, random)))
    case 'leave':
      return still({ ...state, phase: 'closed', resume: null, dial: null, dialAt: null })
    case 'online':
    case 'switched':
    case 'woke':
    case 'server-heard':
      return goodSign(state, input.name, at)
    default:
      return roomTold(state, input, at)
  }
}

type Told = Extract<LinkInput, { name: 'start' | 'ticket' | 'dialled' | 'client-lost' | 'client-back' | 'client-over' }>

/** How entering and the client's own mending go. */
function roomTold(state: LinkState, told: Told, at: number): LinkStep {
  switch (told.name) {
    case 'start':
      return dialNow(state, at)
    case 'ticket':
      return still(state.dial === null ? state : { ...state, dial: joining(state.dial.since, state.attempt, at) })
    case 'dialled':
      return still(connectedState(state, at, 0))
    case 'client-lost':
      return still(state.resume === null && isUp(state) ? { ...state, resume: resuming(at) } : state)
    case 'client-back':
      return told.orphaned ? clientOver(state, at) : still(clientBack(state, at))
    case 'client-over':
      return clientOver(state, at)
  }
}

/** Only what arrives shows that media flows: where UDP is cut and TCP is not, the client believes too soon. */
function clientBack(state: LinkState, at: number): LinkState {
  if (isUp(state) || state.dial !== null) return { ...state, resume: null }
  return { ...state, resume: { since: at, until: at + FOLLOW_MS } }
}

function clientOver(state: LinkState, at: number): LinkStep {
  const lost = { ...lose(state, at), resume: null }
  return lost.dial !== null || lost.dialAt !== null ? still(lost) : dialNow(lost, at)
}

const waiting = (state: LinkState, dialAt: number): LinkState => ({
  ...state,
  dial: null,
  dialAt,
  attempt: state.attempt + 1,
})

const still = (state: LinkState): LinkStep => ({ state, commands: [] })

const isUp = ({ phase }: LinkState): boolean => phase === 'connected' || phase === 'suspect'

const resuming = (at: number) => ({ since: at, until: at + RESUME_MS })

const joining = (since: number, attempt: number, at: number) => ({
  since,
  until: at + (JOIN_MS[Math.min(attempt, JOIN_MS.length - 1)] ?? TICKET_MS),
  ticketed: true,
})

function connectedState(state: LinkState, at: number, arrived: number): LinkState {
  return { ...newLink(at), phase: 'connected', arrived, cause: state.cause }
}

function lose(state: LinkState, at: number, cause: LossCause = 'network'): LinkState {
  if (!isUp(state)) return { ...state, cause }
  return { ...state, phase: 'reconnecting', lostSince: Math.min(state.arrivedAt, at), cause }
}

function dialNow(state: LinkState, at: number): LinkStep {
  const dial = { since: at, until: at + TICKET_MS, ticketed: false }
  return { state: { ...state, resume: null, dial, dialAt: null }, commands: [{ name: 'dial', attempt: state.attempt }] }
}

function waitAfter({ attempt }: LinkState, code: string | null, random: () => number): number {
  const wait = code === 'MEDIA_AWAY' ? AWAY_WAIT_MS : (WAITS_MS[Math.min(attempt + 1, WAITS_MS.length - 1)] ?? 0)
  return Math.round(wait * (0.7 + 0.6 * random()))
}

function look(state: LinkState, reading: { arrived: number | null; expected: boolean }, at: number): LinkStep {
  const slept = at - state.lookedAt > SLEPT_MS
  const looked = { ...state, lookedAt: at, ...(slept && { arrivedAt: at }) }
  const { arrived } = reading
  if (arrived !== null && arrived > looked.arrived) return heard(looked, arrived, at)
  // less than before: a path or a person was taken away, and its count with it
  const now = arrived === null ? looked : { ...looked, arrived }
  return isUp(now) ? quiet(now, reading.expected, at) : due(now, at)
}

/** Something arrived on the line we have: it lives, whatever its signalling does. */
function heard(state: LinkState, arrived: number, at: number): LinkStep {
  const now = { ...state, arrived, arrivedAt: at }
  // a new line may be on its way meanwhile, because signalling stays broken: it takes over from this one
  if (isUp(now)) return due({ ...now, phase: 'connected' }, at)
  // the next line is being entered: this one is about to be put out of the room
  if (now.phase !== 'reconnecting' || now.dial?.ticketed === true || now.cause === 'server') return due(now, at)
  const commands: LinkCommand[] = now.dial === null ? [] : [{ name: 'cancel-dial' }]
  return { state: { ...connectedState(now, at, arrived), resume: now.resume }, commands }
}

function quiet(state: LinkState, expected: boolean, at: number): LinkStep {
  const silentMs = at - state.arrivedAt
  const limits = state.resume !== null ? HINTED : expected ? QUIET : IDLE
  if (silentMs >= limits.lostMs) {
    if (state.resume !== null || state.dial !== null) return due(lose(state, at), at)
    return { state: { ...lose(state, at), resume: resuming(at) }, commands: [{ name: 'resume' }] }
  }
  return due({ ...state, phase: silentMs >= limits.suspectMs ? 'suspect' : state.phase }, at)
}

/** Is the next thing to be tried due? */
function due(state: LinkState, at: number): LinkStep {
  if (state.resume !== null && at >= state.resume.until) return dialNow(state, at)
  if (state.dial !== null && at >= state.dial.until) return dialNow({ ...state, attempt: state.attempt + 1 }, at)
  if (state.dialAt !== null && at >= state.dialAt) return dialNow(state, at)
  return still(state)
}

/** What is gone: a word about an older room that comes late ends neither the new line nor the way to it. */
function mediaLost(
  state: LinkState,
  gone: { readonly line: boolean; readonly attempt: boolean },
  at: number,
  random: () => number,
): LinkStep {
  const lost = gone.line ? lose(state, at, 'server') : state
  if (isUp(lost)) return still(lost)
  // a ticket that was asked for a moment ago names the next room, or is looked at when it comes
  if (lost.dial !== null && (!gone.attempt || at - lost.dial.since < SPREAD_MS)) return still(lost)
  const commands: LinkCommand[] = lost.dial === null ? [] : [{ name: 'cancel-dial' }]
  return { state: { ...lost, resume: null, dial: null, dialAt: at + Math.round(SPREAD_MS * random()) }, commands }
}

/** It would be dialled without the ticket at hand, and once more at the start. */
const isUnbegun = ({ phase, dial, dialAt }: LinkState): boolean =>
  phase === 'connecting' && dial === null && dialAt === null

function goodSign(state: LinkState, sign: 'online' | 'switched' | 'woke' | 'server-heard', at: number): LinkStep {
  if (isUp(state)) {
    if (sign === 'server-heard' || state.resume !== null) return still(state)
    if (sign === 'woke') return still({ ...state, arrivedAt: at, lookedAt: at })
    return { state: { ...state, resume: resuming(at) }, commands: [{ name: 'resume' }] }
  }
  if (isUnbegun(state)) return still(state)
  const began = state.dial?.since ?? state.resume?.since
  if (began !== undefined && at - began < STUCK_MS) return still(state)
  return dialNow(state, at)
}
