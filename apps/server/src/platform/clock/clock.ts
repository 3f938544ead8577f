/** The only source of "now"; tests set it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands where it is put, for tests and seeds. */
export class FixedClock implements Clock {
  #now: Date
  constructor(at: string | Date) {
    this.#now = new Date(at)
  }
  now(): Date {
    return new Date(this.#now)
  }
  set(at: string | Date): void {
    this.#now = new Date(at)
  }
  advanceMs(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms)
  }
}
