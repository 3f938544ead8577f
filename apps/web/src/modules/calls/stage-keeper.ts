import type { CallSession } from './call-session.ts'
import { EMPTY_STAGE, planStage, type Candidate, type StageLimits, type StageMemory } from './link/stage-plan.ts'
import type { CallParticipant } from './transport/call-transport.ts'

/** Louder than this counts as speaking. */
export const SPEAKING_LEVEL = 0.04

export interface StageSnapshot {
  /** Keys of people and of further pictures, each at its place. */
  readonly places: readonly string[]
  readonly withPicture: ReadonlySet<string>
  readonly focus: string | null
  readonly pinned: string | null
}

/** Who is on the stage of this page, from look to look: the call changes many times a second, the stage seldom. */
export class StageKeeper {
  readonly #session: CallSession
  readonly #listeners = new Set<() => void>()
  #off: (() => void) | null = null
  #limits: StageLimits = { tiles: 9, pictures: 9 }
  #pinned: string | null = null
  #tiles: StageMemory = EMPTY_STAGE
  #pictures: StageMemory = EMPTY_STAGE
  #snapshot: StageSnapshot = { places: [], withPicture: new Set(), focus: null, pinned: null }

  constructor(session: CallSession) {
    this.#session = session
    this.#look()
  }

  readonly snapshot = (): StageSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#off ??= this.#session.subscribe(() => this.#look())
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#off?.()
      this.#off = null
    }
  }

  /** Keeps one picture large, or lets it go. */
  readonly pin = (key: string | null): void => {
    this.#pinned = key
    this.#look()
  }

  limit(limits: StageLimits): void {
    if (limits.tiles === this.#limits.tiles && limits.pictures === this.#limits.pictures) return
    this.#limits = limits
    this.#look()
  }

  #look(): void {
    const people = this.#session.snapshot().call?.participants ?? []
    const candidates = people.flatMap((person) =>
      candidatesOf(person, this.#pinned, this.#session.signs.snapshot().hosts),
    )
    const now = Date.now()
    this.#tiles = planStage(this.#tiles, candidates, { now, limit: this.#limits.tiles })
    this.#pictures = planStage(this.#pictures, candidates, { now, limit: this.#limits.pictures })
    const { places, focus } = this.#tiles
    const next = { places, focus, withPicture: new Set(this.#pictures.places), pinned: this.#pinned }
    if (isSame(this.#snapshot, next)) return
    this.#snapshot = next
    for (const listener of [...this.#listeners]) listener()
  }
}

function candidatesOf(person: CallParticipant, pinned: string | null, hosts: ReadonlySet<string>): Candidate[] {
  const host = hosts.has(person.personId)
  const own = (key: string) => ({ key, host, pinned: key === pinned })
  return [
    {
      ...own(person.key),
      shares: false,
      hasPicture: person.camera,
      speaking: person.microphone && person.audioLevel > SPEAKING_LEVEL,
    },
    ...(person.pictures ?? []).map(({ key, kind }) => ({
      ...own(key),
      shares: kind !== 'camera',
      hasPicture: true,
      speaking: false,
    })),
  ]
}

function isSame(a: StageSnapshot, b: StageSnapshot): boolean {
  return (
    a.focus === b.focus &&
    a.pinned === b.pinned &&
    a.places.join() === b.places.join() &&
    [...a.withPicture].join() === [...b.withPicture].join()
  )
}
