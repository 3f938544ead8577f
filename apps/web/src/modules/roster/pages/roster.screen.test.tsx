import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { localDay } from '../../../platform/i18n/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { mondayOf, type Shift, type Week } from '../data.ts'

const monday = mondayOf(localDay())
const shift: Shift = {
  id: ids.thing,
  facilityId: ids.facility,
  specialty: 'noi',
  personId: ids.other,
  fullName: 'A Rin',
  role: 'on_duty',
  rank: 1,
  startsAt: `${monday}T00:00:00.000Z`,
  endsAt: `${monday}T10:00:00.000Z`,
  note: '',
  version: 3,
  presence: 'offline',
}
const week: Week = {
  facility: { id: ids.facility, name: 'Trạm Y tế Pờ Y' },
  from: monday,
  to: monday,
  mayManage: true,
  shifts: [shift],
  gaps: [],
  teams: [null, 'noi'],
  specialties: [{ code: 'noi', vi: 'Nội', en: 'Internal medicine' }],
  people: [
    { personId: ids.other, fullName: 'A Rin', title: 'Bác sĩ', specialties: ['noi'] },
    { personId: ids.me, fullName: 'Trần Thị Mai', title: 'Bác sĩ', specialties: ['noi'] },
  ],
}

beforeEach(async () => {
  await liveSocket()
  asStaff('roster.read', 'roster.manage')
  answer('roster.week', week)
  answer('roster.now', { items: [] })
  answer('roster.handovers', { items: [] })
  answer('roster.saveShift', shift)
})

async function adding() {
  const user = openScreen('/work/roster')
  await user.click(await screen.findByRole('button', { name: 'Thêm ca trực' }))
  return { user, dialog: within(await screen.findByRole('dialog')) }
}

it('says that it loads; nobody on the roster yet: every hour without cover is named', async () => {
  answer('roster.week', {
    ...week,
    shifts: [],
    gaps: [{ specialty: 'noi', startsAt: `${monday}T00:00:00+07:00`, endsAt: `${monday}T24:00:00+07:00` }],
  })
  const reading = hold('roster.week')
  openScreen('/work/roster')
  expect(await screen.findByRole('status', { name: 'Đang tải…' })).toBeVisible()
  reading.letGo()
  expect(await screen.findByText('1 khoảng chưa có người trực')).toBeVisible()
  expect(screen.getByText('thiếu 24 giờ')).toBeVisible()
})

it('a week that cannot be read again leaves the open form and what is typed in it', async () => {
  const { user, dialog } = await adding()
  await user.type(dialog.getByLabelText(/Ghi chú/), 'thay cho chị Hoa')
  refuse('roster.week', 'UNAVAILABLE', { status: 500 })
  say('roster.changed', {})
  expect(await screen.findByText('Máy chủ đang bận. Xin thử lại sau ít phút.')).toBeInTheDocument()
  expect(dialog.getByLabelText(/Ghi chú/)).toHaveValue('thay cho chị Hoa')
})

it('a week that cannot be read says so, and shows once it can', async () => {
  refuse('roster.week', 'ROSTER_NOT_YOURS', { status: 403 })
  const user = openScreen('/work/roster')
  expect(await screen.findByRole('alert')).toHaveTextContent('Lịch trực này thuộc đơn vị khác.')
  answer('roster.week', week)
  await user.click(screen.getByRole('button', { name: 'Thử lại' }))
  expect(await screen.findByRole('region', { name: 'Lịch trực theo chuyên khoa' })).toBeVisible()
})

it('nobody chosen: said at the field, nothing sent', async () => {
  const { user, dialog } = await adding()
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(dialog.getByLabelText('Người trực')).toHaveAccessibleDescription('Xin chọn người trực.')
  expect(sentTo('roster.saveShift')).toHaveLength(0)
})

it('an overlap is told and the form keeps what was chosen; changed, it goes through', async () => {
  const { user, dialog } = await adding()
  refuse('roster.saveShift', 'SHIFT_OVERLAPS')
  await user.selectOptions(dialog.getByLabelText('Người trực'), ids.other)
  await user.type(dialog.getByLabelText(/Ghi chú/), 'thay cho chị Hoa')
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('Người này đã có ca trực trùng giờ.')
  expect(dialog.getByLabelText(/Ghi chú/)).toHaveValue('thay cho chị Hoa')
  answer('roster.saveShift', shift)
  await user.selectOptions(dialog.getByLabelText('Người trực'), ids.me)
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const [first, second] = sentTo('roster.saveShift')
  expect(second?.params).toEqual(first?.params)
  expect(second?.body).toMatchObject({ personId: ids.me, note: 'thay cho chị Hoa' })
})

it('two taps save once, also while the week is read again', async () => {
  const { user, dialog } = await adding()
  await user.selectOptions(dialog.getByLabelText('Người trực'), ids.other)
  const saving = hold('roster.saveShift')
  const reading = hold('roster.week')
  await user.dblClick(dialog.getByRole('button', { name: 'Lưu' }))
  saving.letGo()
  expect(await screen.findByText('Đã lưu ca trực')).toBeVisible()
  await user.click(screen.queryByRole('button', { name: 'Lưu' }) ?? document.body)
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(sentTo('roster.saveShift')).toHaveLength(1)
  reading.letGo()
})

it('a day the calendar does not have and an hour that is none are said at their fields and not sent', async () => {
  const { user, dialog } = await adding()
  await user.selectOptions(dialog.getByLabelText('Người trực'), ids.other)
  const day = dialog.getByLabelText('Ngày')
  await user.clear(day)
  await user.type(day, '31/02/2027')
  await user.clear(dialog.getByLabelText('Từ'))
  await user.type(dialog.getByLabelText('Từ'), '7 giờ sáng')
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(day).toHaveAccessibleDescription('Lịch không có ngày này. Xin xem lại ngày và tháng.')
  expect(dialog.getByLabelText('Từ')).toHaveAccessibleDescription(/Viết giờ:phút/)
  expect(day).toHaveValue('31/02/2027')
  expect(sentTo('roster.saveShift')).toHaveLength(0)
})

it('network lost and back', async () => {
  const { user, dialog } = await adding()
  await user.selectOptions(dialog.getByLabelText('Người trực'), ids.other)
  cutNetwork()
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('Điều bạn đã nhập vẫn còn đây')
  expect(dialog.getByLabelText('Người trực')).toHaveValue(ids.other)
  mendNetwork()
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('a shift opens with the keyboard, and Escape gives the focus back', async () => {
  const user = openScreen('/work/roster')
  const chip = await screen.findByRole('button', { name: /1\. A Rin/ })
  chip.focus()
  await user.keyboard('{Enter}')
  const dialog = within(await screen.findByRole('dialog', { name: 'Sửa ca trực' }))
  expect(dialog.getByLabelText('Người trực')).toHaveValue(ids.other)
  expect(dialog.getByLabelText('Từ')).toHaveValue('07:00')
  await user.click(dialog.getByRole('button', { name: 'Đóng' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(chip).toHaveFocus()
})
