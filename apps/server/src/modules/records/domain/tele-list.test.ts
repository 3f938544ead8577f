import { expect, it } from 'vitest'
import { covers, standingOf, type TeleRow } from './tele-list.ts'

const list: TeleRow[] = [
  { patterns: ['E66'], status: 'verified', enabled: false },
  { patterns: ['E10.9', 'E11.9'], status: 'verified', enabled: false },
  { patterns: ['E00-E07'], status: 'pending', enabled: false },
  { patterns: ['J45'], status: 'pending', enabled: true },
]

it('matches by prefix and by range, never across a neighbouring code', () => {
  expect(covers('E66', 'E66')).toBe(true)
  expect(covers('E66', 'E66.0')).toBe(true)
  expect(covers('E11.9', 'E11')).toBe(false)
  expect(covers('E00-E07', 'E07.9')).toBe(true)
  expect(covers('E00-E07', 'E08')).toBe(false)
  expect(covers('M17', 'M1')).toBe(false)
})

it.each([
  ['E66.0', 'listed'],
  ['J45.0', 'listed'],
  ['E05.0', 'pending'],
  ['E11', 'no'],
  ['Z99', 'no'],
])('%s is %s', (code, standing) => {
  expect(standingOf(code, list)).toBe(standing)
})

it('a range covers every code of its blocks and none outside, whatever stands behind the point', () => {
  const blocks = Array.from({ length: 100 }, (_, number) => `E${String(number).padStart(2, '0')}`)
  for (const block of blocks)
    for (const code of [block, `${block}.0`, `${block}.9`])
      expect(covers('E03-E07', code)).toBe(block >= 'E03' && block <= 'E07')
})
