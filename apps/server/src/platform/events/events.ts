import type { Work } from '../db/work.ts'

/** A fact a module announces; others react without the announcer knowing them. */
export interface EventType<T> {
  readonly name: string
  /** Only the type; never read. */
  readonly payload?: T
}

const names = new Set<string>()

/** Declares an event; exported from the announcing module's `index.ts`. */
export function defineEvent<T>(name: string): EventType<T> {
  if (names.has(name)) throw new Error(`event ${name} is defined twice`)
  names.add(name)
  return { name }
}

type Listener = (work: Work, payload: never) => Promise<void>

/** Listeners run inside the announcer's transaction: if one fails, all of it is undone. */
export class Events {
  #listeners = new Map<string, Listener[]>()

  on<T>(event: EventType<T>, listener: (work: Work, payload: T) => Promise<void>): void {
    this.#listeners.set(event.name, [...(this.#listeners.get(event.name) ?? []), listener as Listener])
  }

  async announce<T>(work: Work, event: EventType<T>, payload: T): Promise<void> {
    for (const listener of this.#listeners.get(event.name) ?? [])
      await (listener as (work: Work, payload: T) => Promise<void>)(work, payload)
  }
}
