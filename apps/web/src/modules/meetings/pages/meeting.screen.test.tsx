import type { MeetingView, MinutesView } from '@moinha/contracts/meetings'
import { screen } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { formatDate } from '../../../platform/i18n/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer } from '../../../platform/testing/wire.ts'

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()
const may = {
  edit: false,
  cancel: false,
  join: false,
  host: false,
  end: false,
  respond: true,
  minutes: false,
  attendance: true,
}
const organiser = { id: ids.facility, name: 'Bệnh viện Ngọc Hồi' }
const meeting: MeetingView = {
  id: ids.thing,
  seriesId: ids.other,
  kind: 'briefing',
  title: 'Giao ban tuần',
  status: 'planned',
  organiser,
  startsAt: inHours(48),
  endsAt: inHours(49),
  recurring: false,
  opensAt: inHours(47.75),
  held: null,
  unitsInvited: 3,
  ourAnswer: 'yes',
  minutes: 'none',
  may,
  description: '',
  agenda: [],
  rule: null,
  changedAlone: false,
  enterAs: 'speaker',
  lobby: false,
  remind: null,
  version: 1,
  hosts: [],
  invitees: { areas: [], areaTypes: [], units: [], people: [] },
  myUnits: [],
  answers: [],
  answerCounts: { yes: 1, no: 0, open: 2 },
  documents: [],
  carried: [],
  previousId: null,
  nextId: null,
  visitId: null,
  startedAt: null,
  endedAt: null,
  endedBy: null,
  cancelReason: null,
}
const ended: MeetingView = {
  ...meeting,
  status: 'ended',
  held: true,
  visitId: ids.thing,
  startsAt: inHours(-20),
  endsAt: inHours(-19),
  startedAt: inHours(-20),
  endedAt: inHours(-7),
}
const present = {
  unit: organiser,
  organiser: true,
  answer: null,
  attended: true,
  late: false,
  presentNow: false,
  joinedAt: inHours(-20),
  leftAt: inHours(-19),
  minutes: 60,
  heads: null,
  people: [],
  spans: [],
  correction: null,
}
const station = { ...present, unit: { id: ids.patient, name: 'Trạm Y tế xã Pờ Y' }, organiser: false }

beforeEach(async () => {
  await liveSocket()
  asStaff('meeting.join', 'meeting.organise')
  answer('meetings.list', { items: [], next: null })
  answer('meetings.attendance', {
    meetingId: ids.thing,
    held: true,
    counts: { invited: 2, attended: 2, late: 0, absent: 0, heads: 2 },
    units: [present, station],
    mayCorrect: false,
  })
})

it('before its day: says on which day the door opens', async () => {
  answer('meetings.get', meeting)
  openScreen(`/work/meetings/${ids.thing}`)
  const day = formatDate(meeting.opensAt)
  expect(await screen.findByText(new RegExp(`Vào họp được từ \\d\\d:\\d\\d, ${day}`))).toBeVisible()
})

it('its host may try the room ahead, and is told that nobody is counted', async () => {
  answer('meetings.get', { ...meeting, may: { ...may, join: true, host: true } })
  openScreen(`/work/meetings/${ids.thing}`)
  expect(await screen.findByRole('link', { name: 'Thử phòng' })).toBeVisible()
  expect(screen.getByText(/Chưa tính điểm danh/)).toBeVisible()
})

it('nobody came: it was not held, and asks for no answer', async () => {
  answer('meetings.get', { ...meeting, ourAnswer: null, startsAt: inHours(-5), endsAt: inHours(-4) })
  openScreen(`/work/meetings/${ids.thing}`)
  expect((await screen.findAllByText('Không họp')).length).toBeGreaterThan(0)
  expect(screen.queryByText('Đơn vị mình có dự không?')).toBeNull()
})

it('after its end its host reads what was written in the room; others do not ask for it', async () => {
  const message = {
    id: ids.other,
    kind: 'text' as const,
    author: { personId: ids.me, name: 'Pờ Y · Y Hà', role: 'participant' },
    mine: false,
    text: 'Đã gửi số liệu',
    at: inHours(-19.5),
    seconds: null,
    doneAt: null,
  }
  answer('calls.listMessages', { items: [message], next: null, now: '', gone: null })
  answer('calls.listRecordings', { items: [] })
  answer('meetings.get', { ...ended, may: { ...may, host: true } })
  openScreen(`/work/meetings/${ids.thing}`)
  expect(await screen.findByText('Đã gửi số liệu')).toBeVisible()
  expect(screen.getByText(/, kể cả đơn vị tổ chức/)).toBeVisible()
  // a screen was left on till long after
  expect(screen.getByText(/còn máy để mở/)).toBeVisible()
})

it('approved minutes print who attended as it was kept with them, not as it is corrected since', async () => {
  const minutes: MinutesView = {
    meetingId: ids.thing,
    version: 1,
    status: 'approved',
    revision: 2,
    content: { items: [], decisions: [{ id: ids.other, text: 'Tiêm vét' }], actions: [], note: '' },
    attendance: { invited: 2, attended: 1, heads: 4, present: [organiser.name], absent: [station.unit.name] },
    units: [],
    writtenBy: 'A',
    writtenAt: inHours(-6),
    approvedBy: 'A',
    approvedAt: inHours(-6),
    reason: null,
    earlier: [],
    may: { write: false, approve: false, correct: false },
  }
  answer('meetings.get', ended)
  answer('meetings.minutes', minutes)
  openScreen(`/work/meetings/${ids.thing}/minutes`)
  expect(await screen.findByText('1/2 đơn vị dự')).toBeVisible()
  expect(screen.getByText(`Vắng: ${station.unit.name}.`)).toBeVisible()
})
