import { expect, it } from 'vitest'
import { stageLimits } from './stage-limits.ts'

const strong = { hardwareConcurrency: 8, deviceMemory: 8 }
const weak = { hardwareConcurrency: 2, deviceMemory: 2 }
const desk = { width: 1300 }
const phone = { width: 340 }

it('a weak device decodes fewer pictures, on a phone two', () => {
  expect(stageLimits(desk, 11, { device: strong }).pictures).toBe(8)
  expect(stageLimits(desk, 11, { device: weak }).pictures).toBe(4)
  expect(stageLimits(phone, 11, { device: strong }).pictures).toBe(5)
  expect(stageLimits(phone, 11, { device: weak }).pictures).toBe(2)
})

it('a weak link takes fewer pictures, and everybody keeps a tile', () => {
  const on = (receiving: 'full' | 'small' | 'still' | 'off') => stageLimits(desk, 11, { receiving, device: strong })
  expect([on('full'), on('small'), on('still'), on('off')].map(({ pictures }) => pictures)).toEqual([8, 3, 1, 1])
  expect(on('still').tiles).toBe(on('full').tiles)
})

it('on a weak link a weak phone does not take more than it can decode', () => {
  expect(stageLimits(phone, 3, { receiving: 'small', device: weak }).pictures).toBe(2)
})
