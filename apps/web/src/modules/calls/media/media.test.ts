import { expect, it } from 'vitest'
import { loudness } from './level-meter.ts'
import { classifyProblem } from './media-problem.ts'
import { isWeakLink } from './weak-link.ts'

it('tells what a person can do about a device', () => {
  const names = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'SecurityError', 'Other']
  expect(names.map((name) => classifyProblem({ name }))).toEqual(['denied', 'missing', 'busy', 'insecure', 'unknown'])
})

it('starts with voice on a weak link', () => {
  expect([
    isWeakLink(100, undefined),
    isWeakLink(2000, undefined),
    isWeakLink(100, { effectiveType: '3g' }),
    isWeakLink(null, { effectiveType: '4g' }),
    isWeakLink(null, { saveData: true }),
  ]).toEqual([false, true, true, false, true])
})

it('measures loudness between silence and a loud voice', () => {
  expect(loudness([0, 0, 0])).toBe(0)
  expect(loudness([1, -1, 1])).toBe(1)
  expect(loudness([0.02, -0.02])).toBeCloseTo(0.52, 1)
})
