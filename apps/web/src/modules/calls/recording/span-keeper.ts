import type { Recording } from '@moinha/contracts/calls'

/** What the keeper needs of the page. */
export interface SpanParts {
  /** Asks the server for a span of this id; throws where it is refused or the line is lost. */
  open(spanId: string): Promise<Recording | null>
  /** Was it the server that said no? Else the answer may be lost and the span be open. */
  isRefusal(error: unknown): boolean
  /** Records a span on this page until it is stopped. */
  record(spanId: string): { stop(): void }
  readAgain(): void
  newId(): string
  /** How long to wait after so many fruitless tries. */
  waitMs(tries: number): number
}

/**
 * Which span the page of whoever asked records, told from what the server says: one that may run and does not is
 * opened, as often as it takes; the page records while its own span is the open one and not a moment longer, e.g.
 * when another device of the same person took over, somebody came in, or the server closed what a lost line had left.
 */
export class SpanKeeper {
  readonly #parts: SpanParts
  #view: Recording | null = null
  #views = 0
  /** The span this page asked for last and has not given up. */
  #asked: string | null = null
  #recorder: { stop(): void } | null = null
  #opening = false
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(parts: SpanParts) {
    this.#parts = parts
  }

  /** The recording as it was just read. */
  look(view: Recording | null): void {
    if (this.#closed) return
    this.#view = view
    this.#views += 1
    // begun, and not ours to record
    if (view?.recordedBy === 'server') this.#asked = null
    const own = this.#ownSpan()
    if (own === null) this.#stop()
    else this.#recorder ??= this.#parts.record(own)
    if (this.#mayOpen()) this.#openSoon(this.#tries === 0 ? 0 : this.#parts.waitMs(this.#tries))
    else this.#forgetTries()
  }

  /** The page goes, or another recording is looked at. */
  close(): void {
    this.#closed = true
    this.#stop()
    this.#forgetTries()
  }

  /** The span that this page must be recording now; what the media side records needs no page. */
  #ownSpan(): string | null {
    const view = this.#view
    if (view?.mine !== true || view.phase !== 'running' || view.recordedBy !== 'page') return null
    return view.spanId === this.#asked ? view.spanId : null
  }

  #stop(): void {
    if (this.#recorder === null) return
    this.#recorder.stop()
    this.#recorder = null
    // a span is recorded in one piece: what follows is another one
    this.#asked = null
  }

  #mayOpen(): boolean {
    return !this.#closed && this.#recorder === null && this.#view?.mine === true && this.#view.phase === 'allowed'
  }

  #forgetTries(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#tries = 0
  }

  #openSoon(afterMs: number): void {
    if (this.#opening || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#mayOpen()) void this.#open()
    }, afterMs)
  }

  async #open(): Promise<void> {
    this.#opening = true
    this.#asked ??= this.#parts.newId()
    const before = this.#views
    const opened = await this.#parts.open(this.#asked).catch((error: unknown) => this.#failed(error))
    this.#opening = false
    if (this.#closed) return
    // what was read meanwhile may be newer than this answer
    if (opened !== undefined && before === this.#views) return this.look(opened)
    if (opened === undefined) this.#tries += 1
    this.#parts.readAgain()
    if (this.#mayOpen()) this.#openSoon(this.#parts.waitMs(this.#tries))
  }

  #failed(error: unknown): undefined {
    if (this.#parts.isRefusal(error)) this.#asked = null
    return undefined
  }
}
