import { expect, it, vi } from 'vitest'
import { FULL_PICTURE, NO_PICTURE } from '../link/sending-ladder.ts'
import { LivekitExtraTracks } from './livekit-extra-tracks.ts'

type Engine = ConstructorParameters<typeof LivekitExtraTracks>[0]
type Room = Parameters<LivekitExtraTracks['use']>[0]
const engine = { Track: { Source: { ScreenShare: 'screen_share' } } } as unknown as Engine

const picture = () => Object.assign(new EventTarget(), { stop: () => undefined }) as unknown as MediaStreamTrack

/** A room that keeps what is published, with a sender as a browser has it. */
function room() {
  const publications = new Map<string, ReturnType<typeof published>>()
  const localParticipant = {
    trackPublications: publications,
    publishTrack: async (track: MediaStreamTrack, { videoEncoding }: { videoEncoding: object }) =>
      void publications.set(`T${publications.size}`, published(track, { ...videoEncoding })),
  }
  const all = () => [...publications.values()]
  return { room: { state: 'connected', localParticipant } as unknown as Room, all }
}

function published(mediaStreamTrack: MediaStreamTrack, encoding: object) {
  const parameters = { encodings: [encoding] }
  const one = {
    source: 'screen_share',
    isMuted: false,
    sending: true,
    encoding: () => parameters.encodings[0],
    mute: async () => void (one.isMuted = true),
    unmute: async () => void (one.isMuted = false),
    track: {
      mediaStreamTrack,
      sender: { getParameters: () => parameters, setParameters: async () => undefined },
      pauseUpstream: async () => void (one.sending = false),
      resumeUpstream: async () => void (one.sending = true),
    },
  }
  return one
}

function sharing() {
  const { room: carrying, all } = room()
  const extra = new LivekitExtraTracks(engine, 'peer')
  extra.use(carrying)
  return { extra, all }
}

it('a screen and a second camera go as our face goes: less on a thin link, nothing under "voice only"', async () => {
  const { extra, all } = sharing()
  extra.add('screen', '', picture())
  extra.add('camera', 'Tai mũi họng', picture())
  const rates = () => all().map((one) => one.encoding())
  await vi.waitFor(() => expect(rates()).toMatchObject([{ maxBitrate: 300_000 }, { maxBitrate: 250_000 }]))

  extra.limit(FULL_PICTURE - 1)
  const small = [
    { maxBitrate: 117_000, maxFramerate: 5 },
    { maxBitrate: 97_000, maxFramerate: 8 },
  ]
  await vi.waitFor(() => expect(rates()).toMatchObject(small))

  extra.limit(NO_PICTURE)
  await vi.waitFor(() => expect(all().map(({ sending }) => sending)).toEqual([false, false]))
  expect(all().map(({ isMuted }) => isMuted)).toEqual([true, true])

  extra.limit(FULL_PICTURE)
  await vi.waitFor(() => expect(all().map(({ sending }) => sending)).toEqual([true, true]))
  expect(rates()).toMatchObject([{ maxBitrate: 300_000 }, { maxBitrate: 250_000 }])
})

it('what is shown while nothing of a picture may be sent is not announced, and comes when it may', async () => {
  const { extra, all } = sharing()
  extra.limit(NO_PICTURE)
  extra.add('document', 'phim phổi', picture())
  await new Promise((done) => setTimeout(done, 20))
  expect(all()).toEqual([])
  extra.limit(1)
  await vi.waitFor(() => expect(all().map((one) => one.encoding())).toMatchObject([{ maxBitrate: 17_000 }]))
})

it('a camera that opens after the call was left goes out again', () => {
  const { extra, all } = sharing()
  extra.close()
  const late = Object.assign(picture(), { stop: vi.fn() })
  extra.add('camera', 'Tai mũi họng', late)
  expect(late.stop).toHaveBeenCalledOnce()
  expect([extra.snapshot(), all()]).toEqual([[], []])
})
