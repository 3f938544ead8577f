import { expect, test } from 'vitest'
import { basisOf, isWithinSpan, phaseOf, retainedUntil } from './recording-rules.ts'

const facts = {
  basis: 'consent',
  ended: false,
  running: false,
  consented: new Set<string>(),
  present: ['a', 'b'],
} as const

test.each([
  ['nobody answered', {}, 'asking'],
  ['one of two consented', { consented: new Set(['a']) }, 'asking'],
  ['everybody in the room consented', { consented: new Set(['a', 'b', 'gone']) }, 'allowed'],
  ['it runs', { consented: new Set(['a', 'b']), running: true }, 'running'],
  [
    'somebody came in while it ran',
    { consented: new Set(['a', 'b']), present: ['a', 'b', 'c'], running: true },
    'asking',
  ],
  ['it was ended, whatever else', { consented: new Set(['a', 'b']), ended: true, running: true }, 'ended'],
  ['a meeting was announced to', { basis: 'announced' as const }, 'allowed'],
])('%s', (_, change, phase) => {
  expect(phaseOf({ ...facts, ...change })).toBe(phase)
})

test('only a meeting is recorded by announcement', () => {
  expect(basisOf('meeting')).toBe('announced')
  for (const kind of ['appointment', 'consult', 'anything']) expect(basisOf(kind)).toBe('consent')
})

test('what was captured after the end is not taken', () => {
  const opened = new Date('2026-11-26T08:00:00Z')
  const closed = new Date('2026-11-26T08:01:00Z')
  const muchLater = new Date('2026-11-26T20:00:00Z')
  expect(isWithinSpan(60_000, opened, closed, muchLater)).toBe(true)
  expect(isWithinSpan(70_000, opened, closed, muchLater)).toBe(false)
  expect(isWithinSpan(70_000, opened, null, closed)).toBe(false)
})

test('is kept for as many years as are set', () => {
  expect(retainedUntil(new Date('2026-11-26T08:00:00Z'), 10).toISOString()).toBe('2036-11-26T08:00:00.000Z')
})
