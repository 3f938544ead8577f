import type { EncounterContent } from '@moinha/contracts/records'
import { isDay } from '@moinha/ui'

export type Piece = keyof EncounterContent
export type Versioned = EncounterContent & { version: number }
export type DraftState = 'saved' | 'unsaved' | 'saving' | 'unsent' | 'conflict'

/** A piece two people changed: what is here and what is saved. */
export interface Clash {
  piece: Piece
  theirs: EncounterContent[Piece]
}

export type SaveReply =
  { kind: 'saved'; version: number } | { kind: 'newer'; current: Versioned } | { kind: 'failed'; error: unknown }
type Send = (version: number, changes: Partial<EncounterContent>) => Promise<SaveReply>

export interface Draft {
  content: EncounterContent
  version: number
  state: DraftState
  clashes: readonly Clash[]
  savedAt: number | null
  error: unknown
}

const pieces: readonly Piece[] = [
  'complaint',
  'findings',
  'conclusion',
  'advice',
  'nextAppointmentOn',
  'referredUp',
  'disposition',
  'channel',
  'identityCheck',
  'consentBy',
  'diagnoses',
]
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const contentOf = (from: EncounterContent): EncounterContent =>
  Object.fromEntries(pieces.map((piece) => [piece, from[piece]])) as EncounterContent

/** A date whose year is still being typed stays here until it is whole; the rest is sent meanwhile. */
export const isWhole = ({ nextAppointmentOn: day }: Pick<EncounterContent, 'nextAppointmentOn'>): boolean =>
  day === null || isDay(day)

/** Pause after the last keystroke before it is sent. */
const quietMs = 900
const retryMs = 5_000

/**
 * What is typed into an encounter, saved piece by piece on top of the version it was typed on. When somebody saved
 * meanwhile, pieces only they changed are taken over, pieces only changed here stay, and a piece both changed waits for
 * a choice.
 */
export class EncounterDraft {
  #base: EncounterContent
  #send: Send
  #draft: Draft
  #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #under: Promise<void> | undefined
  /** A newer state heard of while a save is under way: it may be our own. */
  #heard: Versioned | undefined

  constructor(start: Versioned, send: Send) {
    this.#base = contentOf(start)
    this.#send = send
    this.#draft = {
      content: contentOf(start),
      version: start.version,
      state: 'saved',
      clashes: [],
      savedAt: null,
      error: null,
    }
  }

  read = (): Draft => this.#draft

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Takes what was typed and sends it after a pause. */
  change(changes: Partial<EncounterContent>): void {
    this.#set({
      content: { ...this.#draft.content, ...changes },
      ...(this.#draft.state === 'saved' && { state: 'unsaved' }),
    })
    this.#later(quietMs)
  }

  /** Chooses between two texts of one piece. */
  settle(piece: Piece, value: EncounterContent[Piece]): void {
    const clashes = this.#draft.clashes.filter((clash) => clash.piece !== piece)
    this.#set({
      content: { ...this.#draft.content, [piece]: value },
      clashes,
      ...(clashes.length === 0 && { state: 'unsaved' }),
    })
    if (clashes.length === 0) this.#later(0)
  }

  /** A newer state arrived from the server while nothing or something is typed here. */
  meet(current: Versioned): void {
    if (this.#draft.state === 'saving') {
      this.#heard = current
      return
    }
    if (current.version <= this.#draft.version) return
    const { content } = this.#draft
    const merged = { ...content }
    const clashes: Clash[] = []
    for (const piece of pieces) {
      if (same(current[piece], this.#base[piece]) || same(current[piece], content[piece])) continue
      if (same(content[piece], this.#base[piece])) Object.assign(merged, { [piece]: current[piece] })
      else clashes.push({ piece, theirs: current[piece] })
    }
    this.#base = contentOf(current)
    this.#set({ content: merged, version: current.version, clashes, ...(clashes.length > 0 && { state: 'conflict' }) })
  }

  /** Sends whatever can be sent; true when all is saved, so not while a date is half typed. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#under
    while (this.#draft.clashes.length === 0) {
      const changes = this.#changes()
      if (Object.keys(changes).length === 0) {
        const state = this.#stateNow()
        if (this.#draft.state !== state) this.#set({ state })
        return state === 'saved'
      }
      this.#under = this.#save(changes)
      await this.#under
      this.#under = undefined
      if (this.#draft.state === 'unsent') return false
    }
    return false
  }

  /** What is typed and not saved, also what cannot be sent yet; undefined when all is saved. */
  unsaved = (): Partial<EncounterContent> | undefined => {
    const changed = this.#changed()
    if (changed.length === 0) return undefined
    return Object.fromEntries(changed.map((piece) => [piece, this.#draft.content[piece]]))
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #changed(): Piece[] {
    return pieces.filter((piece) => !same(this.#draft.content[piece], this.#base[piece]))
  }

  #changes(): Partial<EncounterContent> {
    const { content } = this.#draft
    const ready = this.#changed().filter((piece) => piece !== 'nextAppointmentOn' || isWhole(content))
    return Object.fromEntries(ready.map((piece) => [piece, content[piece]]))
  }

  #stateNow(): 'saved' | 'unsaved' {
    return this.#changed().length === 0 ? 'saved' : 'unsaved'
  }

  async #save(changes: Partial<EncounterContent>): Promise<void> {
    this.#set({ state: 'saving' })
    const reply = await this.#send(this.#draft.version, changes)
    if (reply.kind === 'saved') {
      this.#base = { ...this.#base, ...changes }
      this.#set({ version: reply.version, state: this.#stateNow(), savedAt: Date.now(), error: null })
    } else if (reply.kind === 'newer') {
      this.#set({ state: 'unsaved' })
      this.meet(reply.current)
    } else {
      this.#set({ state: 'unsent', error: reply.error })
      this.#later(retryMs)
    }
    const heard = this.#heard
    this.#heard = undefined
    if (heard) this.meet(heard)
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), ms)
  }

  #set(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change }
    this.#listeners.forEach((listener) => listener())
  }
}
