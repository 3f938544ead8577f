import type { CallTicket, OwnDevices, Participant } from '@moinha/contracts/calls'
import type { Room } from 'livekit-client'
import type { ShownPicture } from '../link/receive-plan.ts'
import { chooseSending, chosenSending } from '../browser/sending-choice.ts'
import { OwnLink, type LinkSnapshot } from '../link/sending-link.ts'
import { PICTURE_STEPS_SENT } from '../link/sending-ladder.ts'
import type { FirstPictures } from '../link/sending-probe.ts'
import type { PictureWish } from '../link/sending-state.ts'
import type { LocalMedia } from '../media/local-media.ts'
import { CallBoard } from './call-board.ts'
import type { CallParticipant, CallTransport } from './call-transport.ts'
import { LivekitExtraTracks } from './livekit-extra-tracks.ts'
import { LivekitLine, readStats, type LineOwner } from './livekit-line.ts'
import { LivekitPeople } from './livekit-people.ts'
import { LivekitSending } from './livekit-sending.ts'
import { LivekitSubscriptions } from './livekit-subscriptions.ts'
import { RoomTurns } from './room-turns.ts'
import { SignalChannel, type CallSocket, type PeerSignal, type RoomListener } from './signal-channel.ts'

/** Tickets live 30 s; one older than this is asked for anew rather than tried. */
const TICKET_FRESH_MS = 20_000

/** The line looks at the statistics twice a second. */
const LOOKS_PER_SECOND = 2

type Engine = typeof import('livekit-client')

/** What a LiveKit call needs to begin. */
export interface LivekitSetup {
  readonly socket: CallSocket
  readonly visitId: string
  readonly media: LocalMedia
  /** To begin with; more are earned. */
  readonly pictures: FirstPictures
  readonly ownDevices?: OwnDevices
  readonly ticket: NonNullable<CallTicket['livekit']>
  /** A token is short-lived: every new connection asks for its own. */
  renew(signal: AbortSignal): Promise<CallTicket['livekit']>
}

/** Everybody sends to one server, which sends on. Who may be in is still told by our own room. */
export class LivekitTransport extends CallBoard implements CallTransport, RoomListener {
  readonly kind = 'livekit'
  readonly #setup: LivekitSetup
  readonly #channel: SignalChannel
  readonly #people = new LivekitPeople()
  readonly #offs: (() => void)[] = []
  readonly #ticketUntil = performance.now() + TICKET_FRESH_MS
  #engine: Engine | null = null
  #line: LivekitLine | null = null
  #subscriptions: LivekitSubscriptions | null = null
  #extra: LivekitExtraTracks | null = null
  readonly #ownLink: OwnLink
  #sending: LivekitSending | null = null
  #looks = 0
  readonly #turns = new RoomTurns()
  #closed = false

