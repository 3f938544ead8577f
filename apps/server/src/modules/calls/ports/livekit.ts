/** A LiveKit server in use: ours or somebody's. */
export interface LivekitServer {
  /** As browsers reach it. */
  readonly url: string
  /** Short-lived, for one room and one person. */
  token(room: string, identity: string, name: string): Promise<string>
  /** Ends a room for everybody; an unknown room is fine. */
  closeRoom(room: string): Promise<void>
  /**
   * Shows one participant out; false when nobody of that identity was there. Their token stays good: see
   * `media-passes`.
   */
  removeParticipant(room: string, identity: string): Promise<boolean>
}

/** Which engine carries sound and picture now. */
export interface CallEngine {
  /** null: everybody sends to everybody. */
  readonly livekit: LivekitServer | null
  /** One line for the log and `/health`. */
  readonly detail: string
}
