import type { OwnDevices, Participant, Transport } from '@moinha/contracts/calls'
import type { VoiceAsked } from '../link/sending-voice.ts'
import { CallRefused } from './call-transport.ts'

/** The part of a Socket.IO client that a call uses. */
export interface CallSocket {
  readonly connected: boolean
  emit(event: string, ...args: unknown[]): unknown
  timeout(ms: number): { emitWithAck(event: string, ...args: unknown[]): Promise<unknown> }
  on(event: string, listener: (...args: unknown[]) => void): unknown
  off(event: string, listener: (...args: unknown[]) => void): unknown
  /** The connection beneath, for dropping one that is dead without knowing it. */
  readonly io?: LineManager
}

/** The part of a Socket.IO manager that decides how eagerly the line comes back. */
interface LineManager {
  readonly engine?: { close(): unknown }
  timeout(ms: number): unknown
  reconnectionDelay(ms: number): unknown
  reconnectionDelayMax(ms: number): unknown
}

/** What two pages say to each other while they look for a path. */
export interface PeerSignal {
  /** Generation of the connection between the two; older ones are dropped. */
  readonly epoch: number
  readonly description?: RTCSessionDescriptionInit
  readonly candidate?: RTCIceCandidateInit
  /** "I heard nothing yet, please offer." */
  readonly requestOffer?: true
  /** "My link is weak: speak so that I hear you." */
  readonly voice?: VoiceAsked
}

/** Those who listen to the room. */
export interface RoomListener {
  inRoom(participants: Participant[]): void
  joined(participant: Participant): void
  left(participant: Participant, reason: 'left' | 'dropped'): void
  signal(from: Participant, data: PeerSignal): void
  finished(): void
  replaced(): void
  /** The room goes on with the other engine: a new ticket is needed. */
  changed(): void
  /** The room of this number at the media server is no more, nor those before it. */
  mediaLost?(roomNo: number): void
  /** The line to the server itself. */
  line(up: boolean): void
}

type Refusal = { ok: false; code: string; params?: Record<string, unknown> }
type EnterReply = { ok: true; personId?: string; participants: Participant[] } | Refusal

/** Which room, with which engine, and what becomes of our own other devices in it. */
export interface ChannelPlace {
  readonly socket: CallSocket
  readonly visitId: string
  readonly transport: Transport
  readonly ownDevices: OwnDevices
}

const ACK_TIMEOUT_MS = 8000
const PROBE_MS = 2500
const FINAL_CODES = new Set(['VISIT_FINISHED', 'VISIT_UNKNOWN', 'CALL_ENGINE_CHANGED', 'CALL_ELSEWHERE'])

/** The room as the signalling socket shows it: enters, enters again after every loss, relays. */
export class SignalChannel {
  readonly peer = crypto.randomUUID()
  readonly #socket: CallSocket
  readonly #visitId: string
  readonly #transport: Transport
  readonly #listener: RoomListener
  readonly #offs: (() => void)[] = []
  #ownDevices: OwnDevices
  #personId: string | undefined
  #inside = false
  #probing = false

  constructor(place: ChannelPlace, listener: RoomListener) {
    this.#socket = place.socket
    this.#visitId = place.visitId
    this.#transport = place.transport
    this.#ownDevices = place.ownDevices
    this.#listener = listener
  }

  /** Enters the room; after that, every reconnection of the socket enters again by itself. */
  async enter(): Promise<void> {
    this.#listen()
    this.#hurry()
    try {
      await this.#enterOnce()
    } catch (refusal) {
      if (refusal instanceof CallRefused) {
        this.close()
        throw refusal
      }
      // A silent server is a loss of the line, not a refusal: the next connection enters.
      this.#listener.line(false)
      this.#retrySoon()
    }
  }

