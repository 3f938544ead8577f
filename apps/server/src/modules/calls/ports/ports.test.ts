import { expect, it } from 'vitest'
import { readIceServers } from './ice-servers.ts'

it('reads ICE_SERVERS as browsers write it and refuses nonsense', () => {
  expect(readIceServers(undefined)).toEqual([])
  expect(readIceServers('[{"urls":"turn:h:3478","username":"u","credential":"c"}]')).toEqual([
    { urls: ['turn:h:3478'], username: 'u', credential: 'c' },
  ])
  expect(() => readIceServers('stun:h')).toThrow('ICE_SERVERS')
})
