import { act, screen } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { openAsGuest, queryClient } from '../../../platform/api/index.ts'
import { ConnectionStrip } from '../../../platform/layout/strips.tsx'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStranger, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse } from '../../../platform/testing/wire.ts'
import GuestPage from './guest-page.tsx'

const visitId = ids.thing
const guest = { guestId: ids.other, visitId, name: 'Y Mai', kind: 'interpreter' as const, invitedBy: 'Trần Thị Mai' }

beforeEach(async () => {
  openAsGuest()
  asStranger()
  await liveSocket()
  answer('calls.guestSelf', { guest })
  refuse('calls.getVisit', 'VISIT_UNKNOWN')
})

it('shown out: the page says so and goes on saying so, and sends nobody to a sign-in', async () => {
  openPart(
    <>
      <ConnectionStrip />
      <GuestPage />
    </>,
  )
  await screen.findByRole('region', { name: 'Cuộc gọi' })
  // the session ends with the membership, and everything is asked for anew
  answer('calls.guestSelf', { guest: null })
  await act(async () => {
    say('call:removed', { visitId })
    say('live:closed', { code: 'SIGN_IN_REQUIRED' })
    await queryClient.invalidateQueries()
  })
  expect(await screen.findByText('Bạn đã ra khỏi cuộc gọi')).toBeVisible()
  await act(() => new Promise((done) => setTimeout(done, 2_200)))
  expect(screen.getByText('Bạn đã ra khỏi cuộc gọi')).toBeVisible()
  expect(screen.queryByRole('link', { name: 'Đăng nhập lại' })).toBeNull()
})

it('the last page sends a guest to no record, which they could not open', async () => {
  answer('calls.getVisit', {
    visitId,
    kind: 'appointment',
    openedAt: '2026-11-25T01:00:00.000Z',
    transport: 'livekit',
    finishedAt: '2026-11-25T02:00:00.000Z',
    mayFinish: false,
    self: ids.other,
    lobby: false,
    waits: false,
    floorClosed: false,
    presenter: null,
    members: [],
  })
  openPart(<GuestPage />)
  expect(await screen.findByText(/Cảm ơn bạn đã tham gia/)).toBeVisible()
  expect(screen.queryByText(/hồ sơ/)).toBeNull()
})