  constructor(setup: LivekitSetup) {
    super(setup.media)
    this.#setup = setup
    this.#ownLink = new OwnLink(setup.pictures, {
      now: () => performance.now(),
      chosen: chosenSending,
      choose: chooseSending,
    })
    const { socket, visitId, ownDevices = 'both' } = setup
    this.#channel = new SignalChannel({ socket, visitId, transport: 'livekit', ownDevices }, this)
  }

  async join(): Promise<void> {
    const engine = await import('livekit-client')
    if (this.#closed) return
    this.#engine = engine
    this.#subscriptions = new LivekitSubscriptions(engine)
    this.#allow(this.#subscriptions)
    this.#extra = new LivekitExtraTracks(engine, this.#channel.peer)
    this.#sending = new LivekitSending(engine)
    this.#line = new LivekitLine(engine, this.#owner())
    try {
      await this.#channel.enter()
    } catch (refusal) {
      await this.#close()
      throw refusal
    }
    // whoever changed their mind meanwhile is out again
    if (this.#closed) return
    this.#offs.push(
      this.media.subscribe(() => {
        this.#publishSoon()
        this.refresh()
      }),
    )
    // over a slow line the engine may have taken longer to load than the ticket lives
    this.#line.start(performance.now() < this.#ticketUntil ? this.#setup.ticket : undefined)
  }

  async leave(): Promise<void> {
    this.#channel.leave()
    await this.#close()
    this.become('left')
  }

  inRoom(participants: Participant[]): void {
    this.#people.inRoom(participants)
    this.refresh()
  }

  joined(participant: Participant): void {
    if (this.#people.joined(participant)) this.tell({ name: 'entered', who: participant.name })
    this.refresh()
  }

  left(participant: Participant, reason: 'left' | 'dropped'): void {
    const who = this.#people.left(participant, reason)
    if (who !== null) this.tell({ name: 'gone', who })
    this.refresh()
  }

  signal(_from: Participant, { voice }: PeerSignal): void {
    // The server carries the media: pages have nothing to negotiate, only something to ask.
    if (voice !== undefined) this.#ownLink.asked(voice)
  }

  override setPictureWish(wish: PictureWish): void {
    this.#ownLink.setWish(wish)
    this.#limit()
    this.refresh()
  }

  override setDataCap(bytes: number | null): void {
    this.#ownLink.setCap(bytes)
    this.#limit()
    this.refresh()
  }

  finished(): void {
    this.#end('finished')
  }

  replaced(): void {
    this.#end('replaced')
  }

  changed(): void {
    this.#end('changed')
  }

  line(up: boolean): void {
    // Sound and picture do not depend on our own line; but where it comes back there is a network.
    if (up) this.#line?.put({ name: 'server-heard' })
  }

  mediaLost(roomNo: number): void {
    this.#line?.mediaLost(roomNo)
  }

  withCameraAlone<T>(shoot: () => Promise<T>): Promise<T> {
    return this.#sending?.withCameraAlone(shoot).finally(() => this.#publishSoon()) ?? shoot()
  }

  get extra(): LivekitExtraTracks | undefined {
    return this.#extra ?? undefined
  }

  show(shown: readonly ShownPicture[]): void {
    this.#subscriptions?.show(shown)
  }

  /** For checks in a browser: the room that carries the call now. */
  get room(): Room | null {
    return this.#line?.room ?? null
  }

  statistics(): Promise<RTCStatsReport[]> {
    return this.room === null ? Promise.resolve([]) : readStats(this.room)
  }

  protected override participants(): CallParticipant[] {
    this.#people.follow(this.room)
    const people = this.#people.list(this.state === 'connected')
    // what is not received shows its last frame: better a name than a face that stands still
    return this.#ownLink.plan.receiveStep > 0 ? people : people.map((person) => ({ ...person, camera: false }))
  }

  protected override get link(): LinkSnapshot {
    return this.#ownLink.snapshot()
  }

  protected override get lostSince(): number | null {
    return this.state === 'reconnecting' ? (this.#line?.state.lostSince ?? null) : null
  }

  #owner(): LineOwner {
    return {
      ticket: (signal) => this.#setup.renew(signal),
      isPublishing: (room) => this.#sending?.isPublishing(room) === true,
      prepared: (room, engine) => this.#follow(room, engine),
      opened: (room) => {
        this.#subscriptions?.use(room)
        this.#ownLink.begin()
        this.#extra?.limit(this.#ownLink.plan.sendStep)
        this.#extra?.use(room)
        this.#publishSoon()
      },
      moved: () => this.#moved(),
      looked: ({ byTrack }, reports) => {
        this.#weigh(reports)
        for (const event of this.#people.look(byTrack, this.state === 'connected')) this.tell(event)
        this.refresh()
      },
      ended: (state) => this.#end(state),
    }
  }

  #moved(): void {
    const phase = this.#line?.state.phase ?? 'connecting'
    if (phase !== 'closed') this.become(phase === 'suspect' ? 'connected' : phase)
  }

  #follow(room: Room, { RoomEvent, DisconnectReason }: Engine): void {
    this.#subscriptions?.follow(room)
    room.on(RoomEvent.ParticipantDisconnected, ({ identity }, reason) => {
      const { CLIENT_INITIATED, PARTICIPANT_REMOVED } = DisconnectReason
      if (reason === CLIENT_INITIATED || reason === PARTICIPANT_REMOVED) this.#people.wentFromMedia(identity)
    })
    // who was only listening is given the word: what was kept back can be sent now
    room.on(RoomEvent.ParticipantPermissionsChanged, () => this.#publishSoon())
    const refresh = () => this.refresh()
    const shown = [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.ConnectionQualityChanged,
    ] as const
    for (const event of shown) room.on(event, refresh)
  }

  #publishSoon(): void {
    const { room } = this
    if (room !== null) this.#turns.take(room, () => this.#publish(room))
  }

  async #publish(room: Room): Promise<void> {
    if (room !== this.room || room.state !== 'connected' || this.#sending === null) return
    const wanted = { ...this.tracks(), microphoneOn: this.switches().microphone }
    await this.#sending.publish(room, wanted, this.#ownLink.plan)
  }

  /** Once a second: what the link bears, and what we send and receive accordingly. */
  #weigh(reports: readonly RTCStatsReport[]): void {
    this.#looks += 1
    if (this.#looks % LOOKS_PER_SECOND !== 0) return
    this.#ownLink.look(reports)
    this.#ask()
    this.#limit()
  }

  #limit(): void {
    const { room } = this
    if (room === null || this.#engine === null) return
    this.#extra?.limit(this.#ownLink.plan.sendStep)
    if (this.#subscriptions !== null) this.#allow(this.#subscriptions)
    this.#publishSoon()
  }

  #allow(subscriptions: LivekitSubscriptions): void {
    const step = this.#ownLink.plan.receiveStep
    subscriptions.allow(step === 0 ? 'none' : step >= PICTURE_STEPS_SENT.length - 1 ? 'all' : 'small')
  }

  /** On a link too thin for more those we hear are asked to speak as sparingly as they can. */
  #ask(): void {
    const voice = this.#ownLink.askAgain()
    if (voice === null) return
    for (const socketId of this.#people.sockets()) this.#channel.send(socketId, { epoch: 0, voice })
  }

  #end(state: 'finished' | 'replaced' | 'changed'): void {
    this.#channel.close()
    void this.#close()
    this.become(state)
    if (state !== 'changed') this.tell({ name: state })
  }

  async #close(): Promise<void> {
    this.#closed = true
    for (const off of this.#offs.splice(0)) off()
    this.#subscriptions?.close()
    this.#extra?.close()
    await this.#line?.close()
    this.#sending?.close()
    this.#people.clear()
  }
}
