import { call, isProblem } from '../../platform/api/index.ts'
import { liveSocket } from '../../platform/realtime/index.ts'
import type { OwnDevices } from '@moinha/contracts/calls'
import { clearInside, readInside, writeInside } from './browser/inside-note.ts'
import { InterruptedMicrophone } from './browser/interrupted-microphone.ts'
import { holdVisit, isOpenInThisBrowser, microphoneIsGranted } from './browser/open-pages.ts'
import type { FirstPictures } from './link/sending-probe.ts'
import { LocalMedia } from './media/local-media.ts'
import { RoomSigns, withHands } from './room-signs.ts'
import { CallRefused, type CallEvent, type CallSnapshot, type CallTransport } from './transport/call-transport.ts'
import { openTransport } from './transport/open-transport.ts'

/** Where the person stands with the room. Only `finished` is for good. */
export type CallPhase = 'lobby' | 'joining' | 'inside' | 'left' | 'replaced' | 'finished'

export interface SessionSnapshot {
  readonly phase: CallPhase
  readonly call: CallSnapshot | null
  /** Why the room did not let us in. */
  readonly refusal: string | null
  /** The figures of its sentence. */
  readonly refusalParams: Record<string, unknown>
  /** Refused because we are in on another device: and that is only another window of this browser. */
  readonly inThisBrowser: boolean
}

/** How to enter. */
export interface Entering {
  readonly picture: boolean
  /** Enter although there is no microphone. */
  readonly listenOnly?: boolean
  /** Silent until one wishes to speak: the manner of rooms with many. */
  readonly muted?: boolean
  /** What the link was found to bear at first; unless told, all. */
  readonly pictures?: FirstPictures
  /** Where the person is in already on another device: asked first, unless they have said. */
  readonly ownDevices?: OwnDevices
}

/** How often the note about being inside is renewed: a page that ends without a word is found by it. */
const NOTE_MS = 10_000

const START: SessionSnapshot = { phase: 'lobby', call: null, refusal: null, refusalParams: {}, inThisBrowser: false }

/** One person's way through one visit: lobby, room, out, back in. Owns the microphone, the camera and the transport. */
export class CallSession {
  readonly media = new LocalMedia()
  readonly signs: RoomSigns
  readonly interrupted = new InterruptedMicrophone(this.media)
  readonly #visitId: string
  readonly #listeners = new Set<() => void>()
  readonly #eventListeners = new Set<(event: CallEvent) => void>()
  #transport: CallTransport | null = null
  #snapshot: SessionSnapshot = START
  #last: Entering = { picture: false }
  #closed = false
  /** Which attempt to enter counts; whatever ends it meanwhile counts on. */
  #entry = 0
  #letGo = (): void => undefined
  #noting: ReturnType<typeof setInterval> | undefined
  readonly #onHide = (): void => this.#note()

