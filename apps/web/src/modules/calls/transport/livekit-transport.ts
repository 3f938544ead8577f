import type { CallTicket, Participant } from '@moinha/contracts/calls'
import type { LocalTrackPublication, RemoteParticipant, Room } from 'livekit-client'
import type { LocalMedia } from '../media/local-media.ts'
import { backoffMs } from './backoff.ts'
import { CallBoard } from './call-board.ts'
import type { CallParticipant, CallTransport, LinkQuality } from './call-transport.ts'
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
  readonly ticket: NonNullable<CallTicket['livekit']>
  /** A token is short-lived: every new connection asks for its own. */
  renew(): Promise<CallTicket['livekit']>
}

/** Everybody sends to one server, which sends on. Who may be in is still told by our own room. */
export class LivekitTransport extends CallBoard implements CallTransport, RoomListener {
  readonly kind = 'livekit'
  readonly #setup: LivekitSetup
  readonly #channel: SignalChannel
  readonly #streams = new Map<string, MediaStream>()
  readonly #inRoom = new Map<string, Participant>()
  readonly #offs: (() => void)[] = []
  #engine: Engine | null = null
  #room: Room | null = null
  #over = false
  readonly #ticketUntil = performance.now() + TICKET_FRESH_MS
  #publishing: Promise<void> = Promise.resolve()

  constructor(setup: LivekitSetup) {
    super(setup.media)
    this.#setup = setup
    this.#channel = new SignalChannel({ socket: setup.socket, visitId: setup.visitId, transport: 'livekit' }, this)
  }

  async join(): Promise<void> {
    this.#engine = await import('livekit-client')
    await this.#channel.enter()
    this.#offs.push(
      this.media.subscribe(() => {
        this.#publishSoon()
        this.refresh()
      }),
    )
    const mend = () => {
      if (this.#room?.state === 'disconnected') void this.#connect(0)
    }
    window.addEventListener('online', mend)
    this.#offs.push(() => window.removeEventListener('online', mend))
    // over a slow line the engine may have taken longer to load than the ticket lives
    void this.#connect(0, performance.now() < this.#ticketUntil ? this.#setup.ticket : undefined)
  }

  async leave(): Promise<void> {
    this.#channel.leave()
    await this.#close()
    this.become('left')
  }

  inRoom(participants: Participant[]): void {
    this.#inRoom.clear()
    for (const participant of participants) this.#inRoom.set(participant.personId, participant)
    this.refresh()
  }

  joined(participant: Participant): void {
    if (!this.#inRoom.has(participant.personId)) this.tell({ name: 'entered', who: participant.name })
    this.#inRoom.set(participant.personId, participant)
    this.refresh()
  }

  left(participant: Participant, reason: 'left' | 'dropped'): void {
    if (reason === 'left') this.tell({ name: 'gone', who: participant.name })
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

  line(): void {
    // Sound and picture do not depend on our own line; LiveKit tells its own state.
  }

  protected override participants(): CallParticipant[] {
    return [...(this.#room?.remoteParticipants.values() ?? [])].map((person) => this.#participant(person))
  }

  #participant(person: RemoteParticipant): CallParticipant {
    // the server names a participant after the person and the pass of their session
    const personId = person.identity.split(':')[0] ?? ''
    const participant = this.#inRoom.get(personId)
    return {
      key: person.identity,
      personId,
      name: participant?.name ?? person.name ?? '',
      role: participant?.role ?? '',
      stream: this.#streamOf(person),
      microphone: person.isMicrophoneEnabled,
      camera: person.isCameraEnabled,
      audioLevel: person.audioLevel,
      quality: qualityOf(person.connectionQuality),
      state: this.state === 'connected' ? 'connected' : 'reconnecting',
    }
  }

  #streamOf(person: RemoteParticipant): MediaStream {
    const stream = this.#streams.get(person.identity) ?? new MediaStream()
    this.#streams.set(person.identity, stream)
    const tracks = [...person.trackPublications.values()].flatMap(
      (publication) => publication.track?.mediaStreamTrack ?? [],
    )
    for (const old of stream.getTracks()) if (!tracks.includes(old)) stream.removeTrack(old)
    for (const track of tracks) stream.addTrack(track)
    return stream
  }

  /** Connects, and again for ever while the visit is open. */
  async #connect(attempt: number, ticket?: NonNullable<CallTicket['livekit']>): Promise<void> {
    const engine = this.#engine
    if (this.#over || engine === null) return
    try {
      const given = ticket ?? (await this.#setup.renew())
      if (given === undefined) return this.#end('changed')
      const { url, token } = given
      const room = new engine.Room({ adaptiveStream: true, dynacast: true, stopLocalTrackOnUnpublish: false })
      this.#room = room
      this.#follow(room, engine)
      await room.connect(url, token)
      if (this.#over) return void room.disconnect()
      this.become('connected')
      this.#publishSoon()
    } catch {
      this.#again(attempt + 1)
    }
  }

  #again(attempt: number): void {
    if (this.#over) return
    this.become('reconnecting')
    setTimeout(() => void this.#connect(attempt), backoffMs(attempt))
  }

  #follow(room: Room, { RoomEvent }: Engine): void {
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
    room.on(RoomEvent.Reconnecting, () => this.become('reconnecting'))
    room.on(RoomEvent.SignalReconnecting, () => this.become('reconnecting'))
    room.on(RoomEvent.Reconnected, () => this.become('connected'))
    room.on(RoomEvent.Disconnected, () => {
      if (room === this.#room && !this.#over) this.#again(1)
    })
  }

  #publishSoon(): void {
    this.#publishing = this.#publishing.then(() => this.#publish()).catch(() => undefined)
  }

  async #publish(): Promise<void> {
    const room = this.#room
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
    this.#over = true
    for (const off of this.#offs.splice(0)) off()
    await this.#room?.disconnect(false)
    this.#streams.clear()
  }
}

function qualityOf(quality: string): LinkQuality {
  if (quality === 'excellent' || quality === 'good') return 'good'
  if (quality === 'poor' || quality === 'lost') return 'poor'
  return 'unknown'
}
