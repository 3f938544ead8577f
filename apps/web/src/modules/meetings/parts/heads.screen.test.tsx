import { screen } from '@testing-library/react'
import { beforeAll, expect, it, vi } from 'vitest'
import { ensureWords } from '../../../platform/i18n/index.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { Heads } from './heads.tsx'

beforeAll(() => ensureWords({ vi: () => import('../words/vi.json'), en: () => import('../words/en.json') }))

it('counted by buttons alone, never below one, kept once and corrected later', async () => {
  asStaff('meeting.join')
  answer('meetings.setHeads', ({ body }) => body)
  const kept = vi.fn()
  const user = openPart(<Heads meetingId={ids.thing} unitId={ids.facility} known={null} onKept={kept} />)
  await user.click(screen.getByRole('button', { name: 'Bớt một người' }))
  await user.click(screen.getByRole('button', { name: 'Thêm một người' }))
  await user.click(screen.getByRole('button', { name: 'Thêm một người' }))
  await user.click(screen.getByRole('button', { name: 'Lưu số người' }))
  expect(sentTo('meetings.setHeads')[0]?.body).toEqual({ facilityId: ids.facility, heads: 3 })
  expect(kept).toHaveBeenCalledOnce()
  await user.click(await screen.findByRole('button', { name: '3 người' }))
  expect(screen.getByRole('button', { name: 'Thêm một người' })).toBeVisible()
})

it('refused: said, and the number stays', async () => {
  asStaff('meeting.join')
  refuse('meetings.setHeads', 'MEETING_ENDED')
  const user = openPart(<Heads meetingId={ids.thing} unitId={ids.facility} known={4} />)
  await user.click(screen.getByRole('button', { name: '4 người' }))
  await user.click(screen.getByRole('button', { name: 'Thêm một người' }))
  await user.click(screen.getByRole('button', { name: 'Lưu số người' }))
  expect(await screen.findByText('Buổi họp đã kết thúc.')).toBeVisible()
  expect(screen.getByText('5 người')).toBeVisible()
})
