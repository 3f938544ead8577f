import type { Participant } from '@moinha/contracts/calls'
import { describe, expect, it } from 'vitest'
import { MESH_PEER_LIMIT, placeFor, transportFor } from './room-capacity.ts'

const participant = (n: number, over: Partial<Participant> = {}): Participant => ({
  socketId: `s${n}`,
  peer: `peer${n}`,
  device: `device${n}`,
  personId: `person${n}`,
  name: `Người ${n}`,
  role: 'member',
  transport: 'mesh',
  ...over,
})
const four = [participant(1), participant(2), participant(3), participant(4)]

describe('placeFor', () => {
  it('admits up to four and refuses the fifth', () => {
    expect(placeFor(four.slice(0, 3), participant(4), MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [] })
    expect(placeFor(four, participant(5), MESH_PEER_LIMIT)).toEqual({ ok: false, clear: [] })
  })

  it('lets a reloaded tab take its own place in a full room', () => {
    const back = participant(9, { device: 'device2', personId: 'person2' })
    expect(placeFor(four, back, MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [four[1]] })
  })

  it('lets a person change devices in a full room', () => {
    expect(placeFor(four, participant(9, { personId: 'person3' }), MESH_PEER_LIMIT)).toEqual({
      ok: true,
      clear: [four[2]],
    })
  })

  it('clears nobody else’s page, whatever a newcomer calls itself', () => {
    const claimed = participant(9, { device: 'device2', peer: 'peer3' })
    expect(placeFor(four.slice(0, 3), claimed, MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [] })
  })

  it('entering twice from one socket changes nothing', () => {
    expect(placeFor(four, participant(1), MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [] })
  })
})

it('keeps one engine per room; a small one does not wait for a media server for ever', () => {
  const livekit = participant(1, { transport: 'livekit' })
  expect(transportFor([], 'up')).toBe('livekit')
  expect(transportFor([participant(1)], 'up')).toBe('mesh')
  for (const media of ['up', 'returning'] as const) expect(transportFor([livekit], media)).toBe('livekit')
  for (const media of ['away', 'none'] as const) expect(transportFor([livekit], media)).toBe('mesh')
  const five = [1, 2, 3, 4, 5].map((n) => participant(n, { transport: 'livekit' }))
  expect(transportFor(five, 'away')).toBe('livekit')
})
