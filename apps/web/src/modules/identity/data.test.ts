import { expect, it, vi } from 'vitest'

vi.mock('virtual:routes', () => ({ default: {} }))
const { safeNext } = await import('./data.ts')

it('after signing in goes only to pages of this site', () => {
  expect(['/appointments?id=1', '/work/queue'].map(safeNext)).toEqual(['/appointments?id=1', '/work/queue'])
  expect(
    ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null].map(safeNext),
  ).toEqual([null, null, null, null, null, null])
})
