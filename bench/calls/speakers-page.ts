import type { Room } from 'livekit-client'
import { firstSending, planOf } from '../../apps/web/src/modules/calls/link/sending-state.ts'
import { LocalMedia } from '../../apps/web/src/modules/calls/media/local-media.ts'
import { LivekitSending } from '../../apps/web/src/modules/calls/transport/livekit-sending.ts'

/** Many people in one browser who only send, as the product does: two sizes of a picture, one voice. */
export interface SpeakersPage {
  /** One more of them; silent. */
  add(url: string, token: string): Promise<void>
  /** From now on this one has the word, and only this one. */
  speak(at: number): Promise<void>
  leave(): Promise<void>
}

interface Speaker {
  readonly room: Room
  readonly sending: LivekitSending
  /** One's own: a track that is silenced is silent everywhere. */
  readonly microphone: MediaStreamTrack
}

const plan = planOf(firstSending('all'), { wish: 'auto', cap: 'none', asked: new Set() })
const media = new LocalMedia()
const speakers: Speaker[] = []

async function publish({ room, sending, microphone }: Speaker, microphoneOn: boolean): Promise<void> {
  await sending.publish(room, { microphone, camera: media.snapshot().camera, microphoneOn }, plan)
}

const page: SpeakersPage = {
  add: async (url, token) => {
    if (media.snapshot().microphone === null) await media.openMicrophone()
    if (media.snapshot().camera === null) await media.openCamera()
    const { microphone } = media.snapshot()
    if (microphone === null) throw new Error('no microphone')
    const engine = await import('livekit-client')
    const room = new engine.Room({ dynacast: true, stopLocalTrackOnUnpublish: false })
    await room.connect(url, token, { autoSubscribe: false })
    const speaker = { room, sending: new LivekitSending(engine), microphone: microphone.clone() }
    speakers.push(speaker)
    await publish(speaker, false)
  },
  speak: async (wanted) => {
    for (const [at, speaker] of speakers.entries()) await publish(speaker, at === wanted)
  },
  leave: async () => {
    for (const { room, sending } of speakers.splice(0)) {
      sending.close()
      await room.disconnect(false)
    }
  },
}

Object.assign(window, { speakersPage: page })
