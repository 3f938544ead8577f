import type { RemoteTrackPublication, Room, VideoQuality } from 'livekit-client'
import { NO_PICTURE, PICTURE_STEPS_SENT } from '../link/sending-ladder.ts'

type Engine = typeof import('livekit-client')

/** What of the others' pictures our own link can take, as a step of the picture ladder. */
export function limitPictures(room: Room, { Track, VideoQuality: Quality }: Engine, step: number): void {
  for (const person of room.remoteParticipants.values()) {
    const camera = person.getTrackPublication(Track.Source.Camera)
    if (camera === undefined || !camera.isDesired) continue
    limitOne(camera, step, step >= PICTURE_STEPS_SENT.length - 1 ? Quality.HIGH : Quality.LOW)
  }
}

function limitOne(camera: RemoteTrackPublication, step: number, quality: VideoQuality): void {
  // the server stops sending it at once; the track stays, so that it comes back without a negotiation
  camera.setEnabled(step > NO_PICTURE)
  if (step > NO_PICTURE) camera.setVideoQuality(quality)
}
