import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { InterruptedMicrophone } from '../browser/interrupted-microphone.ts'
import { LocalMedia } from './local-media.ts'

type Track = EventTarget & { kind: string; live: boolean; muted: boolean }

/** Devices that wake up when the test says so, each giving a track that is live until it is stopped. */
const tracks: Track[] = []
let asked: (() => void)[] = []

function wake(kind: string): Track {
  const rest = { kind, enabled: true, muted: false, live: true, getSettings: () => ({}) }
  const track = Object.assign(new EventTarget(), rest, { stop: () => void (track.live = false) })
  tracks.push(track)
  return track
}

beforeEach(() => {
  const getUserMedia = ({ audio }: MediaStreamConstraints) =>
    new Promise((given) => asked.push(() => given({ getTracks: () => [wake(audio ? 'audio' : 'video')] })))
  const media = Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] })
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media })
})
afterEach(() => {
  vi.useRealTimers()
  tracks.splice(0)
  asked = []
})

/** Answers whatever was asked for. */
const give = (): void => {
  for (const answer of asked.splice(0)) answer()
}
const live = (): string[] => tracks.filter((track) => track.live).map(({ kind }) => kind)

it('a camera switched off while it opened does not stay on', async () => {
  const media = new LocalMedia()
  const opening = media.openCamera()
  media.closeCamera()
  give()
  await opening
  expect([live(), media.snapshot().camera]).toEqual([[], null])
})

it('of two openings of the camera one stays, and goes out when it is switched off', async () => {
  const media = new LocalMedia()
  const opening = [media.openCamera(), media.openCamera()]
  give()
  await Promise.all(opening)
  expect(live()).toEqual(['video'])
  media.closeCamera()
  expect(live()).toEqual([])
})

it('a page that goes while microphone and camera open leaves neither on, and opens nothing afterwards', async () => {
  const media = new LocalMedia()
  const opening = [media.openMicrophone(), media.openCamera()]
  media.close()
  give()
  await Promise.all(opening)
  expect([live(), media.snapshot().microphone, media.snapshot().camera]).toEqual([[], null, null])
  await Promise.all([media.openMicrophone(), media.openCamera()])
  expect([asked, live()]).toEqual([[], []])
})

it('a microphone given back while it opened does not stay on', async () => {
  const media = new LocalMedia()
  const opening = media.openMicrophone()
  media.closeMicrophone()
  give()
  await opening
  expect([live(), media.snapshot().microphone]).toEqual([[], null])
})

it('a microphone that was being taken back as the page went is neither kept nor asked for again', async () => {
  const media = new LocalMedia()
  const interrupted = new InterruptedMicrophone(media)
  const opening = media.openMicrophone()
  give()
  await opening
  vi.useFakeTimers()
  for (const track of tracks) {
    track.muted = true
    track.dispatchEvent(new Event('mute'))
  }
  await vi.advanceTimersByTimeAsync(4_000)
  expect([interrupted.snapshot(), asked.length]).toEqual([true, 1])
  interrupted.close()
  media.close()
  give()
  await vi.advanceTimersByTimeAsync(10_000)
  expect([live(), asked]).toEqual([[], []])
})
