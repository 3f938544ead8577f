import { screen, waitFor } from '@testing-library/react'
import type { VisitView } from '@moinha/contracts/calls'
import { beforeEach, expect, it, vi } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { acknowledge, said, say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { CallStage } from './call-stage.tsx'

const visitId = ids.thing

/** Microphone and camera of the browser: each opens, or refuses with the name the standard gives. */
function devices(refused: { audio?: string; video?: string } = {}): void {
  const open = async ({ audio }: MediaStreamConstraints) => {
    const kind = audio ? 'audio' : 'video'
    const why = refused[kind]
    if (why) throw new DOMException('no', why)
    const track = Object.assign(new EventTarget(), {
      kind,
      enabled: true,
      stop: () => undefined,
      getSettings: () => ({}),
    })
    return { getTracks: () => [track] }
  }
  const media = Object.assign(new EventTarget(), { getUserMedia: open, enumerateDevices: async () => [] })
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media })
}

/** As Firefox with a headset of another sample rate. */
class MeasuresNothing {
  close = async () => undefined
  createMediaStreamSource(): never {
    throw new DOMException('different sample-rate', 'NotSupportedError')
  }
}

/** A quiet room. */
class Measures {
  close = async () => undefined
  createMediaStreamSource = () => ({ connect: () => undefined, disconnect: () => undefined })
  createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData: () => undefined })
}

const room: VisitView = {
  visitId,
  kind: 'consult',
  openedAt: '2026-11-25T01:00:00.000Z',
  transport: 'mesh',
  finishedAt: null,
  mayFinish: false,
  self: ids.me,
  lobby: false,
  waits: false,
  floorClosed: false,
  presenter: null,
  members: [
    {
      personId: ids.other,
      name: 'A Rin',
      role: 'doctor',
      mayFinish: false,
      mediaRole: 'speaker',
      present: true,
      handRaisedAt: null,
    },
  ],
}

beforeEach(async () => {
  await liveSocket()
  devices()
  vi.stubGlobal('AudioContext', Measures)
  asStaff('call.join')
  answer('calls.getVisit', room)
  answer('calls.listMessages', { items: [], next: null, now: 'mark', gone: null })
  answer('calls.readRecording', { recording: null })
  answer('calls.issueTicket', { visitId, transport: 'mesh', iceServers: [], peerLimit: 4 })
  answer('calls.readAssist', { assist: null })
  answer('calls.readRecording', { recording: null })
  acknowledge('call:enter', () => ({ ok: true, participants: [] }))
})

const open = () => openPart(<CallStage visitId={visitId} displayName="Trần Thị Mai" />)
const voice = () => screen.findByRole('button', { name: 'Vào bằng giọng nói' })
const picture = () => screen.findByRole('button', { name: 'Vào có hình' })

it('says who waits inside, before anything is sent', async () => {
  open()
  expect(await screen.findByText('A Rin đang chờ trong phòng.')).toBeVisible()
  expect(sentTo('calls.issueTicket')).toHaveLength(0)
})

it('the microphone is not allowed: said with the way out, and one can still listen', async () => {
  devices({ audio: 'NotAllowedError' })
  const user = open()
  await user.click(await voice())
  expect(await screen.findByRole('alert')).toHaveTextContent('Trang này chưa được dùng micro.')
  expect(sentTo('calls.issueTicket')).toHaveLength(0)
  await user.click(screen.getByRole('button', { name: 'Vào chỉ để nghe' }))
  expect(await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })).toBeVisible()
})

it('the camera is not allowed: one is inside by voice and told how to get a picture', async () => {
  devices({ video: 'NotAllowedError' })
  const user = open()
  await user.click(await picture())
  expect(await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })).toBeVisible()
  expect(screen.getByText(/Trang này chưa được dùng camera. Bạn vẫn nói chuyện được./)).toBeVisible()
})

it('a browser that does not let the sound be measured calls all the same, without a meter', async () => {
  vi.stubGlobal('AudioContext', MeasuresNothing)
  const user = open()
  await user.click(await screen.findByRole('button', { name: 'Thử micro và camera' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Thử micro và camera' })).toBeNull())
  expect(screen.queryByRole('meter')).toBeNull()
  await user.click(await voice())
  expect(await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })).toBeVisible()
})

it('two taps enter once, and it says that one is on the way', async () => {
  const user = open()
  await voice()
  const ticket = hold('calls.issueTicket')
  await user.dblClick(await voice())
  expect(await screen.findByText('Đang vào…')).toBeVisible()
  ticket.letGo()
  await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })
  expect(said('call:enter')).toHaveLength(1)
})

