import { expect, it } from 'vitest'
import { barOf } from './presence-bar.ts'

const held = { startsAt: '2026-11-23T01:00:00Z', endsAt: '2026-11-23T02:00:00Z', endedAt: '2026-11-23T02:00:00Z' }

it('shows when a unit was there, also twice, also to the end', () => {
  const spans = [
    { from: '2026-11-23T01:00:00Z', to: '2026-11-23T01:15:00Z' },
    { from: '2026-11-23T01:30:00Z', to: null },
  ]
  expect(barOf(spans, held)).toEqual([
    { start: 0, size: 25 },
    { start: 50, size: 50 },
  ])
})

it('who came before the hour begins the bar; a minute can still be seen; who never came has none', () => {
  const early = [{ from: '2026-11-23T00:50:00Z', to: '2026-11-23T00:50:10Z' }]
  expect(barOf(early, held)).toEqual([{ start: 0, size: 1 }])
  expect(barOf([], held)).toEqual([])
})