  constructor(visitId: string) {
    this.#visitId = visitId
    this.signs = new RoomSigns(visitId, () => this.#silenced())
    this.signs.subscribe(() => {
      const { call } = this.#snapshot
      if (call !== null) this.#set({ call: withHands(call, this.signs.snapshot()) })
    })
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
    const entry = ++this.#entry
    await this.#openMedia(entering)
    if (entry !== this.#entry) return this.#giveBack()
    if (this.media.snapshot().microphone === null && entering.listenOnly !== true) return this.#set({ phase: 'lobby' })
    await this.#enter()
  }

  async #openMedia(entering: Entering): Promise<void> {
    if (entering.muted === true) this.media.setMicrophoneOn(false)
    if (this.media.snapshot().microphone === null) await this.media.openMicrophone()
    if (this.media.snapshot().microphone === null && entering.listenOnly !== true) return
    if (!entering.picture) this.media.closeCamera()
    else if (this.media.snapshot().camera === null) await this.media.openCamera()
  }

  /** A microphone that opened for somebody who has gone meanwhile must not stay open. */
  #giveBack(): void {
    const { phase } = this.#snapshot
    if (!this.#closed && (phase === 'lobby' || phase === 'joining' || phase === 'inside')) return
    this.media.closeCamera()
    this.media.closeMicrophone()
  }

  /** Enters again as before; who went on elsewhere and presses here means here. */
  rejoin(): Promise<void> {
    const ownDevices = this.#snapshot.phase === 'replaced' ? 'move' : 'ask'
    return this.join({ ...this.#last, ownDevices })
  }

  /** The person is in on another device, and says what they want. On both, this one neither speaks nor sounds. */
  async joinBeside(ownDevices: 'move' | 'both'): Promise<void> {
    if (ownDevices === 'both') this.media.setMicrophoneOn(false)
    await this.join({ ...this.#last, ownDevices })
    if (ownDevices === 'both') this.#transport?.setQuiet(true)
  }

  /** A page loaded anew on which this person was inside a moment ago goes back in as it was, without the lobby. */
  async comeBack(personId: string): Promise<void> {
    const note = readInside({ visitId: this.#visitId, personId }, Date.now())
    if (note === null || this.#snapshot.phase !== 'lobby') return
    if (!note.listenOnly && !(await microphoneIsGranted())) return
    // a window that was duplicated carries the note of one that is still inside
    if (await isOpenInThisBrowser(this.#visitId)) return
    this.media.setMicrophoneOn(note.microphone)
    const ownDevices = note.ownDevices === 'both' ? 'both' : 'ask'
    await this.join({ picture: note.picture, listenOnly: note.listenOnly, ownDevices })
    if (note.quiet) this.#transport?.setQuiet(true)
  }

  /** Steps out; the visit goes on. */
  async leave(): Promise<void> {
    this.#entry += 1
    await this.#transport?.leave()
    this.#release()
    this.#set({ phase: 'left', call: null })
  }

  /** The page goes away. */
  close(): void {
    this.#closed = true
    this.#entry += 1
    this.#stepOut()
    this.interrupted.close()
    void this.#transport?.leave()
    this.#transport = null
    this.media.close()
    this.signs.close()
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
    const entry = ++this.#entry
    try {
      const socket = await liveSocket()
      if (entry !== this.#entry) return
      this.signs.listen(socket)
      const transport = await openTransport({
        visitId: this.#visitId,
        socket,
        media: this.media,
        pictures: this.#last.pictures ?? 'still',
        ownDevices: this.#last.ownDevices ?? 'ask',
        ticket: (signal) => call('calls.issueTicket', { params: { visitId: this.#visitId } }, signal && { signal }),
      })
      if (entry !== this.#entry) return
      this.#transport = transport
      transport.subscribe(() => this.#follow(transport))
      transport.onEvent((event) => this.#tell(event))
      await transport.join()
      if (entry !== this.#entry) return await this.#outAgain(transport)
      this.#set({ phase: 'inside', call: withHands(transport.snapshot(), this.signs.snapshot()) })
      this.#stepIn()
    } catch (failure) {
      if (entry !== this.#entry) return
      // The room went over to the other engine between ticket and door: the next ticket names the right one.
      if (failure instanceof CallRefused && failure.code === 'CALL_ENGINE_CHANGED' && retries > 0)
        return this.#enter(retries - 1)
      await this.#refused(failure)
    }
  }

  /** They left while they were let in: said once more, since the server may have heard the two words crosswise. */
  async #outAgain(transport: CallTransport): Promise<void> {
    if (this.#transport === null) await transport.leave()
  }

  async #refused(failure: unknown): Promise<void> {
    this.#transport = null
    if (this.#snapshot.phase === 'inside') this.#stepOut()
    const { code, params } =
      failure instanceof CallRefused || isProblem(failure) ? failure : { code: 'UNKNOWN', params: {} }
    if (code === 'VISIT_FINISHED') return this.finish()
    const inThisBrowser = code === 'CALL_ELSEWHERE' && (await isOpenInThisBrowser(this.#visitId))
    this.#set({ phase: 'lobby', call: null, refusal: code, refusalParams: params, inThisBrowser })
  }

  #follow(transport: CallTransport): void {
    if (transport !== this.#transport) return
    const call = transport.snapshot()
    if (call.state === 'finished' || call.state === 'replaced') {
      this.#release()
      this.#set({ phase: call.state, call: null })
    } else if (call.state === 'changed') void this.#enter()
    else if (call.state !== 'left') this.#set({ call: withHands(call, this.signs.snapshot()) })
  }

  /** A host switched us off; one speaks again by the same button as ever. */
  #silenced(): void {
    if (!this.media.snapshot().microphoneOn) return
    this.media.setMicrophoneOn(false)
    this.#tell({ name: 'silenced' })
  }

  #tell(event: CallEvent): void {
    for (const listener of [...this.#eventListeners]) listener(event)
  }

  /** From now on this page is known to be inside: to other windows, and to itself after a reload. */
  #stepIn(): void {
    this.#stepOut()
    this.#letGo = holdVisit(this.#visitId)
    this.#note()
    this.#noting = setInterval(this.#onHide, NOTE_MS)
    window.addEventListener('pagehide', this.#onHide)
  }

  #stepOut(): void {
    this.#letGo()
    clearInterval(this.#noting)
    window.removeEventListener('pagehide', this.#onHide)
    clearInside()
  }

  #note(): void {
    const { call } = this.#snapshot
    const { self } = this.signs
    if (call === null || self === null) return
    writeInside({
      visitId: this.#visitId,
      personId: self,
      at: Date.now(),
      picture: call.camera,
      microphone: this.media.snapshot().microphoneOn,
      listenOnly: this.#last.listenOnly === true,
      quiet: call.quiet,
      ownDevices: this.#last.ownDevices ?? 'ask',
    })
  }

  #release(): void {
    this.#entry += 1
    this.#stepOut()
    this.#transport = null
    this.media.closeCamera()
    this.media.closeMicrophone()
  }

  #set(change: Partial<SessionSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
