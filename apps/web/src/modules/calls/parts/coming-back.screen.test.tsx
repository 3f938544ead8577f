import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { acknowledge, said, say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer } from '../../../platform/testing/wire.ts'
import { clearInside, readInside, writeInside } from '../browser/inside-note.ts'
import { CallStage } from './call-stage.tsx'

const visitId = ids.thing
const tracks: (EventTarget & { muted: boolean; enabled: boolean })[] = []

/** A microphone and a camera that open, and that the system can take away. */
function devices(): void {
  const getUserMedia = async ({ audio }: MediaStreamConstraints) => {
    const kind = audio ? 'audio' : 'video'
    const rest = { kind, enabled: true, muted: false, stop: () => undefined, getSettings: () => ({}) }
    const track = Object.assign(new EventTarget(), rest)
    tracks.push(track)
    return { getTracks: () => [track] }
  }
  const media = Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] })
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media })
}

beforeEach(async () => {
  await liveSocket()
  devices()
  vi.stubGlobal('AudioContext', undefined)
  asStaff('call.join')
  answer('calls.getVisit', {
    visitId,
    kind: 'consult',
    openedAt: '2026-11-25T01:00:00.000Z',
    finishedAt: null,
    mayFinish: false,
    members: [],
    self: ids.me,
    lobby: false,
    waits: false,
    floorClosed: false,
    presenter: null,
  })
  answer('calls.listMessages', { items: [], next: null, now: 'mark', gone: null })
  answer('calls.readRecording', { recording: null })
  answer('calls.issueTicket', { visitId, transport: 'mesh', iceServers: [], peerLimit: 4 })
  answer('calls.readAssist', { assist: null })
  answer('calls.readRecording', { recording: null })
  acknowledge('call:enter', () => ({ ok: true, personId: ids.me, participants: [] }))
})
afterEach(() => {
  clearInside()
  tracks.splice(0)
})

const open = () => openPart(<CallStage visitId={visitId} displayName="Trần Thị Mai" />)
const press = async (user: ReturnType<typeof open>, name: string) =>
  user.click(await screen.findByRole('button', { name }))
const inside = () => screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })

/** The room lets in only who says what shall become of the other device. */
const onAnotherDevice = () =>
  acknowledge('call:enter', (request) =>
    (request as { ownDevices: string }).ownDevices === 'ask'
      ? { ok: false, code: 'CALL_ELSEWHERE' }
      : { ok: true, personId: ids.me, participants: [] },
  )

it('in on another device: asked first, and moved here at a tap', async () => {
  onAnotherDevice()
  const user = open()
  await press(user, 'Vào bằng giọng nói')
  expect(await screen.findByText('Cuộc gọi này đang mở với tên bạn trên máy khác.')).toBeVisible()
  await press(user, 'Chuyển về đây')
  expect(await inside()).toBeVisible()
  expect(said('call:enter').at(-1)).toMatchObject({ ownDevices: 'move' })
})

it('using both: this one neither speaks nor sounds, which is said and can be undone', async () => {
  onAnotherDevice()
  const user = open()
  await press(user, 'Vào bằng giọng nói')
  await press(user, 'Dùng cả hai (máy này tắt tiếng)')
  await inside()
  expect(await screen.findByText(/Máy này đang tắt tiếng/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Bật tiếng' })).toBeVisible()
  await press(user, 'Bật tiếng ở máy này')
  await waitFor(() => expect(screen.queryByText(/Máy này đang tắt tiếng/)).toBeNull())
})

it('moved to another device: told why, and one button brings it back', async () => {
  const user = open()
  await press(user, 'Vào bằng giọng nói')
  await inside()
  say('call:replaced', { visitId })
  expect(await screen.findByText('Cuộc gọi đang mở ở nơi khác')).toBeVisible()
  expect(readInside({ visitId, personId: ids.me }, Date.now())).toBeNull()
  await press(user, 'Chuyển về đây')
  await inside()
  expect(said('call:enter').at(-1)).toMatchObject({ ownDevices: 'move' })
})

it('moved while our line was lost: who comes back is told, and pushes nobody out', async () => {
  const user = open()
  await press(user, 'Vào bằng giọng nói')
  await inside()
  onAnotherDevice()
  say('disconnect')
  say('connect')
  expect(await screen.findByText('Cuộc gọi đang mở ở nơi khác')).toBeVisible()
})

const note = { visitId, personId: ids.me, picture: false, listenOnly: false, quiet: false, ownDevices: 'ask' } as const

it('loaded anew: back inside without the lobby, and a microphone that was off stays off', async () => {
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'granted' } as PermissionStatus)
  writeInside({ ...note, at: Date.now() - 30_000, microphone: false })
  open()
  expect(await inside()).toBeVisible()
  expect(screen.getByRole('button', { name: 'Bật tiếng' })).toBeVisible()
  expect(tracks).toHaveLength(1)
  expect(tracks[0]?.enabled).toBe(false)
})

it('loaded anew after long, or where the microphone would be asked for: the lobby', async () => {
  const query = vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'prompt' } as PermissionStatus)
  writeInside({ ...note, at: Date.now() - 30_000, microphone: true })
  const user = open()
  await screen.findByRole('button', { name: 'Vào bằng giọng nói' })
  expect(query).toHaveBeenCalled()
  expect(said('call:enter')).toHaveLength(0)
  await press(user, 'Vào bằng giọng nói')
  await inside()
})

it('a colleague’s note: they come in by the door', async () => {
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'granted' } as PermissionStatus)
  writeInside({ ...note, personId: ids.other, at: Date.now() - 30_000, microphone: true })
  const user = open()
  await screen.findByRole('button', { name: 'Vào bằng giọng nói' })
  expect(said('call:enter')).toHaveLength(0)
  await press(user, 'Vào bằng giọng nói')
  await inside()
})

it('the telephone rings in the middle: said that one is not heard, and taken back', async () => {
  const user = open()
  await press(user, 'Vào bằng giọng nói')
  await inside()
  const [voice] = tracks
  if (voice === undefined) throw new Error('no microphone was opened')
  act(() => {
    voice.muted = true
    voice.dispatchEvent(new Event('mute'))
  })
  expect(await screen.findByText(/Ứng dụng khác đang giữ micro/)).toBeVisible()
  await waitFor(() => expect(tracks).toHaveLength(2), { timeout: 6_000 })
  await waitFor(() => expect(screen.queryByText(/Ứng dụng khác đang giữ micro/)).toBeNull())
})
