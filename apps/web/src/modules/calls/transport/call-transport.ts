import type { ShownPicture } from '../link/receive-plan.ts'
import type { LinkSnapshot } from '../link/sending-link.ts'
import type { PictureWish } from '../link/sending-state.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { ExtraPictures } from './extra-pictures.ts'
import type { CallPicture } from './livekit-pictures.ts'

/** What the whole call is doing, in one word. Only `finished` is for good; `changed` asks for a new ticket. */
export type CallState = 'connecting' | 'connected' | 'reconnecting' | 'left' | 'replaced' | 'changed' | 'finished'

/** How well one participant comes through. */
export type LinkQuality = 'unknown' | 'good' | 'fair' | 'poor'

/** Another person (one device of theirs) in the call. */
export interface CallParticipant {
  /** Stable over reconnects and reloads of the same browser tab. */
  readonly key: string
  readonly personId: string
  readonly name: string
  readonly role: string
  /** Came by a one-time link: said so on every screen, from our own rows. */
  readonly guest: boolean
  readonly stream: MediaStream
  readonly microphone: boolean
  readonly camera: boolean
  /** 0 (silent) to 1. */
  readonly audioLevel: number
  readonly quality: LinkQuality
  /**
   * `returning`: their line is lost, and they come back by themselves. `away`: lost for longer than that takes.
   * `reconnecting`: it is our own line, or only the path between us.
   */
  readonly state: 'connecting' | 'connected' | 'reconnecting' | 'returning' | 'away'
  /** When they were last heard before their line was lost (epoch, ms). */
  readonly lostSince?: number | null
  /** What they show beside their face; only through a media server. */
  readonly pictures?: readonly CallPicture[]
  /** Asked to speak, and since when (epoch, ms); filled in by the session. */
  readonly handRaisedAt?: number | null
}

/** A picture of the call at one moment; a new object whenever anything changed. */
export interface CallSnapshot {
  readonly state: CallState
  readonly microphone: boolean
  readonly camera: boolean
  /** The others are not heard here: they are on another device of the same person beside this one. */
  readonly quiet: boolean
  /** When our own line to the media was lost (epoch, ms); null while it is good or not yet made. */
  readonly lostSince: number | null
  readonly participants: readonly CallParticipant[]
  /** Our own link and what goes over it; null where the engine does not say. */
  readonly link: LinkSnapshot | null
}

/** Things worth saying aloud to the person. */
export type CallEvent =
  | { readonly name: 'entered' | 'gone' | 'lost' | 'back'; readonly who: string }
  | { readonly name: 'finished' | 'replaced' | 'silenced' }

/** A refusal with the same codes as the HTTP problems. */
export class CallRefused extends Error {
  readonly code: string
  /** The figures of its sentence. */
  readonly params: Record<string, unknown>
  constructor(code: string, params: Record<string, unknown> = {}) {
    super(code)
    this.name = 'CallRefused'
    this.code = code
    this.params = params
  }
}

/** One room, whichever engine carries the sound and picture. */
export interface CallTransport {
  readonly kind: 'mesh' | 'livekit'
  readonly media: LocalMedia
  /** Resolves when the room let us in; media may still be connecting. Throws `CallRefused`. */
  join(): Promise<void>
  /** Steps out of the room; the visit goes on. */
  leave(): Promise<void>
  setMicrophone(on: boolean): Promise<void>
  setCamera(on: boolean): Promise<void>
  /** Silences the others on this device only. */
  setQuiet(on: boolean): void
  /** The next camera (front ↔ back on a phone). */
  switchCamera(): Promise<void>
  selectDevice(kind: 'audioinput' | 'videoinput', deviceId: string): Promise<void>
  /** Statistics of the connections that carry sound and picture, where the engine has them. */
  statistics?(): Promise<RTCStatsReport[]>
  /** Does something with our camera while nothing else has it, where the engine sends a copy of its picture. */
  withCameraAlone?<T>(shoot: () => Promise<T>): Promise<T>
  /** Further pictures of ours: screen, document, more cameras. */
  readonly extra?: ExtraPictures | undefined
  /** The stage shows these pictures; what it does not show need not be received. */
  show?(shown: readonly ShownPicture[]): void
  /** Pictures as the link allows, always small, or none. */
  setPictureWish(wish: PictureWish): void
  /** From so many bytes on the call goes on without pictures; null: no limit. */
  setDataCap(bytes: number | null): void
  snapshot(): CallSnapshot
  /** Called after every change of the snapshot; returns the way to stop. */
  subscribe(listener: () => void): () => void
  onEvent(listener: (event: CallEvent) => void): () => void
}
