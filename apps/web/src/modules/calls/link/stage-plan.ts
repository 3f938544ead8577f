import { compare, MOST_PICTURES } from './receive-plan.ts'

/** Somebody, or something they show, who may have a place on the stage. */
export interface Candidate {
  readonly key: string
  /** A screen or a document. */
  readonly shares: boolean
  readonly pinned: boolean
  /** Leads the room. */
  readonly host: boolean
  readonly hasPicture: boolean
  /** Speaks at this moment. */
  readonly speaking: boolean
}

/** How much the place and the device bear. */
export interface StageLimits {
  readonly tiles: number
  /** Of these, how many with a moving picture. */
  readonly pictures: number
}

/** What is remembered from one look to the next, so that faces do not jump. */
export interface StageMemory {
  /** On the stage, in their places. */
  readonly places: readonly string[]
  /** When each was last heard (ms). */
  readonly heardAt: ReadonlyMap<string, number>
  /** Since when each who speaks now has been speaking. */
  readonly since: ReadonlyMap<string, number>
  /** Who has the large place where there is one. */
  readonly focus: string | null
  readonly focusAt: number
}

export const EMPTY_STAGE: StageMemory = { places: [], heardAt: new Map(), since: new Map(), focus: null, focusAt: 0 }

/** A cough is no speech: only who speaks for so long comes forward. */
const COMES_FORWARD_MS = 700
/** Who came forward stays at least so long: two who talk to each other do not flicker. */
const STAYS_MS = 3000

/** One look at the room: who is on the stage, each at the place they had. */
export function planStage(
  before: StageMemory,
  candidates: readonly Candidate[],
  { now, limit }: { now: number; limit: number },
): StageMemory {
  const heard = listen(before, candidates, now)
  const wanted = wantedOf(candidates, heard, { places: before.places, now, limit })
  return { ...heard, places: keepPlaces(before.places, wanted), ...focusOf(before, candidates, heard, now) }
}

type Heard = Pick<StageMemory, 'heardAt' | 'since'>

function listen(before: StageMemory, candidates: readonly Candidate[], now: number): Heard {
  const since = new Map<string, number>()
  const heardAt = new Map<string, number>()
  for (const { key, speaking } of candidates) {
    if (speaking) since.set(key, before.since.get(key) ?? now)
    const last = before.heardAt.get(key)
    if (speaking && now - (since.get(key) ?? now) >= COMES_FORWARD_MS) heardAt.set(key, now)
    else if (last !== undefined) heardAt.set(key, last)
  }
  return { since, heardAt }
}

interface Stand {
  readonly places: readonly string[]
  readonly now: number
  readonly limit: number
}

/** Shared screens and pinned ones always; then who spoke last; a place held outweighs the same claim without one. */
function wantedOf(candidates: readonly Candidate[], { heardAt }: Heard, { places, now, limit }: Stand): Set<string> {
  const held = new Set(places)
  const justHeard = (key: string): boolean => now - (heardAt.get(key) ?? -Infinity) < STAYS_MS
  const claim = (one: Candidate): number[] => [
    one.shares ? 0 : 1,
    one.pinned ? 0 : 1,
    justHeard(one.key) ? 0 : 1,
    one.host ? 0 : 1,
    one.hasPicture ? 0 : 1,
    held.has(one.key) ? 0 : 1,
    -(heardAt.get(one.key) ?? 0),
  ]
  const claims = candidates.map((one, order) => ({ key: one.key, claim: [...claim(one), order] }))
  claims.sort((a, b) => compare(a.claim, b.claim))
  return new Set(claims.slice(0, Math.min(limit, MOST_PICTURES)).map(({ key }) => key))
}

/** Whoever stays keeps their place; a newcomer takes the place of one who went. */
function keepPlaces(before: readonly string[], wanted: ReadonlySet<string>): string[] {
  const newcomers = [...wanted].filter((key) => !before.includes(key))
  const places = before.flatMap((key) => (wanted.has(key) ? [key] : newcomers.splice(0, 1)))
  return [...places, ...newcomers]
}

/** The large place: what is shared or pinned, else who has been speaking, until another speaks for some time. */
function focusOf(
  before: StageMemory,
  candidates: readonly Candidate[],
  { since }: Heard,
  now: number,
): Pick<StageMemory, 'focus' | 'focusAt'> {
  const fixed = candidates.find((one) => one.pinned) ?? candidates.find((one) => one.shares)
  if (fixed !== undefined) return { focus: fixed.key, focusAt: now }
  const current = candidates.find((one) => one.key === before.focus)
  const speaker = candidates
    .filter((one) => one.speaking && now - (since.get(one.key) ?? now) >= COMES_FORWARD_MS)
    .sort((a, b) => (since.get(a.key) ?? 0) - (since.get(b.key) ?? 0))[0]
  const mayMove = current === undefined || (!current.speaking && now - before.focusAt >= STAYS_MS)
  if (speaker !== undefined && speaker.key !== before.focus && mayMove) return { focus: speaker.key, focusAt: now }
  if (current !== undefined) return { focus: current.key, focusAt: before.focusAt }
  const first = candidates.find((one) => one.host) ?? candidates[0]
  // nobody spoke yet: the first who does may have it at once
  return { focus: first?.key ?? null, focusAt: -Infinity }
}
