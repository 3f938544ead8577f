import { expect, it } from 'vitest'
import { readIceServers } from './ice-servers.ts'
import { isRecentGo } from './livekit-server.ts'

it('reads ICE_SERVERS as browsers write it and refuses nonsense', () => {
  expect(readIceServers(undefined)).toEqual([])
  expect(readIceServers('[{"urls":"turn:h:3478","username":"u","credential":"c"}]')).toEqual([
    { urls: ['turn:h:3478'], username: 'u', credential: 'c' },
  ])
  expect(() => readIceServers('stun:h')).toThrow('ICE_SERVERS')
})

it('knows a Go that can build the server', () => {
  expect(['go1.26.8', 'go1.25.0', 'go1.24.9', 'go2.0', ''].map(isRecentGo)).toEqual([true, true, false, true, false])
})
