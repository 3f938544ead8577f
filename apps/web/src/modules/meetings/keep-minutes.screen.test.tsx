import type { MinutesContent } from '@moinha/contracts/meetings'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { ensureWords } from '../../platform/i18n/index.ts'
import { asStaff, ids, openPart } from '../../platform/testing/screen.tsx'
import { answer, cutNetwork, mendNetwork, refuse, sentTo } from '../../platform/testing/wire.ts'
import type { MinutesView } from './data.ts'
import { useMinutesWriting } from './keep-minutes.ts'

const content: MinutesContent = { items: [], decisions: [], actions: [], note: '' }
const minutes: MinutesView = {
  meetingId: ids.thing,
  version: 0,
  status: 'none',
  revision: 0,
  content,
  attendance: null,
  units: [],
  writtenBy: null,
  writtenAt: null,
  approvedBy: null,
  approvedAt: null,
  reason: null,
  earlier: [],
  may: { write: true, approve: false, correct: false },
}

function Writing() {
  const writing = useMinutesWriting(minutes)
  return (
    <>
      <input
        aria-label="Ghi chép khác"
        value={writing.content.note}
        onChange={(event) => writing.change({ note: event.target.value })}
      />
      <p>{writing.dirty ? (writing.refused ? 'refused' : 'waits') : 'kept'}</p>
    </>
  )
}

beforeAll(() => ensureWords({ vi: () => import('./words/vi.json'), en: () => import('./words/en.json') }))
beforeEach(() => {
  asStaff('meeting.join')
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const type = (note: string): void =>
  void fireEvent.change(screen.getByLabelText('Ghi chép khác'), { target: { value: note } })
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await act(() => vi.advanceTimersByTimeAsync(1000))
}

it('a refused draft is sent once, and again only when somebody changes it', async () => {
  refuse('meetings.saveMinutes', 'MEETING_MINUTES_LOCKED')
  openPart(<Writing />)
  type('Tiêm chủng')
  await pass(60)
  expect(sentTo('meetings.saveMinutes')).toHaveLength(1)
  expect(screen.getByText('refused')).toBeVisible()
  answer('meetings.saveMinutes', { revision: 1 })
  type('Tiêm chủng mở rộng')
  await pass(2)
  expect(sentTo('meetings.saveMinutes')).toHaveLength(2)
  expect(screen.getByText('kept')).toBeVisible()
})

it('without a network it waits longer each time, and is kept when it comes back', async () => {
  refuse('meetings.saveMinutes', 'UNAVAILABLE', { status: 500 })
  openPart(<Writing />)
  type('Tiêm chủng')
  await pass(60)
  expect(sentTo('meetings.saveMinutes').length).toBeGreaterThan(2)
  expect(sentTo('meetings.saveMinutes').length).toBeLessThan(7)
  cutNetwork()
  await pass(60)
  expect(screen.getByText('waits')).toBeVisible()
  answer('meetings.saveMinutes', { revision: 1 })
  mendNetwork()
  await pass(65)
  expect(screen.getByText('kept')).toBeVisible()
})