  /** Sends to one page of the room. */
  send(to: string, data: PeerSignal): void {
    if (this.#socket.connected) this.#socket.emit('call:signal', { visitId: this.#visitId, to, data })
  }

  get connected(): boolean {
    return this.#socket.connected && this.#inside
  }

  /**
   * Asks the server for a word. After an outage TCP waits ever longer between its own tries, so a line that does
   * not answer is dropped and dialled anew: that is much faster than waiting for it.
   */
  async probe(): Promise<void> {
    if (this.#probing || !this.#socket.connected) return
    this.#probing = true
    try {
      await this.#socket.timeout(PROBE_MS).emitWithAck('call:alive')
    } catch {
      if (this.#offs.length > 0) this.#socket.io?.engine?.close()
    } finally {
      setTimeout(() => (this.#probing = false), PROBE_MS)
    }
  }

  /** During a call the line comes back eagerly; a dead attempt must not hold up the next. */
  #hurry(): void {
    const manager = this.#socket.io
    manager?.timeout(6000)
    manager?.reconnectionDelay(500)
    manager?.reconnectionDelayMax(1500)
  }

  /** Steps out of the room. */
  leave(): void {
    if (this.#socket.connected) this.#socket.emit('call:leave', { visitId: this.#visitId })
    this.close()
  }

  /** Stops listening without a word. */
  close(): void {
    this.#inside = false
    for (const off of this.#offs.splice(0)) off()
  }

  async #enterOnce(): Promise<void> {
    const request = {
      visitId: this.#visitId,
      peer: this.peer,
      device: deviceOfThisTab(),
      transport: this.#transport,
      ownDevices: this.#ownDevices,
    }
    const reply = (await this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck('call:enter', request)) as EnterReply
    if (!reply.ok) throw new CallRefused(reply.code, reply.params)
    this.#inside = true
    this.#personId = reply.personId
    // moved here once; who comes back after a loss must not push out whoever the person moved to meanwhile
    if (this.#ownDevices === 'move') this.#ownDevices = 'ask'
    this.#listener.line(true)
    this.#listener.inRoom(reply.participants)
  }

  #retrySoon(): void {
    const timer = setTimeout(() => {
      if (this.#offs.length > 0 && !this.#inside && this.#socket.connected) void this.#reenter()
    }, 2000)
    this.#offs.push(() => clearTimeout(timer))
  }

  async #reenter(): Promise<void> {
    try {
      await this.#enterOnce()
    } catch (refusal) {
      const code = refusal instanceof CallRefused ? refusal.code : null
      if (code !== null && FINAL_CODES.has(code)) {
        this.close()
        if (code === 'CALL_ENGINE_CHANGED') this.#listener.changed()
        else if (code === 'CALL_ELSEWHERE') this.#listener.replaced()
        else this.#listener.finished()
        return
      }
      this.#retrySoon()
    }
  }

  #listen(): void {
    this.#on('connect', () => void this.#reenter())
    this.#on('disconnect', () => {
      this.#inside = false
      this.#listener.line(false)
    })
    this.#on('call:joined', (message: Room & { participant: Participant }) => {
      if (!this.#mine(message)) return
      // our own second device came in and left us in: both are wanted, also after the next loss
      if (message.participant.personId === this.#personId) this.#ownDevices = 'both'
      this.#listener.joined(message.participant)
    })
    this.#on('call:left', (message: Room & { participant: Participant; reason: 'left' | 'dropped' }) => {
      if (this.#mine(message)) this.#listener.left(message.participant, message.reason)
    })
    this.#on('call:signal', (message: Room & { from: Participant; data: PeerSignal }) => {
      if (this.#mine(message)) this.#listener.signal(message.from, message.data)
    })
    this.#on('call:finished', (message: Room) => {
      if (this.#mine(message)) this.#listener.finished()
    })
    // no member any more: as good as finished for this page
    this.#on('call:removed', (message: Room) => {
      if (this.#mine(message)) this.#listener.finished()
    })
    this.#on('call:media-lost', (message: Room & { roomNo: number }) => {
      if (this.#mine(message)) this.#listener.mediaLost?.(message.roomNo)
    })
    this.#on('call:replaced', (message: Room) => {
      if (this.#mine(message)) this.#listener.replaced()
    })
  }

  #mine(message: Room): boolean {
    return message.visitId === this.#visitId
  }

  #on<Message>(event: string, listener: (message: Message) => void): void {
    this.#socket.on(event, listener as (...args: unknown[]) => void)
    this.#offs.push(() => this.#socket.off(event, listener as (...args: unknown[]) => void))
  }
}

interface Room {
  readonly visitId: string
}

/** A tab stays the same participant over a reload; a second tab is a second device. */
function deviceOfThisTab(): string {
  const kept = sessionStorage.getItem('moinha.call.device')
  if (kept !== null) return kept
  const minted = crypto.randomUUID()
  sessionStorage.setItem('moinha.call.device', minted)
  return minted
}
