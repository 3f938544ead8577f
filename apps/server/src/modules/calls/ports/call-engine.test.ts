import { expect, test } from 'vitest'
import type { MediaAddress, MediaServer } from '../../../platform/module.ts'
import { engineSource } from './call-engine.ts'

const settings = { LIVEKIT: 'auto', production: false, NODE_ENV: 'test' } as const
const keys = { apiKey: 'key', apiSecret: 'a-secret-of-at-least-thirty-two-letters' }

/** A media server that is told when it is up. */
function mediaServer() {
  let address: MediaAddress | null = null
  const own: MediaServer = {
    state: () => ({ address, detail: address ? 'up' : 'being built' }),
    start: async () => {},
    stop: async () => {},
  }
  return { own, comesUp: (url: string) => (address = { url, ...keys }), ends: () => (address = null) }
}

test('the mesh carries calls until the media server beside is up, and again when it ended', () => {
  const { own, comesUp, ends } = mediaServer()
  const source = engineSource(settings, own)
  expect(source.own).toBe(own)
  expect(source.engine()).toEqual({ livekit: null, detail: 'peer-to-peer mesh, up to 4 people (being built)' })
  comesUp('ws://127.0.0.1:7001')
  const first = source.engine().livekit
  expect(first?.url).toBe('ws://127.0.0.1:7001')
  expect(source.engine().livekit).toBe(first)
  ends()
  expect(source.engine().livekit).toBeNull()
  comesUp('ws://127.0.0.1:7002')
  expect(source.engine().livekit?.url).toBe('ws://127.0.0.1:7002')
})

test.each([
  [{ LIVEKIT: 'off' as const }, 'LIVEKIT=off'],
  [{ REDIS_URL: 'redis://127.0.0.1' }, 'several processes need one LIVEKIT_URL'],
])('%j leaves the one beside alone', (given, why) => {
  const source = engineSource({ ...settings, ...given }, mediaServer().own)
  expect(source.own).toBeUndefined()
  expect(source.engine().detail).toContain(why)
})

test('a given address is used, and needs its keys', () => {
  const LIVEKIT_URL = 'wss://video.example'
  expect(() => engineSource({ ...settings, LIVEKIT_URL }, undefined)).toThrow('LIVEKIT_API_KEY')
  const given = { LIVEKIT_URL, LIVEKIT_API_KEY: keys.apiKey, LIVEKIT_API_SECRET: keys.apiSecret }
  const source = engineSource({ ...settings, ...given }, mediaServer().own)
  expect(source).toMatchObject({ own: undefined })
  expect(source.engine().livekit?.url).toBe(LIVEKIT_URL)
})
