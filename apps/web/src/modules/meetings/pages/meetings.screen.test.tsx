import type { MeetingLine } from '@moinha/contracts/meetings'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { localDay } from '../../../platform/i18n/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()
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
const line: MeetingLine = {
  id: ids.thing,
  seriesId: ids.other,
  kind: 'briefing',
  title: 'Giao ban tuần',
  status: 'planned',
  organiser: { id: ids.facility, name: 'Bệnh viện Ngọc Hồi' },
  startsAt: inMinutes(1),
  endsAt: inMinutes(61),
  recurring: true,
  opensAt: inMinutes(-14),
  held: null,
  unitsInvited: 3,
  ourAnswer: null,
  minutes: 'none',
  may,
}
const page = (items: MeetingLine[]) => ({ items, next: null })

const settings = {
  maxUnits: 300,
  opensMinutesBefore: 15,
  remindMinutesBefore: 15,
  remindDayBefore: true,
  textReminders: true,
  textInvitations: false,
  lateAfterMinutes: 10,
  heldMinutes: 5,
  endsAfterEmptyMinutes: 30,
  briefingsAYear: null,
  briefingsSource: '',
  version: 0,
  inherited: true,
}

beforeEach(async () => {
  await liveSocket()
  asStaff('meeting.join', 'meeting.organise')
  answer('meetings.list', page([]))
  answer('meetings.organisers', { items: [{ id: ids.facility, name: 'Bệnh viện Ngọc Hồi' }] })
  answer('meetings.invitable', {
    items: [
      { id: ids.other, name: 'Sở Y tế', type: 'province_health_department', parentName: null, units: 12 },
      { id: ids.patient, name: 'Trạm Y tế xã Pờ Y', type: 'commune_station', parentName: 'Sở Y tế', units: 1 },
    ],
  })
  answer('indicators.meetingsThisYear', { year: 2026, items: [] })
  answer('meetings.settings', settings)
  answer('meetings.preview', { unitsInvited: 1, dates: [inMinutes(1440)], complete: true })
})

it('loading, then nothing to come: said, with the way to call one', async () => {
  const reading = hold('meetings.list')
  openScreen('/work/meetings')
  expect(await screen.findByRole('status', { name: 'Đang tải…' })).toBeVisible()
  reading.letGo()
  expect(await screen.findByText('Chưa có buổi họp nào sắp tới')).toBeVisible()
})

it('a meeting whose door is open has one large way in; one that is owed an answer says so', async () => {
  answer('meetings.list', page([{ ...line, may: { ...may, join: true } }]))
  openScreen('/work/meetings')
  expect(await screen.findByRole('link', { name: 'Vào họp' })).toHaveAttribute(
    'href',
    `/work/meetings/${ids.thing}/call`,
  )
  expect(screen.getByText('Chưa trả lời')).toBeVisible()
})

it('a room that opens to its host alone is offered quietly, to try; one that nobody opened was not held', async () => {
  const early = {
    ...line,
    title: 'Chiều nay',
    startsAt: inMinutes(100),
    endsAt: inMinutes(160),
    opensAt: inMinutes(85),
  }
  const missed = { ...line, id: ids.other, title: 'Hôm kia', startsAt: inMinutes(-2900), endsAt: inMinutes(-2840) }
  answer('meetings.list', page([{ ...early, may: { ...may, join: true, host: true } }, missed]))
  openScreen('/work/meetings')
  expect(await screen.findByRole('link', { name: 'Thử phòng' })).toBeVisible()
  expect(screen.queryByRole('link', { name: 'Bắt đầu họp' })).toBeNull()
  expect(screen.getByText('Không họp')).toBeVisible()
  expect(screen.queryByText('Chưa trả lời')).toBeNull()
})

it('our own meeting, and one that is weeks away, ask for no answer', async () => {
  const own = { ...line, id: ids.other, title: 'Của ta', may: { ...may, host: true } }
  answer('meetings.list', page([own, { ...line, startsAt: inMinutes(20 * 1440), endsAt: inMinutes(20 * 1440 + 60) }]))
  openScreen('/work/meetings')
  expect(await screen.findByRole('link', { name: 'Của ta' })).toBeVisible()
  expect(screen.queryByText('Chưa trả lời')).toBeNull()
})

it('a list that cannot be read says so, and shows once it can', async () => {
  refuse('meetings.list', 'UNAVAILABLE', { status: 500 })
  const user = openScreen('/work/meetings')
  expect(await screen.findByRole('alert')).toBeVisible()
  answer('meetings.list', page([line]))
  await user.click(screen.getByRole('button', { name: 'Thử lại' }))
  expect(await screen.findByRole('link', { name: 'Giao ban tuần' })).toBeVisible()
})

