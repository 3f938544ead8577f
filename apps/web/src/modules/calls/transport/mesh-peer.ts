import type { LinkQuality } from './call-transport.ts'
import { attemptMs, backoffMs, startsAnew } from './backoff.ts'
import { Heartbeat } from './heartbeat.ts'
import { LinkWatch } from './link-watch.ts'
import { judgeDescription } from './negotiation.ts'
import type { PeerSignal } from './signal-channel.ts'
import { limitPicture, limitVoice } from './sender-limits.ts'
import { TOP_STEP } from './picture-budget.ts'

/** What a peer needs from the room it belongs to. */
export interface PeerRoom {
  readonly iceServers: RTCIceServer[]
  /** Yields when both offer at once. */
  readonly polite: boolean
  /** Lays out the media sections. */
  readonly first: boolean
  send(data: PeerSignal): void
  /** The signalling line is up, so that a restart makes sense. */
  lineUp(): boolean
  /** Nothing is heard of the other side: is our own line still alive? */
  silent(): void
  tracks(): { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null }
  switches(): { microphone: boolean; camera: boolean }
  changed(): void
}

/** Longer silence than this is a loss (house budget: noticed within 3 s). */
const SILENCE_MS = 2200
const TICK_MS = 500

/** The connection to one other page: negotiated, watched, and mended until it is closed. */
export class MeshPeer {
  readonly stream = new MediaStream()
  state: 'connecting' | 'connected' | 'reconnecting' = 'connecting'
  microphone = true
  camera = false
  audioLevel = 0
  quality: LinkQuality = 'unknown'

  readonly #room: PeerRoom
  #pc: RTCPeerConnection
  #heartbeat: Heartbeat
  #watch: LinkWatch
  #epoch = 0
  #queue: Promise<void> = Promise.resolve()
  #attempt = 0
  #nextAttemptAt = 0
  #lastHeardAt = 0
  #pictureStep = TOP_STEP
  #closed = false
  readonly #timer: ReturnType<typeof setInterval>

  constructor(room: PeerRoom) {
    this.#room = room
    this.#pc = this.#open()
    this.#heartbeat = this.#beatOver(this.#pc)
    this.#watch = new LinkWatch(this.#pc)
    this.#nextAttemptAt = performance.now() + attemptMs(1)
    this.#timer = setInterval(() => void this.#tick(), TICK_MS)
    this.#start()
  }

  /** Takes one message of the other side; messages are handled one after the other. */
  receive(signal: PeerSignal): void {
    this.#enqueue(() => this.#handle(signal))
  }

  /** Puts the present tracks on the wire; never needs a new negotiation. */
  refreshTracks(): void {
    this.#enqueue(() => this.#sendTracks())
  }

  /** Our switches changed: tell at once instead of with the next beat. */
  tellSwitches(): void {
    this.#heartbeat.beat()
  }

