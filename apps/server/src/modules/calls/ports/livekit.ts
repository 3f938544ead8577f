import type { MediaRights } from '../domain/media-role.ts'

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
  /** Ends a room for everybody; an unknown room is fine. */
  closeRoom(room: string): Promise<void>
  /**
   * Shows one participant out; false when nobody of that identity was there. Their token stays good: see
   * `media-passes`.
   */
  removeParticipant(room: string, identity: string): Promise<boolean>
  /** Somebody inside may do more or less from now on; false when nobody of that identity is there. */
  setRights(room: string, identity: string, rights: MediaRights): Promise<boolean>
  /** Silences the microphone of somebody inside, who may switch it on again; false when there is none. */
  muteMicrophone(room: string, identity: string): Promise<boolean>
}

/** Which engine carries sound and picture now. */
export interface CallEngine {
  /** null: everybody sends to everybody. */
  readonly livekit: LivekitServer | null
  /** One line for the log and `/health`. */
  readonly detail: string
}
