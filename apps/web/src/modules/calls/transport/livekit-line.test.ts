import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LivekitLine } from './livekit-line.ts'

type Engine = ConstructorParameters<typeof LivekitLine>[0]
type Owner = ConstructorParameters<typeof LivekitLine>[1]

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('a line that was closed before it began does not begin', async () => {
  const listens = vi.spyOn(window, 'addEventListener')
  const owner = { ticket: vi.fn(), moved: () => undefined } as unknown as Owner
  const line = new LivekitLine({} as Engine, owner)
  await line.close()
  line.start(undefined)
  expect([vi.getTimerCount(), listens.mock.calls, line.state.phase]).toEqual([0, [], 'closed'])
})
