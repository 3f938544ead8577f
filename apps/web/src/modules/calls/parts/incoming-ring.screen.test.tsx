import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Ring } from '@moinha/contracts/calls'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { IncomingRing } from './incoming-ring.tsx'

const ring: Ring = {
  ringId: ids.thing,
  visitId: ids.other,
  kind: 'consult',
  fromName: 'A Rin',
  fromRole: 'doctor',
  rungAt: new Date().toISOString(),
  until: new Date(Date.now() + 60_000).toISOString(),
}

/** A browser that holds the sound back until a tap, as all do on a fresh page. */
class SilentUntilTapped {
  state = 'suspended'
  resume = () => new Promise(() => undefined)
  close = () => Promise.resolve()
}

beforeEach(async () => {
  vi.stubGlobal('AudioContext', SilentUntilTapped)
  await liveSocket()
  asStaff('call.join')
  answer('calls.myRings', { rings: [ring] })
  answer('calls.answerRing', ({ body, params }) => ({ visitId: params['visitId'] ?? '', answer: body.answer }))
})

const accept = () => screen.findByRole('button', { name: 'Nghe' })

it('nothing rings: nothing is there; a ring is heard of at once and stops by itself', async () => {
  answer('calls.myRings', { rings: [] })
  openPart(<IncomingRing />)
  await waitFor(() => expect(sentTo('calls.myRings')).toHaveLength(1))
  expect(screen.queryByRole('button')).toBeNull()
  answer('calls.myRings', { rings: [ring] })
  say('call:ring', {})
  await accept()
  expect(screen.getByRole('alert')).toHaveTextContent('A Rin đang gọi bạn')
  answer('calls.myRings', { rings: [] })
  say('call:ring-over', {})
  await waitFor(() => expect(screen.queryByRole('button')).toBeNull())
})

it('where the browser wants a tap before any sound, the tap is offered', async () => {
  openPart(<IncomingRing />)
  expect(await screen.findByRole('button', { name: 'Bật chuông' })).toBeVisible()
})

it('answered twice in haste it is answered once, and the room opens', async () => {
  const user = openPart(<IncomingRing />)
  const answering = hold('calls.answerRing')
  await user.dblClick(await accept())
  expect(await accept()).toHaveAttribute('aria-busy', 'true')
  answer('calls.myRings', { rings: [] })
  answering.letGo()
  await waitFor(() => expect(location.pathname).toBe(`/work/visit/${ids.other}`))
  expect(sentTo('calls.answerRing')).toHaveLength(1)
})

it('a declined ring is not declined again while it goes', async () => {
  const user = openPart(<IncomingRing />)
  const decline = await screen.findByRole('button', { name: 'Từ chối' })
  const reading = hold('calls.myRings')
  await user.click(decline)
  await waitFor(() => expect(sentTo('calls.myRings').length).toBeGreaterThan(1))
  await user.click(decline)
  answer('calls.myRings', { rings: [] })
  reading.letGo()
  expect(sentTo('calls.answerRing')).toHaveLength(1)
})

it('too late, and a lost network, are told where one looks; the buttons stay', async () => {
  const user = openPart(<IncomingRing />)
  refuse('calls.answerRing', 'RING_OVER')
  await user.click(await accept())
  expect(await screen.findByText(/Cuộc gọi này đã dừng đổ chuông/)).toBeVisible()
  cutNetwork()
  await user.click(await accept())
  expect(await screen.findByText(/mất mạng/)).toBeVisible()
  mendNetwork()
  answer('calls.answerRing', { visitId: ids.other, answer: 'accept' })
  await user.click(await accept())
  await waitFor(() => expect(location.pathname).toBe(`/work/visit/${ids.other}`))
})

it('is answered with the keyboard', async () => {
  const user = openPart(<IncomingRing />)
  await accept()
  await user.tab()
  while (document.activeElement !== (await accept())) await user.tab()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(sentTo('calls.answerRing')[0]?.body).toEqual({ ringId: ids.thing, answer: 'accept' }))
})
