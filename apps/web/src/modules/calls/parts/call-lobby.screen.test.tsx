import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import type { VisitView } from '@moinha/contracts/calls'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { acknowledge, said } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { CallSession } from '../call-session.ts'
import { CallLobby } from './call-lobby.tsx'
import { usePanels } from './use-panels.ts'

/** What a loudspeaker needs of the browser. */
class Plays {
  currentTime = 0
  destination = {}
  resume = async () => undefined
  close = async () => undefined
  createOscillator = () => ({
    frequency: { value: 0 },
    connect: (next: unknown) => next,
    start: () => undefined,
    stop: () => undefined,
  })
  createGain = () => ({
    gain: {
      setValueAtTime: () => undefined,
      linearRampToValueAtTime: () => undefined,
      exponentialRampToValueAtTime: () => undefined,
    },
    connect: (next: unknown) => next,
  })
}

const visit: VisitView = {
  visitId: ids.thing,
  kind: 'consult',
  openedAt: '2026-11-25T01:00:00.000Z',
  finishedAt: null,
  mayFinish: false,
  self: null,
  members: [],
  lobby: false,
  waits: false,
  floorClosed: false,
  presenter: null,
  transport: 'mesh',
}

beforeEach(async () => {
  await liveSocket()
  asStaff('call.join')
  vi.stubGlobal('AudioContext', Plays)
  acknowledge('call:probe', () => '')
})

/** The door, with what stands around it. */
function OpenLobby({ session }: { session: CallSession }) {
  const panels = usePanels({ visitId: ids.thing, visit, session, call: null })
  return <CallLobby session={session} visit={visit} name="Trần Thị Mai" panels={panels} />
}

const open = () => openPart(<OpenLobby session={new CallSession(ids.thing)} />)
const main = async (name: string) => (await screen.findByRole('button', { name })).className

it('a good link: said in words, and the picture is the main way in', async () => {
  open()
  expect(await screen.findByText('Mạng tốt: nghe và thấy rõ.')).toBeVisible()
  // what a socket beside the server measures is the processor: nobody reads out 44.138
  expect(screen.getByText(/^Gửi trên 5.000 · nhận .* kbit\/s · trễ .* ms$/)).toBeVisible()
  expect(await main('Vào có hình')).not.toBe(await main('Vào bằng giọng nói'))
  expect(said('call:probe')).toHaveLength(10)
})

it('a thin link: nothing frightening, and joining by voice becomes the main way in', async () => {
  const slow = (ms: number) => new Promise((done) => setTimeout(() => done(''), ms))
  acknowledge('call:probe', (probe) => slow((probe as { wanted: number }).wanted > 0 ? 700 : 5))
  open()
  const before = await main('Vào bằng giọng nói')
  expect(await screen.findByText(/^Mạng hơi yếu: nghe rõ/)).toBeVisible()
  await waitFor(async () => expect(await main('Vào bằng giọng nói')).not.toBe(before))
  expect(await main('Vào có hình')).toBe(before)
})

it('the loudspeaker is tried by ear: heard, or told what to do', async () => {
  const user = open()
  await user.click(await screen.findByRole('button', { name: 'Thử loa' }))
  await user.click(await screen.findByRole('button', { name: 'Không nghe thấy' }, { timeout: 4000 }))
  expect(screen.getByText(/^Hãy vặn to tiếng/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Thử loa' }))
  await user.click(await screen.findByRole('button', { name: 'Tôi nghe được' }, { timeout: 4000 }))
  expect(screen.getByText('Loa tốt.')).toBeVisible()
})
