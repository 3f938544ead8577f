import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStranger, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, sentTo } from '../../../platform/testing/wire.ts'

type Full = ReplyOf<'scheduling.getAppointment'>

const remote = (change: Partial<Full>): Full => ({
  id: ids.thing,
  state: 'in_progress',
  kind: 'remote_advice',
  programme: null,
  reason: '',
  origin: 'citizen',
  start: '2026-11-25T01:00:00.000Z',
  end: '2026-11-25T01:20:00.000Z',
  patient: { id: ids.me, fullName: 'Y Lan', birthDate: null, sex: 'female' },
  facility: { id: ids.facility, name: 'Trạm Y tế Pờ Y' },
  worker: null,
  queueNo: null,
  arrivedAt: null,
  startedAt: null,
  endedAt: null,
  encounterId: null,
  cancelledBy: null,
  cancelReason: null,
  helperName: null,
  movedFrom: null,
  may: ['join'],
  history: [],
  ...change,
})

const visit = (finishedAt: string | null): ReplyOf<'calls.getVisit'> => ({
  visitId: ids.thing,
  kind: 'appointment',
  openedAt: '2026-11-25T01:00:00.000Z',
  transport: 'livekit',
  finishedAt,
  mayFinish: false,
  self: ids.me,
  lobby: false,
  waits: false,
  floorClosed: false,
  presenter: null,
  members: [],
})

beforeEach(() => {
  const person = { id: ids.me, fullName: 'Y Lan', kind: 'citizen' as const }
  asStranger({ person, permissions: ['appointment.book'] })
})
const open = () => openScreen(`/appointments/${ids.thing}`)
const way = (name: string) => screen.queryByRole('link', { name })

it('while the call is open the way leads in', async () => {
  answer('scheduling.getAppointment', remote({}))
  answer('calls.getVisit', visit(null))
  open()
  expect(await screen.findByRole('link', { name: 'Vào buổi khám' })).toHaveAttribute('href', `/visit/${ids.thing}`)
  expect(way('Bản ghi và tin nhắn')).toBeNull()
})

it('the call is over and nothing is signed yet: to what was recorded and written, and not in', async () => {
  answer('scheduling.getAppointment', remote({}))
  answer('calls.getVisit', visit('2026-11-25T01:15:00.000Z'))
  open()
  const kept = await screen.findByRole('link', { name: 'Bản ghi và tin nhắn' })
  expect(kept).toHaveAttribute('href', `/visit/${ids.thing}`)
  expect(way('Vào buổi khám')).toBeNull()
})

it('signed: found again', async () => {
  answer('scheduling.getAppointment', remote({ state: 'done', may: [] }))
  open()
  expect(await screen.findByRole('link', { name: 'Bản ghi và tin nhắn' })).toBeVisible()
  expect(sentTo('calls.getVisit')).toEqual([])
})

it('who came in person finds no call', async () => {
  answer('scheduling.getAppointment', remote({ state: 'done', kind: 'in_person', may: [] }))
  open()
  await waitFor(() => expect(screen.getByText('Y Lan')).toBeVisible())
  expect(way('Bản ghi và tin nhắn')).toBeNull()
})
