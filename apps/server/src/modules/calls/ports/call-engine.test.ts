import { expect, test, vi } from 'vitest'
import type { MediaAddress, MediaServer } from '../../../platform/module.ts'
import { engineSource } from './call-engine.ts'
import { serverOf } from './livekit.ts'

const settings = { LIVEKIT: 'auto', production: false, NODE_ENV: 'test' } as const
const keys = { apiKey: 'key', apiSecret: 'a-secret-of-at-least-thirty-two-letters' }

/** A media server that is told when it is up. */
function mediaServer() {
  let address: MediaAddress | null = null
  let tell = () => {}
  const own: MediaServer = {
    state: () => ({ address, detail: address ? 'up' : 'being built' }),
    start: async () => {},
    stop: async () => {},
    onChange: (listener) => (tell = listener),
  }
  const become = (next: MediaAddress | null) => {
    address = next
    tell()
  }
  return { own, comesUp: (url: string) => become({ url, ...keys }), ends: () => become(null) }
}

test('the mesh carries calls until the media server beside is up; one that ended is waited for, and then the mesh again', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { own, comesUp, ends } = mediaServer()
  const source = engineSource(settings, own)
  const gone: string[] = []
  source.nodes.onGone((url) => void gone.push(url))
  expect(source.own).toBe(own)
  expect(source.engine()).toMatchObject({ livekit: null, state: 'none' })
  expect(source.engine().detail).toBe('peer-to-peer mesh, up to 4 people (being built)')
  comesUp('ws://127.0.0.1:7001')
  const first = source.engine().livekit
  expect(first?.url).toBe('ws://127.0.0.1:7001')
  ends()
  expect(gone).toEqual(['ws://127.0.0.1:7001'])
  expect(source.engine()).toMatchObject({ livekit: null, state: 'returning' })
  vi.advanceTimersByTime(21_000)
  expect(source.engine().state).toBe('away')
  comesUp('ws://127.0.0.1:7001')
  expect(source.engine()).toMatchObject({ livekit: first, state: 'up' })
  vi.useRealTimers()
})

test.each([
  [{ LIVEKIT: 'off' as const }, 'LIVEKIT=off'],
  [{ REDIS_URL: 'redis://127.0.0.1' }, 'several processes need one LIVEKIT_URL'],
])('%j leaves the one beside alone', (given, why) => {
  const source = engineSource({ ...settings, ...given }, mediaServer().own)
  expect(source.own).toBeUndefined()
  expect(source.engine().detail).toContain(why)
})

test('given addresses are used, and need their keys; a visit is asked about where its room is', () => {
  const LIVEKIT_URL = 'wss://one.example, wss://two.example'
  expect(() => engineSource({ ...settings, LIVEKIT_URL }, undefined)).toThrow('LIVEKIT_API_KEY')
  const given = { LIVEKIT_URL, LIVEKIT_API_KEY: keys.apiKey, LIVEKIT_API_SECRET: keys.apiSecret }
  const source = engineSource({ ...settings, ...given }, mediaServer().own)
  expect(source).toMatchObject({ own: undefined })
  const engine = source.engine()
  expect(engine.alive.map((node) => node.url)).toEqual(['wss://one.example', 'wss://two.example'])
  expect(serverOf(engine, { media_node: 'wss://two.example' })?.url).toBe('wss://two.example')
  expect(serverOf(engine, { media_node: 'wss://gone.example' })?.url).toBe('wss://one.example')
})
