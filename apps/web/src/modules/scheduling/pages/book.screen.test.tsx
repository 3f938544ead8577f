import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { localDay } from '../../../platform/i18n/index.ts'
import { asCitizen, asStranger, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'

type Booked = ReplyOf<'scheduling.bookAppointment'>

const start = '2026-12-01T00:30:00.000Z'
const later = '2026-12-01T01:00:00.000Z'
const worker = {
  personId: ids.other,
  fullName: 'A Rin',
  qualification: { system: 'moinha', code: 'doctor', display: 'Bác sĩ' } as never,
  title: 'Bác sĩ',
  degree: '',
  specialties: [],
  licenceNo: '',
}
const checking = `/book?${new URLSearchParams({
  station: ids.facility,
  worker: ids.other,
  kind: 'in_person',
  start,
  step: 'check',
}).toString()}`

const booked = (id: string): Booked =>
  ({
    id,
    state: 'requested',
    kind: 'in_person',
    programme: null,
    reason: '',
    origin: 'citizen',
    start,
    end: later,
    patient: { id: ids.me, fullName: 'Y Lan', birthDate: null, sex: 'female' },
    facility: { id: ids.facility, name: 'Trạm Y tế Pờ Y' },
    worker,
    queueNo: null,
    arrivedAt: null,
    startedAt: null,
    endedAt: null,
    encounterId: null,
    cancelledBy: null,
    cancelReason: null,
    helperName: null,
    movedFrom: null,
    may: [],
  }) satisfies Booked

beforeEach(() => {
  asCitizen()
  answer('scheduling.stationSchedule', {
    facility: {
      id: ids.facility,
      name: 'Trạm Y tế Pờ Y',
      communeName: null,
      type: 'station',
      address: null,
      phone: null,
    },
    kinds: ['in_person'],
    autoConfirm: false,
    horizonDays: 30,
    workers: [{ ...worker, hours: [], kinds: ['in_person'], nextFree: null }],
  })
  answer('scheduling.bookAppointment', ({ body }) => booked(body.id))
})

const submit = () => screen.findByRole('button', { name: 'Đặt lịch này' })

it('says that it loads, then shows everything in one look', async () => {
  const station = hold('scheduling.stationSchedule')
  openScreen(checking)
  expect(await screen.findByRole('status', { name: 'Đang tải…' })).toBeVisible()
  station.letGo()
  await submit()
  expect(screen.getByText('Trạm Y tế Pờ Y', { selector: 'dd *, dd' })).toBeVisible()
  expect(screen.getByText(/^07:30/)).toBeVisible()
})

it('two taps book once, also while lists are read again behind it', async () => {
  const user = openScreen(checking)
  await submit()
  const booking = hold('scheduling.bookAppointment')
  const lists = hold('scheduling.stationSchedule')
  await user.dblClick(await submit())
  booking.letGo()
  await waitFor(() => expect(location.pathname).toMatch(/^\/appointments\//))
  expect(sentTo('scheduling.bookAppointment')).toHaveLength(1)
  lists.letGo()
})

it('a lost time: told, the others offered, what was typed kept, and the next wish is another booking', async () => {
  const user = openScreen(checking.replace('step=check', 'step=who'))
  await user.type(await screen.findByLabelText(/Vì sao cần khám/), 'Ho ba ngày')
  await user.click(screen.getByRole('button', { name: 'Xem lại' }))
  const nearest = [{ practitionerId: ids.other, workerName: 'A Rin', start: later, end: later }]
  refuse('scheduling.bookAppointment', 'SLOT_TAKEN', { params: { nearest } })
  await user.click(await submit())
  const notice = await screen.findByText('Giờ này vừa có người khác đặt trước một chút')
  expect(notice).toBeVisible()
  expect(screen.getByText('Ho ba ngày')).toBeVisible()
  answer('scheduling.bookAppointment', ({ body }) => booked(body.id))
  await user.click(screen.getByRole('button', { name: /^08:00/ }))
  await user.click(await submit())
  await waitFor(() => expect(location.pathname).toMatch(/^\/appointments\//))
  const [first, second] = sentTo('scheduling.bookAppointment').map(({ body }) => body)
  expect(second).toMatchObject({ start: later, reason: 'Ho ba ngày' })
  expect(second?.id).not.toBe(first?.id)
})

it('network lost and back: the same booking is sent again', async () => {
  const user = openScreen(checking)
  await submit()
  cutNetwork()
  await user.click(await submit())
  expect(await screen.findByRole('alert')).toHaveTextContent('Điều bạn đã nhập vẫn còn đây')
  mendNetwork()
  await user.click(await submit())
  await waitFor(() => expect(location.pathname).toMatch(/^\/appointments\//))
  expect(sentTo('scheduling.bookAppointment')).toHaveLength(1)
})

it('what was typed outlives a reload', async () => {
  const user = openScreen(checking.replace('step=check', 'step=who'))
  await user.type(await screen.findByLabelText(/Vì sao cần khám/), 'Đau bụng')
  cleanup()
  openScreen(checking.replace('step=check', 'step=who'))
  expect(await screen.findByLabelText(/Vì sao cần khám/)).toHaveValue('Đau bụng')
})

it('nothing free: said, with the way to the waiting list', async () => {
  answer('scheduling.freeSlots', { from: localDay(), until: localDay(), shapes: [], workers: [] } as never)
  openScreen(`/book?station=${ids.facility}&step=when`)
  expect(await screen.findByText('Hai tuần này không còn giờ trống')).toBeVisible()
  expect(screen.getAllByRole('button', { name: 'Vào danh sách chờ' })[0]).toBeVisible()
})

it('a remote kind the unit has not announced is not offered, and why is said', async () => {
  answer('scheduling.freeSlots', { from: localDay(), until: localDay(), shapes: [], workers: [] } as never)
  openScreen(`/book?${new URLSearchParams({ station: ids.facility, step: 'when' }).toString()}`)
  expect(await screen.findByText(/chưa công bố tư vấn từ xa, khám từ xa, nên chưa đặt được/)).toBeVisible()
  expect(screen.queryByRole('radio', { name: /Khám từ xa/ })).toBeNull()
})

it('times are chosen with the keyboard', async () => {
  const day = localDay()
  answer('scheduling.freeSlots', {
    from: day,
    until: day,
    shapes: [{ minutes: 30, kinds: ['in_person'] }],
    workers: [{ practitionerId: ids.other, days: [{ date: day, shape: 0, starts: [450, 480] }] }],
  } as never)
  const user = openScreen(`/book?station=${ids.facility}&step=when`)
  const times = await screen.findByRole('group', { name: /^Chọn giờ/ })
  within(times).getByRole('button', { name: /07:30/ }).focus()
  await user.tab()
  await user.keyboard('{Enter}')
  expect(await submit()).toBeVisible()
  expect(new URLSearchParams(location.search).get('start')).toBe(new Date(`${day}T08:00:00+07:00`).toISOString())
})

it('whoever is not signed in keeps the chosen time on the way through the door', async () => {
  asStranger()
  openScreen(checking)
  const door = await screen.findByRole('link', { name: 'Đăng nhập' })
  expect(door).toHaveAttribute('href', `/sign-in?next=${encodeURIComponent(checking)}`)
})
