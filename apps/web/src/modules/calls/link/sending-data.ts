/** What a call has used of a person's data. */
export interface DataUse {
  readonly bytesUp: number
  readonly bytesDown: number
  readonly bytesPerMinute: number
}

/** What a limit says about it. */
export type CapState = 'none' | 'under' | 'near' | 'reached'

/** Said at four fifths: there is still time to decide. */
const NEAR = 0.8
/** The rate is that of the last half minute: long enough not to jump, short enough to follow the picture. */
const RATE_SECONDS = 30

/** Counts over several connections: each begins at zero again, what was used stays used. */
export class DataMeter {
  readonly #recent: { atMs: number; total: number }[] = []
  #last = { up: 0, down: 0 }
  #up = 0
  #down = 0

  /** What the present connection has carried since it began. */
  count(now: { up: number; down: number }, atMs: number): DataUse {
    this.#up += now.up >= this.#last.up ? now.up - this.#last.up : now.up
    this.#down += now.down >= this.#last.down ? now.down - this.#last.down : now.down
    this.#last = now
    this.#recent.push({ atMs, total: this.#up + this.#down })
    while ((this.#recent[0]?.atMs ?? atMs) < atMs - RATE_SECONDS * 1000) this.#recent.shift()
    return { bytesUp: this.#up, bytesDown: this.#down, bytesPerMinute: this.#rate(atMs) }
  }

  #rate(atMs: number): number {
    const first = this.#recent[0]
    if (first === undefined || atMs - first.atMs < 1000) return 0
    return Math.round(((this.#up + this.#down - first.total) * 60_000) / (atMs - first.atMs))
  }
}

/** How near the limit a call is. */
export function capState({ bytesUp, bytesDown }: DataUse, capBytes: number | null): CapState {
  if (capBytes === null) return 'none'
  const used = bytesUp + bytesDown
  if (used >= capBytes) return 'reached'
  return used >= capBytes * NEAR ? 'near' : 'under'
}
