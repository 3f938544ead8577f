import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
  type RoomOptions,
} from '@livekit/rtc-node'
import type { CallTicket } from '@moinha/contracts/calls'
import { setTimeout as sleep } from 'node:timers/promises'

const RATE = 48_000
const FRAME = 480

/** A client of a media server without a browser: speaks a tone, and says what it hears. */
export interface HeadlessClient {
  readonly room: Room
  /** Identities it sees. */
  seen(): string[]
  /** Identities whose sound it is sent. */
  hears(): string[]
  speak(): Promise<void>
  /** Resolves when the line is lost for good. */
  readonly gone: Promise<void>
  leave(): Promise<void>
}

/** Joins with what a ticket carries; rejects when it is not let in. */
export async function joinHeadless(
  ticket: Pick<NonNullable<CallTicket['livekit']>, 'url' | 'token'>,
  options: Partial<RoomOptions> = {},
): Promise<HeadlessClient> {
  const room = new Room()
  // one for each voice it hears, of which a briefing has more than Node expects
  room.setMaxListeners(0)
  const heard = new Set<string>()
  room.on(RoomEvent.TrackSubscribed, (_track, _publication, person) => void heard.add(person.identity))
  room.on(RoomEvent.TrackUnsubscribed, (_track, _publication, person) => void heard.delete(person.identity))
  const gone = new Promise<void>((done) => room.once(RoomEvent.Disconnected, () => done()))
  await room.connect(ticket.url, ticket.token, { autoSubscribe: true, dynacast: false, ...options })
  let speaking = true
  return {
    room,
    gone,
    seen: () => [...room.remoteParticipants.keys()],
    hears: () => [...heard],
    speak: async () => {
      const source = new AudioSource(RATE, 1)
      const track = LocalAudioTrack.createAudioTrack('voice', source)
      await room.localParticipant?.publishTrack(
        track,
        new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
      )
      void (async () => {
        for (let at = 0; speaking; at += FRAME) await source.captureFrame(tone(at)).catch(() => undefined)
      })()
    },
    leave: async () => {
      speaking = false
      await sleep(20)
      await room.disconnect()
    },
  }
}

function tone(at: number): AudioFrame {
  const wave = Int16Array.from({ length: FRAME }, (_, i) => Math.sin(((at + i) * 2 * Math.PI * 440) / RATE) * 8000)
  return new AudioFrame(wave, RATE, 1, FRAME)
}