async function planning() {
  const user = openScreen('/work/meetings/new')
  await user.type(await screen.findByLabelText('Tên buổi họp'), 'Giao ban tuần')
  const found = within(await screen.findByRole('list', { name: 'Đơn vị có thể mời' }))
  await user.click(found.getByRole('button', { name: 'Mời' }))
  return user
}

it('two taps plan once; the rule is the one that was said in words', async () => {
  refuse('meetings.get', 'MEETING_UNKNOWN', { status: 404 })
  answer('meetings.create', { seriesId: ids.other, meetingId: ids.thing, unitsInvited: 1 })
  const user = await planning()
  await user.selectOptions(screen.getByLabelText('Lặp lại'), 'weekly')
  expect(await screen.findByText('Sẽ mời 1 đơn vị')).toBeVisible()
  const sending = hold('meetings.create')
  await user.dblClick(screen.getByRole('button', { name: 'Lập và mời' }))
  sending.letGo()
  await waitFor(() => expect(sentTo('meetings.create')).toHaveLength(1))
  const [sent] = sentTo('meetings.create')
  expect(sent?.body).toMatchObject({ title: 'Giao ban tuần', invitees: { unitIds: [ids.patient] } })
  expect(sent?.body.rule).toMatch(/^FREQ=WEEKLY;BYDAY=(MO|TU|WE|TH|FR|SA|SU)$/)
  expect(sent?.body.day).not.toBe(localDay())
  await waitFor(() => expect(location.pathname).toBe(`/work/meetings/${ids.thing}`))
  expect(await screen.findByText('Không có trang này')).toBeVisible()
})

it('too many units: refused with the numbers, everything typed stays, and again after the network was away', async () => {
  refuse('meetings.create', 'MEETING_TOO_MANY_UNITS', { params: { units: 5000, max: 300 } })
  const user = await planning()
  await user.click(screen.getByRole('button', { name: 'Lập và mời' }))
  await waitFor(() => expect(screen.getByText(/Đang mời 5000 đơn vị; mỗi buổi họp mời nhiều nhất 300/)).toBeVisible())
  cutNetwork()
  await user.click(screen.getByRole('button', { name: 'Lập và mời' }))
  expect(await screen.findByText(/Điều bạn đã nhập vẫn còn đây/)).toBeVisible()
  expect(screen.getByLabelText('Tên buổi họp')).toHaveValue('Giao ban tuần')
  mendNetwork()
  expect(sentTo('meetings.create')).toHaveLength(1)
})

it('the first unit that is chosen is never refused as nobody: the plan is asked about as it stands', async () => {
  await planning()
  expect(await screen.findByText('Sẽ mời 1 đơn vị')).toBeVisible()
  const asked = sentTo('meetings.preview').map(({ body }) => body.invitees.unitIds)
  expect(asked).not.toHaveLength(0)
  expect(asked).not.toContainEqual([])
})

it('says how often we met this year beside what the plan asks for, by which document', async () => {
  const none = { briefing: 0, professional: 0, training: 0 }
  const plan = { briefings: 12, source: 'Kế hoạch Hoài Nhơn 2023' }
  const unit = { id: ids.facility, name: 'Bệnh viện Ngọc Hồi' }
  answer('indicators.meetingsThisYear', {
    year: 2026,
    items: [{ unit, held: { ...none, briefing: 3 }, attended: none, plan }],
  })
  openScreen('/work/meetings')
  expect(await screen.findByText('Đã họp 3 buổi giao ban từ đầu năm (kế hoạch: 12).')).toBeVisible()
  expect(screen.getByText('Kế hoạch Hoài Nhơn 2023')).toBeVisible()
})

it('a person is found by name and invited, and the meeting is reminded of two hours before', async () => {
  refuse('meetings.get', 'MEETING_UNKNOWN', { status: 404 })
  answer('meetings.create', { seriesId: ids.other, meetingId: ids.thing, unitsInvited: 1 })
  answer('meetings.invitablePeople', {
    items: [{ id: ids.me, name: 'Trần Văn Nam', title: 'Bác sĩ', unitName: 'Bệnh viện tỉnh' }],
  })
  const user = await planning()
  await user.type(screen.getByLabelText('Mời thêm từng người'), 'tran van')
  const found = within(await screen.findByRole('list', { name: 'Người có thể mời' }))
  await user.click(found.getByRole('button', { name: 'Mời' }))
  expect(screen.getByRole('button', { name: 'Bỏ Trần Văn Nam' })).toBeVisible()
  await user.selectOptions(await screen.findByLabelText('Nhắc lại trước giờ họp'), '120')
  await user.click(screen.getByRole('button', { name: 'Lập và mời' }))
  await waitFor(() => expect(sentTo('meetings.create')).toHaveLength(1))
  expect(sentTo('meetings.create')[0]?.body).toMatchObject({
    invitees: { unitIds: [ids.patient], personIds: [ids.me] },
    remind: { dayBefore: true, minutesBefore: 120 },
  })
})
