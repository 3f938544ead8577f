import type { CallTicket, OwnDevices, Participant } from '@moinha/contracts/calls'
import type { LocalTrackPublication, Room } from 'livekit-client'
import type { ShownPicture } from '../link/receive-plan.ts'
import type { LocalMedia } from '../media/local-media.ts'
import { CallBoard } from './call-board.ts'
import type { CallParticipant, CallTransport } from './call-transport.ts'
import { LivekitExtraTracks } from './livekit-extra-tracks.ts'
import { LivekitLine, type LineOwner } from './livekit-line.ts'
import { LivekitPeople } from './livekit-people.ts'
import { LivekitSubscriptions } from './livekit-subscriptions.ts'
import { PICTURE_STEPS, TOP_STEP, VOICE_KBPS } from './picture-budget.ts'
import { SignalChannel, type CallSocket, type RoomListener } from './signal-channel.ts'

/** Tickets live 30 s; one older than this is asked for anew rather than tried. */
const TICKET_FRESH_MS = 20_000

type Engine = typeof import('livekit-client')

/** What a LiveKit call needs to begin. */
export interface LivekitSetup {
  readonly socket: CallSocket
  readonly visitId: string
  readonly media: LocalMedia
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
  #publishing: Promise<void> = Promise.resolve()

  constructor(setup: LivekitSetup) {
    super(setup.media)
    this.#setup = setup
    const { socket, visitId, ownDevices = 'both' } = setup
    this.#channel = new SignalChannel({ socket, visitId, transport: 'livekit', ownDevices }, this)
  }

  async join(): Promise<void> {
    const engine = await import('livekit-client')
    this.#engine = engine
    this.#subscriptions = new LivekitSubscriptions(engine)
    this.#extra = new LivekitExtraTracks(engine, this.#channel.peer)
    this.#line = new LivekitLine(engine, this.#owner())
    await this.#channel.enter()
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
    this.#people.left(participant, reason)
    if (reason === 'left') this.tell({ name: 'gone', who: participant.name })
    this.refresh()
  }

  signal(): void {
    // The server carries the media: pages have nothing to negotiate.
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

  mediaLost(): void {
    this.#line?.put({ name: 'media-lost' })
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

  protected override participants(): CallParticipant[] {
    this.#people.follow(this.room)
    return this.#people.list(this.state === 'connected')
  }

  protected override get lostSince(): number | null {
    return this.state === 'reconnecting' ? (this.#line?.state.lostSince ?? null) : null
  }

  #owner(): LineOwner {
    return {
      ticket: (signal) => this.#setup.renew(signal),
      prepared: (room, engine) => this.#follow(room, engine),
      opened: (room) => {
        this.#subscriptions?.use(room)
        this.#extra?.use(room)
        this.#publishSoon()
      },
      moved: () => this.#moved(),
      looked: ({ byTrack }) => {
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

  #follow(room: Room, { RoomEvent }: Engine): void {
    this.#subscriptions?.follow(room)
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
    this.#publishing = this.#publishing.then(() => this.#publish()).catch(() => undefined)
  }

  async #publish(): Promise<void> {
    const room = this.room
    const engine = this.#engine
    if (room === null || engine === null || room.state !== 'connected') return
    const { microphone, camera } = this.tracks()
    const { Source } = engine.Track
    const top = PICTURE_STEPS[TOP_STEP]
    await this.#put(room, microphone, room.localParticipant.getTrackPublication(Source.Microphone), {
      source: Source.Microphone,
      audioPreset: { maxBitrate: VOICE_KBPS * 1000, priority: 'high' },
      dtx: true,
      red: false,
    })
    await this.#put(room, camera, room.localParticipant.getTrackPublication(Source.Camera), {
      source: Source.Camera,
      simulcast: false,
      videoEncoding: {
        maxBitrate: (top?.kbps ?? 150) * 1000,
        maxFramerate: top?.framesPerSecond ?? 15,
        priority: 'low',
      },
    })
    const voice = room.localParticipant.getTrackPublication(Source.Microphone)
    if (this.switches().microphone) await voice?.unmute()
    else await voice?.mute()
  }

  async #put(
    room: Room,
    track: MediaStreamTrack | null,
    publication: LocalTrackPublication | undefined,
    options: Parameters<Room['localParticipant']['publishTrack']>[1],
  ): Promise<void> {
    const current = publication?.track
    if (track === null) {
      if (current !== undefined) await room.localParticipant.unpublishTrack(current, false)
    } else if (current === undefined) await room.localParticipant.publishTrack(track, options)
    else if (current.mediaStreamTrack !== track) await current.replaceTrack(track, true)
  }

  #end(state: 'finished' | 'replaced' | 'changed'): void {
    this.#channel.close()
    void this.#close()
    this.become(state)
    if (state !== 'changed') this.tell({ name: state })
  }

  async #close(): Promise<void> {
    for (const off of this.#offs.splice(0)) off()
    this.#subscriptions?.close()
    this.#extra?.close()
    await this.#line?.close()
    this.#people.clear()
  }
}
