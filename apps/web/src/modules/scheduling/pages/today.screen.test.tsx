import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { localDay } from '../../../platform/i18n/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, mendNetwork, sentTo } from '../../../platform/testing/wire.ts'
import type { Appointment } from '../data.ts'

type Day = ReplyOf<'scheduling.dayList'>
const at = (time: string): string => new Date(`${localDay()}T${time}:00+07:00`).toISOString()
const appointment = (id: string, time: string, fullName: string, more: Partial<Appointment> = {}): Appointment => ({
  id: `01920000-0000-7000-8000-0000000001${id}`,
  state: 'confirmed',
  kind: 'in_person',
  programme: null,
  reason: 'ho',
  origin: 'citizen',
  start: at(time),
  end: at('23:59'),
  patient: { id: ids.patient, fullName, birthDate: '1988-03-08', sex: 'female' },
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
  may: [],
  ...more,
})
const day = (items: Appointment[], now: string, gone: string[] | null): Day => ({
  items,
  now,
  gone,
  next: null,
  date: localDay(),
  counts: { confirmed: items.length },
  waiting: 0,
})
const [lan, duc, rin] = [
  appointment('01', '07:00', 'Y Lan'),
  appointment('02', '08:00', 'A Đức'),
  appointment('03', '07:30', 'A Rin'),
]

beforeEach(async () => {
  await liveSocket()
  asStaff('appointment.attend')
})

const names = () =>
  screen
    .getAllByRole('listitem')
    .map((row) => ['Y Lan', 'A Đức', 'A Rin', 'Y Mai'].find((name) => within(row).queryByText(name)))

it('a colleague’s change comes alone and stands in its place; a lost network loses nothing of the day', async () => {
  answer('scheduling.dayList', ({ query }) => {
    const since = query.get('since')
    if (since === 'm1') return day([rin], 'm2', [])
    if (since === 'm2') return day([{ ...duc, patient: { ...duc.patient, fullName: 'Y Mai' } }], 'm3', [lan.id])
    return day([lan, duc], 'm1', null)
  })
  openScreen('/work/today')
  expect(await screen.findByText('Y Lan')).toBeVisible()
  expect(names()).toEqual(['Y Lan', 'A Đức'])

  say('appointment.changed', { appointmentId: rin.id, state: 'confirmed' })
  expect(await screen.findByText('A Rin')).toBeVisible()
  expect(names()).toEqual(['Y Lan', 'A Rin', 'A Đức'])

  cutNetwork()
  say('appointment.changed', { appointmentId: duc.id, state: 'confirmed' })
  await waitFor(() => expect(screen.getByRole('alert')).toBeVisible())
  expect(names()).toEqual(['Y Lan', 'A Rin', 'A Đức'])
  mendNetwork()
  say('connect')
  expect(await screen.findByText('Y Mai')).toBeVisible()
  expect(names()).toEqual(['A Rin', 'Y Mai'])
  expect(sentTo('scheduling.dayList').map(({ query }) => query.get('since'))).toEqual([null, 'm1', 'm2'])
})
