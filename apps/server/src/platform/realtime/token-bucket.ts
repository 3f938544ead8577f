/** Lets a burst of `size` through and then `perSecond`, for ever. */
export class TokenBucket {
  readonly #size: number
  readonly #perSecond: number
  readonly #now: () => number
  #tokens: number
  #at: number

  constructor(size: number, perSecond: number, now: () => number = () => performance.now()) {
    this.#size = size
    this.#perSecond = perSecond
    this.#now = now
    this.#tokens = size
    this.#at = now()
  }

  /** Takes tokens where there are enough; false takes none. */
  take(count = 1): boolean {
    const now = this.#now()
    this.#tokens = Math.min(this.#size, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#tokens < count) return false
    this.#tokens -= count
    return true
  }
}
