import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'

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

beforeEach(() => {
  asStaff('meeting.join', 'meeting.organise')
  answer('meetings.organisers', { items: [{ id: ids.facility, name: 'Bệnh viện Ngọc Hồi' }] })
  answer('meetings.settings', settings)
})

it('keeps the plan of the year with its document; texts of invitations are off until somebody pays for them', async () => {
  answer('meetings.saveSettings', ({ body }) => ({ ...body, version: 1, inherited: false }) as typeof settings)
  const user = openScreen('/work/meetings/settings')
  await user.type(await screen.findByLabelText(/Số buổi giao ban phải họp trong năm/), '12')
  await user.type(screen.getByLabelText(/Theo văn bản nào/), 'KH 01/KH-TTYT')
  expect(screen.getByLabelText(/Mời cả bằng tin nhắn/)).not.toBeChecked()
  await user.click(screen.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(sentTo('meetings.saveSettings')).toHaveLength(1))
  expect(sentTo('meetings.saveSettings')[0]?.body).toMatchObject({
    briefingsAYear: 12,
    briefingsSource: 'KH 01/KH-TTYT',
    textInvitations: false,
    version: 0,
  })
})

it('refused: said, and what was typed stays', async () => {
  refuse('meetings.saveSettings', 'CHANGED_MEANWHILE')
  const user = openScreen('/work/meetings/settings')
  await user.type(await screen.findByLabelText(/Theo văn bản nào/), 'KH 01')
  await user.click(screen.getByRole('button', { name: 'Lưu' }))
  expect(await screen.findByRole('alert')).toBeVisible()
  expect(screen.getByLabelText(/Theo văn bản nào/)).toHaveValue('KH 01')
})
