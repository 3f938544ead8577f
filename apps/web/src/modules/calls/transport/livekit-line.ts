import type { CallTicket } from '@moinha/contracts/calls'
import type { Room } from 'livekit-client'
import { type Arrival, readArrival } from '../link/arrival.ts'
import { type LinkCommand, type LinkInput, type LinkState, newLink, stepLink } from '../link/connection-machine.ts'
import { hearDevice } from '../browser/device-signs.ts'

type Engine = typeof import('livekit-client')
type Ticket = NonNullable<CallTicket['livekit']>

const LOOK_MS = 500
/** Put out twice in so short a time: another page of this very session is in the room, and wants to be. */
const PUSHED_OUT_MS = 15_000
/** Rooms of a visit are counted from 0. */
const NONE = -1
const FINAL_CODES = new Set(['VISIT_FINISHED', 'VISIT_UNKNOWN'])

/** What the line asks of the call, and tells it. */
export interface LineOwner {
  /** A fresh ticket; undefined: the room went over to the other engine. */
  ticket(signal: AbortSignal): Promise<Ticket | undefined>
  /** A room that is not connected yet, to follow its events. */
  prepared(room: Room, engine: Engine): void
  /** Is something being published in it that the server has not answered yet? */
  isPublishing(room: Room): boolean
  /** This room carries the call now. */
  opened(room: Room): void
  /** The state of the line changed. */
  moved(): void
  /** Twice a second, with what has arrived so far and the statistics that say so. */
  looked(arrival: Arrival, reports: readonly RTCStatsReport[]): void
  ended(state: 'changed' | 'replaced' | 'finished'): void
}

/** The line to the media server: whatever happens to it, another is made while the visit is open. */
export class LivekitLine {
  readonly #engine: Engine
  readonly #owner: LineOwner
  readonly #offs: (() => void)[] = []
  #state: LinkState = newLink(Date.now())
  #room: Room | null = null
  #attempt: AbortController | null = null
  #first: Ticket | undefined
  #pushedOutAt = -Infinity
  /** The number of the room we have, of the one being entered, and of the last one that is no more. */
  #roomNo = NONE
  #dialNo = NONE
  #goneNo = NONE

  constructor(engine: Engine, owner: LineOwner) {
    this.#engine = engine
    this.#owner = owner
  }

  get state(): LinkState {
    return this.#state
  }

  /** The room that carries the call, whatever its own state. */
  get room(): Room | null {
    return this.#room
  }

