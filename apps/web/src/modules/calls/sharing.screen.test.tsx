import { expect, it, vi } from 'vitest'
import type { CallSession } from './call-session.ts'
import { RoomSigns } from './room-signs.ts'
import { sharingOf } from './sharing.ts'
import type { ExtraPictures } from './transport/extra-pictures.ts'
import type { CallSocket } from './transport/signal-channel.ts'

const visitId = 'visit'

/** One engine's further pictures: a screen is shown. */
function engine(peer: string) {
  const remove = vi.fn()
  const shown = [{ no: 1, kind: 'screen' as const, label: '', track: {} as MediaStreamTrack }]
  const extra: ExtraPictures = { peer, remove, snapshot: () => shown, subscribe: () => vi.fn(), add: vi.fn() }
  return { extra, remove }
}

function room() {
  const heard = new Map<string, (message: unknown) => void>()
  const on = (name: string, hear: (message: unknown) => void): void => void heard.set(name, hear)
  const signs = new RoomSigns(visitId, () => undefined)
  signs.listen({ on, off: () => undefined } as unknown as CallSocket)
  const presents = (peer: string): void => heard.get('call:presenting')?.({ visitId, presenter: { peer } })
  return { signs, presents }
}

it('the sharing of an engine that is used no more hears of nothing any longer', () => {
  const { signs, presents } = room()
  const [before, after] = [engine('before'), engine('after')]
  const session = { signs, transport: { extra: before.extra } }
  const of = () => sharingOf(session as unknown as CallSession, visitId)
  const first = of()
  expect(of()).toBe(first)
  session.transport.extra = after.extra
  expect(of()?.extra).toBe(after.extra)
  presents('somebody else')
  expect([before.remove.mock.calls, after.remove.mock.calls]).toEqual([[], [[1]]])
})
