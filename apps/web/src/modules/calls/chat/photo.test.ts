import { expect, it } from 'vitest'
import { scaledTo } from './photo.ts'

it('the longest edge fits, the shape stays, and a small picture is not blown up', () => {
  expect(scaledTo(1600, { width: 4000, height: 3000 })).toEqual({ width: 1600, height: 1200 })
  expect(scaledTo(1600, { width: 3000, height: 4000 })).toEqual({ width: 1200, height: 1600 })
  expect(scaledTo(1600, { width: 640, height: 480 })).toEqual({ width: 640, height: 480 })
  expect(scaledTo(1600, { width: 20_000, height: 3 })).toEqual({ width: 1600, height: 1 })
})
