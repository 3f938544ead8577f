import type { Figures } from '@moinha/contracts/calls'
import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { said, say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, sentTo } from '../../../platform/testing/wire.ts'
import { CallSession } from '../call-session.ts'
import { AssistPanel } from '../panels/assist-panel.tsx'
import { AssistPlace } from './assist-place.tsx'

const visitId = ids.thing
const assistId = ids.other
const own = (state: 'asked' | 'taken' | 'agreed') => ({
  assistId,
  state,
  helperName: state === 'asked' ? null : 'Nông Thị Thu',
})

beforeEach(async () => {
  await liveSocket()
  vi.stubGlobal('AudioContext', undefined)
  const enumerateDevices = async () => [
    { kind: 'audioinput', label: 'Tai nghe', deviceId: 'secret-id', groupId: 'secret-group' },
  ]
  const value = Object.assign(new EventTarget(), { enumerateDevices })
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value })
  asStaff('call.join', 'call.assist')
})

it('asks the helpers, and may be ended', async () => {
  answer('calls.readAssist', { assist: null })
  answer('calls.askAssist', () => {
    answer('calls.readAssist', { assist: own('asked') })
    return own('asked')
  })
  const context = { visitId, visit: undefined, session: new CallSession(visitId), call: null }
  const user = openPart(<AssistPanel context={context} onClose={() => undefined} />)
  await user.click(await screen.findByRole('button', { name: 'Nhờ kỹ thuật viên' }))
  expect(await screen.findByText(/Đã báo kỹ thuật viên/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Thôi nhờ' })).toBeVisible()
})

it('sends nothing before one agreed to this helper; then names what is done, without ids of devices', async () => {
  answer('calls.readAssist', { assist: own('taken') })
  answer('calls.agreeToAssist', () => {
    answer('calls.readAssist', { assist: own('agreed') })
    return own('agreed')
  })
  const session = new CallSession(visitId)
  const before = said('call:figures').length
  const user = openPart(<AssistPlace visitId={visitId} session={session} />)
  expect(await screen.findByText(/Kỹ thuật viên Nông Thị Thu xin xem/)).toBeVisible()
  expect(said('call:figures')).toHaveLength(before)
  await user.click(screen.getByRole('button', { name: 'Đồng ý' }))
  expect(await screen.findByText('Kỹ thuật viên Nông Thị Thu đang giúp.')).toBeVisible()
  await waitFor(() => expect(said('call:figures').length).toBeGreaterThan(before))
  const sent = said('call:figures').at(-1)
  expect(sent).toMatchObject({ visitId, assistId, figures: { devices: [{ kind: 'microphone', name: 'Tai nghe' }] } })
  expect(JSON.stringify(sent)).not.toContain('secret')
  // the camera is off by choice: a helper does not turn it on
  const open = vi.spyOn(session.media, 'openCamera')
  act(() => say('call:assist-act', { visitId, assistId, action: 'camera' }))
  expect(await screen.findByText(/đang giúp: mở lại camera/)).toBeVisible()
  expect(await screen.findByText(/nên vẫn tắt/)).toBeVisible()
  expect(open).not.toHaveBeenCalled()
})

it('the helper sees figures in words and acts', async () => {
  const assist = {
    assistId,
    unitNames: ['Trạm Y tế Pờ Y'],
    role: 'nurse',
    askedAt: '2026-11-26T01:00:00.000Z',
    state: 'agreed' as const,
    helperName: 'Nông Thị Thu',
    mine: true,
  }
  answer('calls.listAssists', { assists: [assist] })
  answer('calls.actInAssist', { assistId })
  const user = openScreen('/work/assist')
  expect(await screen.findByText('Người nhờ đã đồng ý. Đang chờ số đo…')).toBeVisible()
  await waitFor(() => expect(said('call:watch-figures').at(-1)).toEqual({ assistId }))
  const source = { permission: 'granted' as const, open: true, on: true, problem: null }
  const figures: Figures = {
    devices: [{ kind: 'microphone', name: 'Tai nghe', used: true }],
    microphone: source,
    camera: { permission: 'denied', open: false, on: false, problem: 'denied' },
    level: 0.4,
    link: { state: 'connected', engine: 'livekit', roundTripMs: 120, loss: 0.05, sentKbps: 24, receivedKbps: null },
    problems: ['camera'],
  }
  act(() => say('call:figures', { assistId, figures }))
  for (const text of ['120 ms', '24 kbit/s', '5 %', 'Micro: Tai nghe (đang dùng)'])
    expect(await screen.findByText(text)).toBeVisible()
  expect(screen.getByText('chưa mở, bị chặn, trình duyệt chưa cho phép')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Phát âm thử' }))
  expect(await screen.findByText('Đã báo máy người nhờ: Phát âm thử')).toBeVisible()
  expect(sentTo('calls.actInAssist').map(({ body }) => body.action)).toEqual(['tone'])
})