  /** Searches a new path at once, for instance after a change of network. */
  mend(): void {
    this.#attempt = 0
    this.#nextAttemptAt = 0
    if (this.state === 'connected' && this.#heard(SILENCE_MS)) this.#restart()
    else void this.#tick()
  }

  /** For checks: the engine's own statistics. */
  stats(): Promise<RTCStatsReport> {
    return this.#pc.getStats()
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
    this.#heartbeat.close()
    this.#pc.close()
  }

  #start(): void {
    if (!this.#room.first) return
    this.#enqueue(() => this.#offer())
  }

  #open(): RTCPeerConnection {
    const pc = new RTCPeerConnection({ iceServers: this.#room.iceServers, bundlePolicy: 'max-bundle' })
    pc.onicecandidate = ({ candidate }) => {
      if (candidate !== null && pc === this.#pc) this.#send({ candidate: candidate.toJSON() })
    }
    pc.ontrack = ({ track }) => {
      if (pc !== this.#pc) return
      for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.stream.removeTrack(old)
      this.stream.addTrack(track)
      this.#room.changed()
    }
    pc.oniceconnectionstatechange = () => {
      if (pc !== this.#pc) return
      if (pc.iceConnectionState === 'failed' || pc.iceConnectionState === 'disconnected') void this.#tick()
    }
    return pc
  }

  #beatOver(pc: RTCPeerConnection): Heartbeat {
    return new Heartbeat(
      pc,
      () => this.#room.switches(),
      (switches) => {
        this.#lastHeardAt = performance.now()
        const changed = switches.microphone !== this.microphone || switches.camera !== this.camera
        this.microphone = switches.microphone
        this.camera = switches.camera
        if (this.state !== 'connected') this.#becomeConnected()
        else if (changed) this.#room.changed()
      },
    )
  }

  #becomeConnected(): void {
    this.state = 'connected'
    this.#attempt = 0
    this.#watch.begin()
    // What the link bears now is unknown: a small picture at once, more when it stays calm.
    if (this.#pictureStep < 1) this.#pictureStep = 1
    this.#enqueue(() => this.#limit())
    this.#room.changed()
  }

  async #handle(signal: PeerSignal): Promise<void> {
    if (signal.epoch < this.#epoch) return
    if (signal.epoch > this.#epoch) this.#renew(signal.epoch)
    if (signal.requestOffer === true) {
      if (this.#room.first) await this.#offer()
      return
    }
    if (signal.description !== undefined) await this.#describe(signal.description)
    else if (signal.candidate !== undefined) await this.#addCandidate(signal.candidate)
  }

  async #describe(description: RTCSessionDescriptionInit): Promise<void> {
    const pc = this.#pc
    if (judgeDescription(description.type, pc.signalingState, this.#room.polite) === 'ignore') return
    await pc.setRemoteDescription(description)
    if (description.type !== 'offer') return
    await this.#sendTracks()
    await pc.setLocalDescription()
    if (pc.localDescription !== null) this.#send({ description: pc.localDescription.toJSON() })
    await this.#limit()
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    // Candidates of an offer that was set aside belong nowhere; the next offer brings its own.
    if (this.#pc.remoteDescription === null) return
    await this.#pc.addIceCandidate(candidate).catch(() => undefined)
  }

  async #offer(restart = false): Promise<void> {
    const pc = this.#pc
    if (this.#room.first && pc.getTransceivers().length === 0) await this.#layOut()
    if (pc.signalingState === 'stable') {
      if (restart) pc.restartIce()
      await pc.setLocalDescription()
    }
    // An offer that found no answer is simply said again.
    if (pc.localDescription?.type === 'offer') this.#send({ description: pc.localDescription.toJSON() })
    await this.#limit()
  }

  /** The media sections, once per generation: voice, then picture. */
  async #layOut(): Promise<void> {
    this.#pc.addTransceiver('audio', { direction: 'sendrecv' })
    this.#pc.addTransceiver('video', { direction: 'sendrecv' })
    await this.#sendTracks()
  }

  async #sendTracks(): Promise<void> {
    const { microphone, camera } = this.#room.tracks()
    for (const transceiver of this.#pc.getTransceivers()) {
      const kind = transceiver.receiver.track.kind
      const track = kind === 'audio' ? microphone : camera
      if (transceiver.direction !== 'sendrecv' && transceiver.direction !== 'stopped')
        transceiver.direction = 'sendrecv'
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track)
    }
  }

  async #limit(): Promise<void> {
    for (const { sender, receiver } of this.#pc.getTransceivers()) {
      if (receiver.track.kind === 'audio') await limitVoice(sender)
      else await limitPicture(sender, this.#pictureStep)
    }
  }

  #restart(): void {
    this.#enqueue(async () => {
      if (this.#pc.remoteDescription === null && !this.#room.first) this.#send({ requestOffer: true })
      else await this.#offer(true)
    })
  }

  /** Drops the connection and begins generation `epoch`. */
  #renew(epoch: number): void {
    this.#heartbeat.close()
    this.#pc.close()
    this.#epoch = epoch
    this.#pc = this.#open()
    this.#heartbeat = this.#beatOver(this.#pc)
    this.#watch = new LinkWatch(this.#pc)
    this.#nextAttemptAt = performance.now() + attemptMs(Math.max(2, this.#attempt))
  }

  async #tick(): Promise<void> {
    if (this.#closed) return
    this.#heartbeat.beat()
    const watch = this.#watch
    const link = await watch.read(this.#pictureStep)
    if (this.#closed || watch !== this.#watch) return
    if (link.mediaMoved) this.#lastHeardAt = performance.now()
    this.#show(link.audioLevel, link.quality)
    if (this.state === 'connected' && link.pictureStep !== this.#pictureStep) {
      this.#pictureStep = link.pictureStep
      this.#enqueue(() => this.#limit())
    }
    if (this.#heard(SILENCE_MS)) {
      if (this.state === 'reconnecting') this.#becomeConnected()
      return
    }
    if (this.state === 'connected') this.#becomeLost()
    this.#tryAgain()
  }

  #becomeLost(): void {
    this.state = 'reconnecting'
    this.audioLevel = 0
    this.#attempt = 0
    this.#nextAttemptAt = 0
    this.#room.changed()
  }

  #tryAgain(): void {
    this.#room.silent()
    const now = performance.now()
    if (now < this.#nextAttemptAt || !this.#room.lineUp()) return
    const attempt = this.#attempt++
    this.#nextAttemptAt = now + attemptMs(attempt) + backoffMs(attempt)
    if (!startsAnew(attempt)) return this.#restart()
    this.#enqueue(async () => {
      this.#renew(this.#epoch + 1)
      if (this.#room.first) this.#start()
      else this.#send({ requestOffer: true })
    })
  }

  #show(audioLevel: number, quality: LinkQuality): void {
    if (Math.abs(audioLevel - this.audioLevel) < 0.02 && quality === this.quality) return
    this.audioLevel = audioLevel
    this.quality = quality
    this.#room.changed()
  }

  #heard(withinMs: number): boolean {
    return this.#lastHeardAt > 0 && performance.now() - this.#lastHeardAt <= withinMs
  }

  #send(part: Omit<PeerSignal, 'epoch'>): void {
    this.#room.send({ epoch: this.#epoch, ...part })
  }

  /** One step at a time; a step that fails is mended by the watch, not by the next step. */
  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#queue
      .then(async () => {
        if (!this.#closed) await step()
      })
      .catch(() => undefined)
  }
}
