import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import type { Message, Recording, VisitView } from '@moinha/contracts/calls'
import { beforeEach, expect, it, vi } from 'vitest'
import { refresh } from '../../../platform/api/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { acknowledge, say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, sentTo } from '../../../platform/testing/wire.ts'
import { ensureWords } from '../../../platform/i18n/index.ts'
import { CallSession } from '../call-session.ts'
import { callWords } from '../call-words.ts'
import { CallStage } from '../parts/call-stage.tsx'
import { RecordingStrip } from './recording-strip.tsx'

const visitId = ids.thing
const announced: Recording = {
  recordingId: ids.other,
  basis: 'announced',
  phase: 'running',
  askedByName: 'A Rin',
  mine: false,
  spanId: ids.facility,
  recordedBy: 'page',
  answerWanted: false,
  answers: [],
  endedAs: null,
}
const meeting = (size: number): VisitView => ({
  visitId,
  kind: 'meeting',
  openedAt: '2026-11-25T01:00:00.000Z',
  transport: 'mesh',
  finishedAt: null,
  mayFinish: false,
  self: ids.me,
  lobby: false,
  waits: false,
  floorClosed: false,
  presenter: null,
  members: Array.from({ length: size }, (_, no) => ({
    personId: `01920000-0000-7000-8000-${String(no).padStart(12, '0')}`,
    name: `Trạm ${no}`,
    role: 'site',
    mayFinish: false,
    mediaRole: 'listener',
    present: true,
    guest: false,
    handRaisedAt: null,
  })),
})

beforeEach(async () => {
  await liveSocket()
  vi.stubGlobal('AudioContext', undefined)
  const media = Object.assign(new EventTarget(), { enumerateDevices: async () => [] })
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media })
  asStaff('call.join')
  answer('calls.getVisit', meeting(3))
  answer('calls.listMessages', { items: [], next: null, now: 'mark', gone: null })
  answer('calls.issueTicket', { visitId, transport: 'mesh', iceServers: [], peerLimit: 4 })
  answer('calls.readAssist', { assist: null })
  answer('calls.readRecording', { recording: announced })
  acknowledge('call:enter', () => ({ ok: true, participants: [] }))
})

const far = { title: 'Giao ban tuần' }

it('the wall of a meeting room shows that it is recorded, and that it is so no more', async () => {
  openPart(<CallStage visitId={visitId} displayName="Trạm Y tế Pờ Y" far={far} />)
  const band = await screen.findByText('ĐANG GHI')
  expect(band.closest('[data-far]')).not.toBeNull()
  expect(screen.getByText(/mọi người đều thấy thông báo này/)).toBeVisible()
  answer('calls.readRecording', { recording: { ...announced, phase: 'ended', spanId: null, endedAs: 'stopped' } })
  say('call:recording', { visitId })
  await waitFor(() => expect(screen.queryByText('ĐANG GHI')).toBeNull())
})

it('where consent counts, the wall asks with buttons for a remote control', async () => {
  answer('calls.readRecording', {
    recording: { ...announced, basis: 'consent', phase: 'asking', spanId: null, answerWanted: true },
  })
  answer('calls.answerRecording', { recording: announced })
  const user = openPart(<CallStage visitId={visitId} displayName="Trạm Y tế Pờ Y" far={far} />)
  await user.click(await screen.findByRole('button', { name: 'Đồng ý cho ghi' }))
  expect(sentTo('calls.answerRecording').map(({ body }) => body)).toEqual([{ consent: true, textVersion: 2 }])
})

it('a room of a hundred reads what is recorded when it enters and on a change, not for each who comes and goes', async () => {
  await ensureWords(callWords)
  openPart(<RecordingStrip visit={meeting(100)} session={new CallSession(visitId)} />)
  await screen.findByText('ĐANG GHI')
  const before = sentTo('calls.readRecording').length
  for (let no = 0; no < 100; no++) say(no % 2 ? 'call:joined' : 'call:left', { visitId, participant: {} })
  say('call:recording', { visitId })
  say('call:recording', { visitId })
  expect(sentTo('calls.readRecording')).toHaveLength(before)
  await waitFor(() => expect(sentTo('calls.readRecording')).toHaveLength(before + 1), { timeout: 2500 })
})

const recorded = {
  spanId: ids.patient,
  recordedByName: 'Trần Thị Mai',
  openedAt: '2026-11-25T01:10:00.000Z',
  seconds: 725,
  bytes: 4_000_000,
  mediaType: 'video/webm',
}

it('after the call whoever led it finds what was recorded: when, how long, by whom, and plays it there', async () => {
  answer('calls.getVisit', { ...meeting(3), mayFinish: true })
  answer('calls.listRecordings', { items: [recorded] })
  const user = openPart(<CallStage visitId={visitId} enterAtOnce={{ picture: false, listenOnly: true }} />)
  await user.click(await screen.findByRole('button', { name: 'Rời cuộc gọi' }))
  const list = await screen.findByRole('list', { name: 'Bản ghi hình của buổi này' })
  expect(list).toHaveTextContent('08:10, 25/11/2026Dài 12:05 · Trần Thị Mai ghi')
  await user.click(screen.getByRole('button', { name: 'Xem bản ghi lúc 08:10, 25/11/2026' }))
  const video = screen.getByLabelText<HTMLVideoElement>('Bản ghi hình')
  expect(video.src).toMatch(new RegExp(`/api/calls/visits/${visitId}/recordings/${recorded.spanId}$`))
  fireEvent.error(video)
  expect(await screen.findByRole('alert')).toHaveTextContent('Máy này không mở được bản ghi.')
})

it('a patient who comes back after the end finds what was recorded and what was written', async () => {
  const members = [{ ...meeting(1).members[0], personId: ids.me, role: 'patient' }] as VisitView['members']
  answer('calls.getVisit', { ...meeting(0), kind: 'appointment', members, finishedAt: '2026-11-25T01:20:00.000Z' })
  answer('calls.listRecordings', { items: [recorded] })
  const written: Message = {
    id: ids.other,
    kind: 'text',
    text: 'Ngày mai chị ghé trạm',
    author: { personId: ids.facility, name: 'A Rin', role: 'doctor' },
    mine: false,
    at: '2026-11-25T01:12:00.000Z',
    seconds: null,
    doneAt: null,
  }
  answer('calls.listMessages', { items: [written], next: null, now: 'mark', gone: null })
  openPart(<CallStage visitId={visitId} />)
  expect(await screen.findByRole('list', { name: 'Bản ghi hình của buổi này' })).toBeVisible()
  expect(await screen.findByText('Ngày mai chị ghé trạm')).toBeVisible()
})

it('nothing was recorded: nothing is said; who may not see it does not ask', async () => {
  answer('calls.getVisit', { ...meeting(3), mayFinish: true })
  answer('calls.listRecordings', { items: [] })
  const entering = { picture: false, listenOnly: true }
  const user = openPart(<CallStage visitId={visitId} enterAtOnce={entering} />)
  await user.click(await screen.findByRole('button', { name: 'Rời cuộc gọi' }))
  await waitFor(() => expect(sentTo('calls.listRecordings')).toHaveLength(1))
  expect(screen.queryByText('Bản ghi hình của buổi này')).toBeNull()
  cleanup()
  answer('calls.getVisit', meeting(3))
  await refresh('calls.')
  const other = openPart(<CallStage visitId={visitId} enterAtOnce={entering} />)
  await other.click(await screen.findByRole('button', { name: 'Rời cuộc gọi' }))
  await screen.findByRole('button', { name: 'Quay lại' })
  expect(sentTo('calls.listRecordings')).toHaveLength(1)
})
