import { expect, it } from 'vitest'
import type { Network } from '../data.ts'
import { layOut, linesOf, routeThrough } from './network-layout.ts'

const node = (id: string, type: string) => ({ id, name: `Tên ${id}`, shortName: `TYT ${id}`, type, pending: false })
const link = (fromId: string, toId: string, change: object = {}) => ({
  id: `${fromId}${toId}`,
  fromId,
  toId,
  specialty: null,
  phase: 'pilot',
  rank: 1,
  role: 'consult_hospital' as const,
  pending: false,
  ...change,
})
const network: Network = {
  on: '2024-06-01',
  changes: [],
  phases: [],
  nodes: [
    node('s1', 'commune_station'),
    node('s2', 'commune_station'),
    node('c', 'health_centre'),
    node('h', 'provincial_hospital'),
  ],
  links: [
    link('s1', 'c', { role: 'upper_level' }),
    link('s1', 'h'),
    link('s1', 'h', { id: 'x', specialty: 'cardiology' }),
    link('s2', 'h', { role: 'fallback' }),
    link('c', 'h'),
  ],
}

it('puts stations left, centres in the middle, hospitals right, inside the width', () => {
  for (const width of [328, 1000]) {
    const { spots, wires } = layOut(network, width)
    const x = (id: string) => spots.find((spot) => spot.id === id)?.x ?? 0
    expect(x('s1')).toBeLessThan(x('c'))
    expect(x('c')).toBeLessThan(x('h'))
    expect(spots.every((spot) => spot.x > 0 && spot.x < width)).toBe(true)
    expect(wires.map((wire) => [wire.key, wire.look, wire.links.length])).toEqual([
      ['s1 c', 'pilot', 1],
      ['s1 h', 'pilot', 2],
      ['s2 h', 'fallback', 1],
      ['c h', 'pilot', 1],
    ])
  }
})

it('follows a way on to the end, and back one step', () => {
  const { wires } = layOut(network, 1000)
  expect([...routeThrough(wires, 's1').spots].sort()).toEqual(['c', 'h', 's1'])
  expect([...routeThrough(wires, 'h').spots].sort()).toEqual(['c', 'h', 's1', 's2'])
  expect(routeThrough(wires, 's2').wires).toEqual(new Set(['s2 h']))
})

it('breaks long names in two', () => {
  expect(linesOf('TTYT KV Đăk Glei', 11)).toEqual(['TTYT KV Đăk', 'Glei'])
  expect(linesOf('CDC', 11)).toEqual(['CDC'])
})
