import type { MediaRights } from '../domain/media-role.ts'
import type { MediaState } from '../domain/room-capacity.ts'
import type { RoomRecorder } from './room-recorder.ts'

/** Whom a token lets in, and as what. */
export interface Admission {
  readonly room: string
  readonly identity: string
  /** As the others see it; whoever holds the token cannot change it. */
  readonly name: string
  readonly rights: MediaRights
}

/** A LiveKit server in use: ours or somebody's. */
export interface LivekitServer {
  /** As browsers reach it. */
  readonly url: string
  /** Short-lived, for one room and one person. */
  token(admission: Admission): Promise<string>
  /** Makes the room, or keeps it; it goes by itself some time after the last one left. False when
   * the server lives and cannot; rejects when it does not answer. */
  openRoom(room: string, participants: number): Promise<boolean>
  /** Ends a room for everybody; an unknown room is fine. */
  closeRoom(room: string): Promise<void>
  /**
   * Shows one participant out; false when nobody of that identity was there. Their token stays good: see
   * `media-passes`.
   */
  removeParticipant(room: string, identity: string): Promise<boolean>
  /** Somebody inside may do more or less from now on; false when nobody of that identity is there. */
  setRights(room: string, identity: string, rights: MediaRights): Promise<boolean>
  /** The arrivals that stand open in a room, as its news names them; none in an unknown room. */
  inside(room: string): Promise<string[]>
  /** What records its rooms, where egress workers stand behind it. */
  readonly recorder: RoomRecorder
  /** Silences the microphone of somebody inside, who may switch it on again; false when there is none. */
  muteMicrophone(room: string, identity: string): Promise<boolean>
}

/** Which engine carries sound and picture now. */
export interface CallEngine {
  /** Any media server that lives now; null: none does. For what belongs to one visit's room, see `serverOf`. */
  readonly livekit: LivekitServer | null
  readonly alive: readonly { readonly url: string; readonly livekit: LivekitServer }[]
  /** Every media server of this installation, by address, also those that are away. */
  readonly known: readonly string[]
  readonly state: MediaState
  /** One line for the log and `/health`. */
  readonly detail: string
}

/** The media server that carries this visit's room; another that lives knows it where they share a Redis. */
export function serverOf({ alive, livekit }: CallEngine, visit: { media_node: string | null }): LivekitServer | null {
  return alive.find((node) => node.url === visit.media_node)?.livekit ?? livekit
}
