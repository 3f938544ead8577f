import { type ApiProblem, passesByItself } from '../api/index.ts'
import { forgetFile, isKept, type KeptFile } from './kept-files.ts'
import { takePlace } from './places.ts'
import type { TusUpload } from './tus-client.ts'

/** `waiting`: the line or the server is away, it goes on by itself. */
export type SendingPhase = 'queued' | 'sending' | 'waiting' | 'paused' | 'done' | 'failed' | 'cancelled'

export interface SendingState {
  phase: SendingPhase
  sent: number
  size: number
  /** Why it failed for good. */
  problem?: ApiProblem
}

const firstPauseMs = 1_000
const longestPauseMs = 30_000
/** Of the protocol itself: another request holds the file, or its place is read anew. */
const passing = new Set([409, 423])
const mayPass = (problem: ApiProblem): boolean => passesByItself(problem) || passing.has(problem.status)
const ended = new Set<SendingPhase>(['done', 'failed', 'cancelled'])

/** One file on its way. It ends when the server has it or refuses it, or the person gives it up. */
export class Sending {
  readonly id: string
  readonly purpose: string
  readonly subjectId: string
  readonly name: string
  /** Resolves when the server has it; rejects with the refusal. */
  readonly done: Promise<void>
  readonly #file: KeptFile
  readonly #listeners = new Set<() => void>()
  #settle: { resolve(): void; reject(problem: unknown): void } | undefined
  #state: SendingState
  #upload: TusUpload | undefined
  #begun: boolean
  /** Found in the browser's keeping: another tab may have sent it meanwhile. */
  #found: boolean
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #leave: (() => void) | undefined

  constructor(file: KeptFile, begun: boolean) {
    this.id = file.id
    this.purpose = file.purpose
    this.subjectId = file.subjectId
    this.name = file.name
    this.#file = file
    this.#begun = begun
    this.#found = begun
    this.#state = { phase: 'queued', sent: 0, size: file.blob.size }
    this.done = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.done.catch(() => undefined)
    addEventListener('online', this.#onOnline)
    void this.#start()
  }

  get state(): SendingState {
    return this.#state
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  pause(): void {
    if (ended.has(this.#state.phase)) return
    this.#halt()
    this.#become({ phase: 'paused' })
  }

  resume(): void {
    if (this.#state.phase === 'paused') void this.#start()
  }

  /** Gives it up, here and at the server. */
  async cancel(): Promise<void> {
    if (ended.has(this.#state.phase)) return
    const upload = this.#upload
    this.#halt()
    await this.#end({ phase: 'cancelled' })
    await upload?.stop(true).catch(() => undefined)
  }

  async #start(): Promise<void> {
    this.#become({ phase: 'queued' })
    this.#leave = await takePlace(this.id)
    if (this.#state.phase !== 'queued') return this.#release()
    if (this.#found && !(await isKept(this.id))) return this.#end({ phase: 'done', sent: this.#state.size })
    this.#found = false
    const { tusUpload } = await import('./tus-client.ts').catch(() => ({ tusUpload: undefined }))
    if (this.#state.phase !== 'queued') return this.#release()
    // the chunk itself did not come over
    if (!tusUpload) return this.#wait()
    this.#upload = tusUpload(this.#file, this.#begun, {
      onProgress: (sent) => this.#become({ phase: 'sending', sent }),
      onDone: () => void this.#end({ phase: 'done', sent: this.#state.size }),
      onProblem: (problem) => this.#fail(problem),
    })
    this.#begun = true
    this.#become({ phase: 'sending' })
    this.#upload.start()
  }

  #fail(problem: ApiProblem): void {
    if (mayPass(problem)) this.#wait()
    else void this.#end({ phase: 'failed', problem })
  }

  #wait(): void {
    this.#halt()
    this.#become({ phase: 'waiting' })
    const pause = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs)
    this.#failures += 1
    this.#timer = setTimeout(() => void this.#start(), pause)
  }

  readonly #onOnline = (): void => {
    if (this.#state.phase !== 'waiting') return
    clearTimeout(this.#timer)
    this.#failures = 0
    void this.#start()
  }

  #halt(): void {
    clearTimeout(this.#timer)
    void this.#upload?.stop().catch(() => undefined)
    this.#upload = undefined
    this.#release()
  }

  #release(): void {
    this.#leave?.()
    this.#leave = undefined
  }

  async #end(state: Partial<SendingState>): Promise<void> {
    removeEventListener('online', this.#onOnline)
    await forgetFile(this.id)
    this.#release()
    this.#become(state)
    if (this.#state.phase === 'done') this.#settle?.resolve()
    else this.#settle?.reject(this.#state.problem ?? new Error('cancelled'))
  }

  #become(change: Partial<SendingState>): void {
    if (change.sent !== undefined && change.sent > this.#state.sent) this.#failures = 0
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
