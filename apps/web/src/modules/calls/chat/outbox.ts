import type { NewMessage } from '@moinha/contracts/calls'
import { call, isProblem, passesByItself } from '../../../platform/api/index.ts'
import { keepWriting, keptWriting } from '../../../platform/change-over/kept-writing.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'

/** `waiting`: the line is away and it goes by itself later. `refused`: it will not go, and its text stays here. */
export type UnsentState = 'sending' | 'waiting' | 'refused'

/** A message the server has not taken yet. */
export interface Unsent {
  readonly message: NewMessage
  readonly state: UnsentState
  /** Why it was refused. */
  readonly code: string | null
}

export interface OutboxSnapshot {
  readonly unsent: readonly Unsent[]
  /** What is being typed. */
  readonly draft: string
}

/** Waits between tries while the line is away; the last repeats as long as the page is open. */
const WAITS_MS = [2_000, 4_000, 8_000, 15_000] as const

/**
 * Messages of one person in one visit on their way to the server, one after the other. They outlive a lost line and a
 * reload; the same message sent twice arrives once, since its id was minted here.
 */
export class Outbox {
  readonly #visitId: string
  readonly #personId: string
  readonly #listeners = new Set<() => void>()
  #snapshot: OutboxSnapshot
  #delivering = false
  #fruitless = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(visitId: string, personId: string) {
    this.#visitId = visitId
    this.#personId = personId
    this.#snapshot = readKept(personId, visitId)
  }

  readonly snapshot = (): OutboxSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  type(draft: string): void {
    this.#set({ draft })
  }

  /** Takes a message; it goes at once, or when the line is back. */
  put(message: NewMessage): void {
    this.#set({ unsent: [...this.#snapshot.unsent, { message, state: 'sending', code: null }] })
    void this.deliver()
  }

  /** A refused message goes back to where it was typed, or away. */
  takeBack(id: string): void {
    const taken = this.#snapshot.unsent.find(({ message }) => message.id === id)?.message
    const draft = taken?.kind === 'text' ? [this.#snapshot.draft, taken.text].filter(Boolean).join('\n') : undefined
    this.#set({ unsent: this.#others(id), ...(draft !== undefined && { draft }) })
  }

  /** Tries again on every sign of life of the line; the reply ends that. */
  start(): () => void {
    const again = (): void => void this.deliver()
    window.addEventListener('online', again)
    const socket = liveSocket()
    void socket.then((line) => line.on('connect', again))
    again()
    return () => {
      window.removeEventListener('online', again)
      void socket.then((line) => line.off('connect', again))
      clearTimeout(this.#timer)
    }
  }

  /** Sends what waits, in order, until something does not get through. */
  async deliver(): Promise<void> {
    if (this.#delivering) return
    this.#delivering = true
    clearTimeout(this.#timer)
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#send(next.message))) break
      }
    } finally {
      this.#delivering = false
    }
  }

  #next(): Unsent | undefined {
    return this.#snapshot.unsent.find(({ state }) => state !== 'refused')
  }

  /** True when it needs no further try. */
  async #send(message: NewMessage): Promise<boolean> {
    this.#mark(message.id, 'sending')
    try {
      await call('calls.sendMessage', { params: { visitId: this.#visitId }, body: message })
      this.#fruitless = 0
      this.#set({ unsent: this.#others(message.id) })
      return true
    } catch (error) {
      if (isProblem(error) && passesByItself(error)) return this.#wait(message.id)
      this.#mark(message.id, 'refused', isProblem(error) ? error.code : 'UNKNOWN')
      return true
    }
  }

  #wait(id: string): false {
    this.#mark(id, 'waiting')
    const wait = WAITS_MS[Math.min(this.#fruitless++, WAITS_MS.length - 1)]
    this.#timer = setTimeout(() => void this.deliver(), wait)
    return false
  }

  #others(id: string): readonly Unsent[] {
    return this.#snapshot.unsent.filter(({ message }) => message.id !== id)
  }

  #mark(id: string, state: UnsentState, code: string | null = null): void {
    this.#set({ unsent: this.#snapshot.unsent.map((one) => (one.message.id === id ? { ...one, state, code } : one)) })
  }

  #set(change: Partial<OutboxSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    keep(this.#personId, this.#visitId, this.#snapshot)
    for (const listener of [...this.#listeners]) listener()
  }
}

const placeOf = (visitId: string): string => `chat.${visitId}`

function readKept(personId: string, visitId: string): OutboxSnapshot {
  try {
    const kept = JSON.parse(keptWriting(personId, placeOf(visitId)) ?? 'null') as OutboxSnapshot | null
    return kept ?? { unsent: [], draft: '' }
  } catch {
    return { unsent: [], draft: '' }
  }
}

/** In the tab's own storage: it survives a reload and ends with the tab, which may stand in a waiting room. */
function keep(personId: string, visitId: string, { unsent, draft }: OutboxSnapshot): void {
  const isEmpty = unsent.length === 0 && draft === ''
  keepWriting(personId, placeOf(visitId), isEmpty ? null : JSON.stringify({ unsent, draft }))
}

const outboxes = new Map<string, Outbox>()

/** The one outbox of a person in a visit on this page. */
export function outboxOf(visitId: string, personId: string): Outbox {
  const key = `${personId} ${visitId}`
  const known = outboxes.get(key) ?? new Outbox(visitId, personId)
  outboxes.set(key, known)
  return known
}