it('refused because the room is full: said at the door, and the door can be tried again', async () => {
  acknowledge('call:enter', () => ({ ok: false, code: 'CALL_FULL', params: { limit: 60 } }))
  const user = open()
  await user.click(await voice())
  expect(await screen.findByRole('alert')).toHaveTextContent('Cuộc gọi đã đủ 60 người.')
  acknowledge('call:enter', () => ({ ok: true, participants: [] }))
  await user.click(await voice())
  expect(await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })).toBeVisible()
})

it('not one of the visit: the refusal of the ticket is said', async () => {
  refuse('calls.issueTicket', 'VISIT_UNKNOWN', { status: 404 })
  const user = open()
  await user.click(await voice())
  expect(await screen.findByRole('alert')).toHaveTextContent('Không tìm thấy cuộc gọi này')
})

it('network lost at the door: said, and the next tap enters', async () => {
  const user = open()
  await voice()
  cutNetwork()
  await user.click(await voice())
  expect(await screen.findByRole('alert')).toHaveTextContent('mất mạng')
  mendNetwork()
  await user.click(await voice())
  expect(await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })).toBeVisible()
})

it('the line goes during the call: said that it mends itself, quiet again once it is back', async () => {
  const user = open()
  await user.click(await voice())
  await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })
  say('disconnect')
  expect(await screen.findByText('Mạng chập chờn, đang tự nối lại…')).toBeVisible()
  say('connect')
  await waitFor(() => expect(screen.queryByText('Mạng chập chờn, đang tự nối lại…')).toBeNull())
  expect(said('call:enter')).toHaveLength(2)
})

it('left with the keyboard, the way back in is there; finished by another, it is said', async () => {
  const user = open()
  await user.click(await voice())
  const leave = await screen.findByRole('button', { name: 'Rời cuộc gọi' })
  leave.focus()
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Bạn đã rời cuộc gọi')).toBeVisible()
  expect(screen.getByRole('region', { name: 'Cuộc gọi' })).toHaveFocus()
  await user.click(screen.getByRole('button', { name: 'Quay lại' }))
  await screen.findByRole('toolbar', { name: 'Nút của cuộc gọi' })
  say('call:finished', { visitId })
  expect((await screen.findAllByText('Buổi khám đã kết thúc'))[0]).toBeVisible()
})

it.each([
  ['appointment', 'Buổi khám đã kết thúc', /Kết luận và lời dặn nằm trong hồ sơ/],
  ['meeting', 'Buổi họp đã kết thúc', 'Cảm ơn bạn đã dự họp.'],
])('the last page of %s says what it was', async (kind, title, text) => {
  answer('calls.getVisit', { ...room, kind, finishedAt: '2026-11-25T02:00:00.000Z' })
  open()
  expect(await screen.findByText(title)).toBeVisible()
  expect(screen.getByText(text)).toBeVisible()
})

it('what else there is stands under "more": one panel at a time, Escape gives the keyboard back', async () => {
  const user = open()
  await user.click(await voice())
  const more = await screen.findByRole('button', { name: 'Thêm' })
  expect(more).toHaveAttribute('aria-expanded', 'false')
  await user.click(more)
  expect(await screen.findByRole('heading', { name: 'Thêm trong cuộc gọi' })).toHaveFocus()
  expect(more).toHaveAttribute('aria-expanded', 'true')
  await user.click(screen.getByRole('button', { name: 'Chọn thiết bị' }))
  await screen.findByRole('region', { name: 'Chọn thiết bị' })
  expect(await screen.findByText(/Chưa thấy thiết bị nào/)).toBeVisible()
  expect(screen.queryByRole('region', { name: 'Thêm trong cuộc gọi' })).toBeNull()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Chọn thiết bị' })).toBeNull())
  expect(more).toHaveFocus()
  await user.click(more)
  await user.click(more)
  expect(screen.queryByRole('region', { name: 'Thêm trong cuộc gọi' })).toBeNull()
})
