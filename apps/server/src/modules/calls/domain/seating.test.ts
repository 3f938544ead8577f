import type { Seat } from '@moinha/contracts/calls'
import { describe, expect, it } from 'vitest'
import { MESH_PEER_LIMIT, placeFor, transportFor } from './seating.ts'

const seat = (n: number, over: Partial<Seat> = {}): Seat => ({
  socketId: `s${n}`,
  peer: `peer${n}`,
  device: `device${n}`,
  personId: `person${n}`,
  name: `Người ${n}`,
  role: 'member',
  transport: 'mesh',
  ...over,
})
const four = [seat(1), seat(2), seat(3), seat(4)]

describe('placeFor', () => {
  it('seats up to four and refuses the fifth', () => {
    expect(placeFor(four.slice(0, 3), seat(4), MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [] })
    expect(placeFor(four, seat(5), MESH_PEER_LIMIT)).toEqual({ ok: false, clear: [] })
  })

  it('lets a reloaded tab take its own chair in a full room', () => {
    const back = seat(9, { device: 'device2', personId: 'person2' })
    expect(placeFor(four, back, MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [four[1]] })
  })

  it('lets a person change devices in a full room', () => {
    expect(placeFor(four, seat(9, { personId: 'person3' }), MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [four[2]] })
  })

  it('entering twice from one socket changes nothing', () => {
    expect(placeFor(four, seat(1), MESH_PEER_LIMIT)).toEqual({ ok: true, clear: [] })
  })
})

it('keeps one engine per room', () => {
  const livekit = seat(1, { transport: 'livekit' })
  expect([transportFor([], true), transportFor([], false)]).toEqual(['livekit', 'mesh'])
  expect([transportFor([seat(1)], true), transportFor([livekit], true), transportFor([livekit], false)]).toEqual([
    'mesh',
    'livekit',
    'mesh',
  ])
})
