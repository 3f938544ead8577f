import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { refuse, sentTo } from '../../../platform/testing/wire.ts'

beforeEach(async () => {
  await liveSocket()
  asStaff('meeting.join')
  refuse('meetings.get', 'MEETING_UNKNOWN', { status: 404 })
})

it('a room that will not be let in says why, and may be tried again by hand', async () => {
  refuse('meetings.join', 'MEETING_UNKNOWN', { status: 404 })
  const user = openScreen(`/work/meetings/${ids.thing}/room`)
  expect(await screen.findByText('Không có buổi họp này, hoặc đơn vị bạn không được mời.')).toBeVisible()
  expect(sentTo('meetings.join')).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Thử lại' }))
  await waitFor(() => expect(sentTo('meetings.join')).toHaveLength(2))
})
