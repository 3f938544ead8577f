/** What records a room at the media side, as LiveKit's egress does. */
export interface RoomRecorder {
  /** Begins to record the room into this file; answers what it is called from now on. Rejects where it cannot. */
  start(room: string, file: string): Promise<string>
  /** Ends it; one that ended already, or is unknown, is fine. */
  stop(egressId: string): Promise<void>
  /** What records now. */
  running(): Promise<{ egressId: string; file: string }[]>
}
