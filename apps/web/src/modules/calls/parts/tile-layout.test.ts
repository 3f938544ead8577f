import { expect, it } from 'vitest'
import { tileLayout } from './tile-layout.ts'

it('stacks on a phone and spreads on a desk', () => {
  expect([1, 2, 3, 4].map((count) => tileLayout(count, 344, 520).columns)).toEqual([1, 1, 1, 2])
  expect([1, 2, 3, 4].map((count) => tileLayout(count, 1300, 560).columns)).toEqual([1, 2, 3, 2])
})
