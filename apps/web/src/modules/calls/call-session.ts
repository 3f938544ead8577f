import { call, isProblem } from '../../platform/api/index.ts'
import { liveSocket } from '../../platform/realtime/index.ts'
import { LocalMedia } from './media/local-media.ts'
import { CallRefused, type CallEvent, type CallSnapshot, type CallTransport } from './transport/call-transport.ts'
import { openTransport } from './transport/open-transport.ts'

/** Where the person stands with the room. Only `finished` is for good. */
export type CallPhase = 'lobby' | 'joining' | 'inside' | 'left' | 'replaced' | 'finished'

export interface SessionSnapshot {
  readonly phase: CallPhase
  readonly call: CallSnapshot | null
  /** Why the room did not let us in. */
  readonly refusal: string | null
}

/** How to enter. */
export interface Entering {
  readonly picture: boolean
  /** Enter although there is no microphone. */
  readonly listenOnly?: boolean
  /** Silent until one wishes to speak: the manner of rooms with many. */
  readonly muted?: boolean
}

/** One person's way through one visit: lobby, room, out, back in. Owns the microphone, the camera and the transport. */
export class CallSession {
  readonly media = new LocalMedia()
  readonly #visitId: string
  readonly #listeners = new Set<() => void>()
  readonly #eventListeners = new Set<(event: CallEvent) => void>()
  #transport: CallTransport | null = null
  #snapshot: SessionSnapshot = { phase: 'lobby', call: null, refusal: null }
  #last: Entering = { picture: false }
  #closed = false

  constructor(visitId: string) {
    this.#visitId = visitId
  }

  readonly snapshot = (): SessionSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly onEvent = (listener: (event: CallEvent) => void): (() => void) => {
    this.#eventListeners.add(listener)
    return () => void this.#eventListeners.delete(listener)
  }

  /** The engine in use while inside. */
  get transport(): CallTransport | null {
    return this.#transport
  }

  /** Opens what is needed and enters; whatever fails leaves the person in the lobby with a reason. */
  async join(entering: Entering): Promise<void> {
    if (this.#snapshot.phase === 'joining' || this.#snapshot.phase === 'inside') return
    this.#last = entering
    this.#set({ phase: 'joining', refusal: null })
    if (entering.muted === true) this.media.setMicrophoneOn(false)
    if (this.media.snapshot().microphone === null) await this.media.openMicrophone()
    if (this.media.snapshot().microphone === null && entering.listenOnly !== true) return this.#set({ phase: 'lobby' })
    if (!entering.picture) this.media.closeCamera()
    else if (this.media.snapshot().camera === null) await this.media.openCamera()
    await this.#enter()
  }

  /** Enters again as before. */
  rejoin(): Promise<void> {
    return this.join(this.#last)
  }

  /** Steps out; the visit goes on. */
  async leave(): Promise<void> {
    await this.#transport?.leave()
    this.#release()
    this.#set({ phase: 'left', call: null })
  }

  /** The page goes away. */
  close(): void {
    this.#closed = true
    void this.#transport?.leave()
    this.#transport = null
    this.media.close()
    this.#listeners.clear()
    this.#eventListeners.clear()
  }

  /** The server says that the visit is over, whether we are inside or not. */
  finish(): void {
    void this.#transport?.leave()
    this.#release()
    this.#set({ phase: 'finished', call: null })
  }

  async #enter(retries = 3): Promise<void> {
    try {
      const socket = await liveSocket()
      const transport = await openTransport({
        visitId: this.#visitId,
        socket,
        media: this.media,
        ticket: (signal) => call('calls.issueTicket', { params: { visitId: this.#visitId } }, signal && { signal }),
      })
      if (this.#closed) return
      this.#transport = transport
      transport.subscribe(() => this.#follow(transport))
      transport.onEvent((event) => {
        for (const listener of [...this.#eventListeners]) listener(event)
      })
      await transport.join()
      this.#set({ phase: 'inside', call: transport.snapshot() })
    } catch (failure) {
      // The room went over to the other engine between ticket and door: the next ticket names the right one.
      if (failure instanceof CallRefused && failure.code === 'CALL_ENGINE_CHANGED' && retries > 0)
        return this.#enter(retries - 1)
      this.#refused(failure)
    }
  }

  #refused(failure: unknown): void {
    this.#transport = null
    const code = failure instanceof CallRefused || isProblem(failure) ? failure.code : 'UNKNOWN'
    if (code === 'VISIT_FINISHED') return this.finish()
    this.#set({ phase: 'lobby', call: null, refusal: code })
  }

  #follow(transport: CallTransport): void {
    if (transport !== this.#transport) return
    const call = transport.snapshot()
    if (call.state === 'finished' || call.state === 'replaced') {
      this.#release()
      this.#set({ phase: call.state, call: null })
    } else if (call.state === 'changed') void this.#enter()
    else if (call.state !== 'left') this.#set({ call })
  }

  #release(): void {
    this.#transport = null
    this.media.closeCamera()
    this.media.closeMicrophone()
  }

  #set(change: Partial<SessionSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