  /** Begins; the first ticket may already be at hand. */
  start(ticket: Ticket | undefined): void {
    if (this.#state.phase === 'closed') return
    this.#first = ticket
    this.#offs.push(hearDevice((name) => this.put({ name })))
    const timer = setInterval(() => void this.#look(), LOOK_MS)
    this.#offs.push(() => clearInterval(timer))
    this.put({ name: 'start' })
  }

  /** Something happened. */
  put(input: LinkInput): void {
    const before = this.#state
    const { state, commands } = stepLink(before, input, Date.now())
    this.#state = state
    for (const command of commands) this.#obey(command)
    if (before.phase !== state.phase || before.cause !== state.cause) this.#owner.moved()
  }

  /** Our server says that this room of the visit, and all before it, are no more. */
  mediaLost(no: number): void {
    this.#goneNo = Math.max(this.#goneNo, no)
    this.put({ name: 'media-lost', line: this.#roomNo <= no, attempt: this.#dialNo <= no })
  }

  async close(): Promise<void> {
    this.put({ name: 'leave' })
    for (const off of this.#offs.splice(0)) off()
    this.#attempt?.abort()
    await this.#room?.disconnect(false)
  }

  #obey(command: LinkCommand): void {
    if (command.name === 'dial') void this.#dial()
    else if (command.name === 'cancel-dial') this.#attempt?.abort()
    else if (this.#room?.state === 'connected') void restartIce(this.#room)
  }

  async #dial(): Promise<void> {
    this.#attempt?.abort()
    const attempt = new AbortController()
    this.#attempt = attempt
    this.#dialNo = NONE
    const { signal } = attempt
    const room = this.#newRoom()
    signal.addEventListener('abort', () => drop(room))
    try {
      const ticket = this.#first ?? (await this.#owner.ticket(signal))
      this.#first = undefined
      if (signal.aborted) return
      if (ticket === undefined) return this.#owner.ended('changed')
      if (ticket.roomNo <= this.#goneNo) return this.#failed('MEDIA_AWAY')
      this.#dialNo = ticket.roomNo
      this.put({ name: 'ticket' })
      await room.connect(ticket.url, ticket.token, { maxRetries: 0, autoSubscribe: false })
      if (!signal.aborted) this.#use(room)
    } catch (failure) {
      if (!signal.aborted) this.#failed(codeOf(failure))
    }
  }

  #newRoom(): Room {
    const { Room } = this.#engine
    const room = new Room({
      // what is received is decided by our own rules, see `livekit-subscriptions`
      adaptiveStream: false,
      dynacast: true,
      stopLocalTrackOnUnpublish: false,
      // a page that is put to sleep is still in its visit
      disconnectOnPageLeave: false,
      // one quick try that keeps the room; after that we make a new one, for ever
      reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => (retryCount === 0 ? Math.random() * 150 : null) },
    })
    this.#follow(room)
    this.#owner.prepared(room, this.#engine)
    return room
  }

  #use(room: Room): void {
    const old = this.#room
    this.#room = room
    this.#roomNo = this.#dialNo
    this.#attempt = null
    // the server has put the old one out already: two of one name are never in a room
    if (old !== null) drop(old)
    this.put({ name: 'dialled' })
    this.#owner.opened(room)
  }

  #failed(code: string | null): void {
    this.#attempt = null
    if (code !== null && FINAL_CODES.has(code)) return this.#owner.ended('finished')
    this.put({ name: 'dial-failed', code })
  }

  #follow(room: Room): void {
    const { RoomEvent } = this.#engine
    const own = (input: LinkInput) => () => {
      if (room === this.#room) this.put(input)
    }
    room.on(RoomEvent.SignalReconnecting, own({ name: 'client-lost' }))
    room.on(RoomEvent.Reconnecting, own({ name: 'client-lost' }))
    room.on(RoomEvent.Reconnected, () => own({ name: 'client-back', orphaned: this.#owner.isPublishing(room) })())
    room.on(RoomEvent.Disconnected, (reason) => {
      if (room === this.#room) this.#putOut(reason === this.#engine.DisconnectReason.DUPLICATE_IDENTITY)
    })
  }

  /** Our own next room may be the reason; a page of the same session that pushes again is not. */
  #putOut(byOurName: boolean): void {
    const now = Date.now()
    if (byOurName && this.#state.dial === null) {
      if (now - this.#pushedOutAt < PUSHED_OUT_MS) return this.#owner.ended('replaced')
      this.#pushedOutAt = now
    }
    this.put({ name: 'client-over' })
  }

  async #look(): Promise<void> {
    const room = this.#room
    const reports = room === null ? [] : await readStats(room)
    if (room !== this.#room) return
    const arrival = readArrival(reports)
    this.put({ name: 'look', arrived: reports.length === 0 ? null : arrival.total, expected: isExpected(room) })
    this.#owner.looked(arrival, reports)
  }
}

/** Sound that must flow: ours, which the server reports on, or somebody's. */
function isExpected(room: Room | null): boolean {
  if (room === null) return false
  return room.localParticipant.isMicrophoneEnabled || [...room.remoteParticipants.values()].some(speaks)
}

/** Do we take sound from this person now? */
export function speaks(person: Room['localParticipant'] | RemoteOf<Room>): boolean {
  return [...person.audioTrackPublications.values()].some(
    (publication) => publication.isSubscribed && !publication.isMuted && publication.track !== undefined,
  )
}

type RemoteOf<R extends { remoteParticipants: Map<string, unknown> }> =
  R['remoteParticipants'] extends Map<string, infer P> ? P : never

/** The statistics of the room's connections: one, or two with an older server. */
export async function readStats(room: Room): Promise<RTCStatsReport[]> {
  const manager = (room as { engine?: Room['engine'] }).engine?.pcManager
  const all = await Promise.all([manager?.publisher.getStats(), manager?.subscriber?.getStats()])
  return all.filter((report) => report !== undefined)
}

/**
 * New signalling and an ICE restart at once. The client has no public word for it: this is the one its own checks use,
 * and does exactly what a signalling line that broke does.
 */
async function restartIce(room: Room): Promise<void> {
  await room.simulateScenario('signal-reconnect').catch(() => undefined)
}

/** Takes a room down without touching our microphone and camera. */
function drop(room: Room): void {
  room.removeAllListeners()
  void room.disconnect(false).catch(() => undefined)
}

function codeOf(failure: unknown): string | null {
  const { code } = (failure ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : null
}
