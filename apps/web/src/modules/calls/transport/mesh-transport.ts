import type { OwnDevices, Participant } from '@moinha/contracts/calls'
import type { LocalMedia } from '../media/local-media.ts'
import type { CallParticipant, CallTransport } from './call-transport.ts'
import { CallBoard } from './call-board.ts'
import { MeshPeer } from './mesh-peer.ts'
import { isPolite, makesFirstOffer } from './negotiation.ts'
import { SignalChannel, type CallSocket, type PeerSignal, type RoomListener } from './signal-channel.ts'

/** One remote page: who it is and the connection to it. */
interface Remote {
  participant: Participant
  readonly peer: MeshPeer
  /** When the server lost its line; its media may well go on. */
  droppedAt: number | null
}

/** A page that lost its line keeps its tile for this long: a reload needs a few seconds, a tunnel more. */
const GRACE_MS = 30_000

/** What a mesh needs to begin. */
export interface MeshSetup {
  readonly socket: CallSocket
  readonly visitId: string
  readonly iceServers: RTCIceServer[]
  readonly media: LocalMedia
  readonly ownDevices?: OwnDevices
}

/** Everybody sends to everybody: no server carries the media. Good for up to four. */
export class MeshTransport extends CallBoard implements CallTransport, RoomListener {
  readonly kind = 'mesh'
  readonly #setup: MeshSetup
  readonly #channel: SignalChannel
  readonly #remotes = new Map<string, Remote>()
  readonly #offs: (() => void)[] = []
  #lineUp = false
  #sweeper: ReturnType<typeof setInterval> | undefined

  constructor(setup: MeshSetup) {
    super(setup.media)
    this.#setup = setup
    const { socket, visitId, ownDevices = 'both' } = setup
    this.#channel = new SignalChannel({ socket, visitId, transport: 'mesh', ownDevices }, this)
  }

  async join(): Promise<void> {
    this.#follow()
    try {
      await this.#channel.enter()
    } catch (refusal) {
      this.#stop()
      throw refusal
    }
  }

  async leave(): Promise<void> {
    this.#channel.leave()
    this.#stop()
    this.become('left')
  }

  inRoom(participants: Participant[]): void {
    const peers = new Set(participants.map((participant) => participant.peer))
    for (const [id, remote] of this.#remotes) if (!peers.has(id)) remote.droppedAt ??= performance.now()
    for (const participant of participants) this.joined(participant)
    this.become('connected')
  }

  joined(participant: Participant): void {
    const known = this.#remotes.get(participant.peer)
    if (known !== undefined) {
      known.participant = participant
      known.droppedAt = null
      if (known.peer.state !== 'connected') known.peer.mend()
      return
    }
    for (const [id, remote] of this.#remotes) if (remote.participant.device === participant.device) this.#drop(id)
    this.#remotes.set(participant.peer, { participant, peer: this.#connect(participant), droppedAt: null })
    this.tell({ name: 'entered', who: participant.name })
    this.refresh()
  }

  left(participant: Participant, reason: 'left' | 'dropped'): void {
    const remote = this.#remotes.get(participant.peer)
    if (remote === undefined || remote.participant.socketId !== participant.socketId) return
    if (reason === 'dropped') {
      remote.droppedAt ??= performance.now()
      return
    }
    this.#drop(participant.peer)
    this.tell({ name: 'gone', who: remote.participant.name })
    this.refresh()
  }

  signal(from: Participant, data: PeerSignal): void {
    if (!this.#remotes.has(from.peer)) this.joined(from)
    this.#remotes.get(from.peer)?.peer.receive(data)
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
    this.#lineUp = up
    if (!up) return this.become('reconnecting')
    for (const { peer } of this.#remotes.values()) if (peer.state !== 'connected') peer.mend()
  }

  /** For checks in a browser: each peer's own statistics by person. */
  async peerStats(): Promise<Record<string, RTCStatsReport>> {
    const entries = [...this.#remotes.values()].map(
      async ({ participant, peer }) => [participant.personId, await peer.stats()] as const,
    )
    return Object.fromEntries(await Promise.all(entries))
  }

  protected override participants(): CallParticipant[] {
    return [...this.#remotes.values()].map(({ participant, peer }) => ({
      key: participant.device,
      personId: participant.personId,
      name: participant.name,
      role: participant.role,
      guest: participant.guest === true,
      stream: peer.stream,
      microphone: peer.microphone,
      camera: peer.camera,
      audioLevel: peer.audioLevel,
      quality: peer.quality,
      state: peer.state,
    }))
  }

  #connect(participant: Participant): MeshPeer {
    const mine = this.#channel.peer
    let last: MeshPeer['state'] = 'connecting'
    const peer: MeshPeer = new MeshPeer({
      iceServers: this.#setup.iceServers,
      polite: isPolite(mine, participant.peer),
      first: makesFirstOffer(mine, participant.peer),
      send: (data) =>
        this.#channel.send(this.#remotes.get(participant.peer)?.participant.socketId ?? participant.socketId, data),
      lineUp: () => this.#lineUp,
      silent: () => void this.#channel.probe(),
      tracks: () => this.tracks(),
      switches: () => this.switches(),
      changed: () => {
        if (peer.state !== last && last !== 'connecting')
          this.tell({ name: peer.state === 'connected' ? 'back' : 'lost', who: participant.name })
        last = peer.state
        this.refresh()
      },
    })
    return peer
  }

  #drop(id: string): void {
    this.#remotes.get(id)?.peer.close()
    this.#remotes.delete(id)
  }

  #end(state: 'finished' | 'replaced' | 'changed'): void {
    this.#channel.close()
    this.#stop()
    this.become(state)
    if (state !== 'changed') this.tell({ name: state })
  }

  /** Follows our own tracks, the network of the device, and pages that never came back. */
  #follow(): void {
    this.#offs.push(
      this.media.subscribe(() => {
        for (const { peer } of this.#remotes.values()) {
          peer.refreshTracks()
          peer.tellSwitches()
        }
        this.refresh()
      }),
    )
    const mend = () => {
      for (const { peer } of this.#remotes.values()) peer.mend()
    }
    const network = (navigator as { connection?: EventTarget }).connection
    for (const [target, name] of [
      [window, 'online'],
      [network, 'change'],
    ] as const) {
      target?.addEventListener(name, mend)
      this.#offs.push(() => target?.removeEventListener(name, mend))
    }
    this.#sweeper = setInterval(() => this.#sweep(), 2000)
  }

  #sweep(): void {
    const before = performance.now() - GRACE_MS
    for (const [id, remote] of this.#remotes) {
      const silent = remote.peer.state !== 'connected'
      if (remote.droppedAt === null || remote.droppedAt > before || !silent || !this.#lineUp) continue
      this.#drop(id)
      this.tell({ name: 'gone', who: remote.participant.name })
      this.refresh()
    }
  }

  #stop(): void {
    clearInterval(this.#sweeper)
    for (const off of this.#offs.splice(0)) off()
    for (const id of [...this.#remotes.keys()]) this.#drop(id)
  }
}
