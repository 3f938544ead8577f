import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'

const line: ReplyOf<'programmes.due'>['items'][number] = {
  id: ids.thing,
  patientId: ids.patient,
  fullName: 'Y Lan',
  sex: 'female',
  birthDate: '1990-01-01',
  phone: '+84912345678',
  programme: 'antenatal',
  names: { vi: 'Theo dõi thai kỳ', en: 'Antenatal care' },
  booking: 'antenatal',
  nextOn: '2026-01-05',
  nextNames: { vi: 'Khám thai tuần 20', en: 'Week 20' },
  bookedAt: null,
  lastCall: null,
}
const counts = { late: 1, soon: 0, later: 0 }

it('shows who is late with phone and booking, and keeps what a call brought, also after a refusal', async () => {
  asStaff('encounter.write', 'appointment.desk')
  const silent = { ...line, id: ids.other, fullName: 'Y Mai', phone: null, bookedAt: '2026-01-06T01:00:00.000Z' }
  answer('programmes.due', { items: [line, silent], next: null, counts })
  refuse('programmes.noteCall', 'TOO_BUSY')
  const user = openScreen('/work/follow-up')
  const row = await screen.findByText('Y Lan')
  expect(row.getAttribute('href')).toBe(`/work/patients/${ids.patient}`)
  expect(screen.getAllByText(/05\/01\/2026, trễ/)).toHaveLength(2)
  const booking = screen.getByRole('link', { name: 'Đặt lịch' })
  expect(booking.getAttribute('href')).toContain(`book=${ids.patient}&programme=antenatal`)
  expect(screen.getByRole('link', { name: '0912345678' }).getAttribute('href')).toBe('tel:0912345678')
  await user.click(screen.getByRole('button', { name: 'Ghi cuộc gọi' }))
  const dialog = await screen.findByRole('dialog')
  const save = within(dialog).getByRole('button', { name: 'Lưu' })
  expect((save as HTMLButtonElement).disabled).toBe(true)
  await user.click(within(dialog).getByRole('radio', { name: 'Không nghe máy' }))
  await user.click(save)
  expect(await within(dialog).findByRole('alert')).toBeTruthy()
  expect((within(dialog).getByRole('radio', { name: 'Không nghe máy' }) as HTMLInputElement).checked).toBe(true)
  answer('programmes.noteCall', { done: true })
  await user.click(save)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const sent = sentTo('programmes.noteCall')
  expect(sent.map(({ body }) => (body as { result: string }).result)).toEqual(['no_answer', 'no_answer'])
  expect(new Set(sent.map(({ body }) => (body as { id: string }).id)).size).toBe(1)
})

it('says what to do where nobody is followed', async () => {
  asStaff('encounter.write')
  answer('programmes.due', { items: [], next: null, counts: { late: 0, soon: 0, later: 0 } })
  openScreen('/work/follow-up?which=later')
  expect(await screen.findByText(/Chưa có ai được theo dõi/)).toBeTruthy()
})
