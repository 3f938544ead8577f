import { expect, it } from 'vitest'
import { sizeWithin } from './document-pages.ts'

it('a page is sent no larger than a phone can code it, in its own shape, and never made larger than it is', () => {
  expect(sizeWithin({ width: 595, height: 842 })).toEqual({ width: 595, height: 842 })
  expect(sizeWithin({ width: 1190, height: 1684 })).toEqual({ width: 1018, height: 1440 })
  expect(sizeWithin({ width: 4000, height: 3000 })).toEqual({ width: 1280, height: 960 })
})
