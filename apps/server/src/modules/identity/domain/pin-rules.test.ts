import { expect, test } from 'vitest'
import { endOfDay, isEasyPin, mayHavePin, sealPin } from './pin-rules.ts'

test('what everybody tries first is no PIN', () => {
  const easy = ['0000', '999999', '1234', '234567', '4321', '987654']
  const fine = ['4071', '1212', '0912', '1357', '112233']
  expect([...easy, ...fine].filter(isEasyPin)).toEqual(easy)
})

test('a PIN holds until midnight in Vietnam', () => {
  expect(endOfDay(new Date('2026-11-25T16:59:00Z'))).toEqual(new Date('2026-11-25T17:00:00Z'))
  expect(endOfDay(new Date('2026-11-25T17:00:00Z'))).toEqual(new Date('2026-11-26T17:00:00Z'))
})

test('clinical work goes by PIN; managing anything, or a permission nobody here knows, does not', () => {
  expect(mayHavePin(['patient.read', 'encounter.write', 'staff.vouch', 'report.read'])).toBe(true)
  expect(mayHavePin(['patient.read', 'staff.manage'])).toBe(false)
  expect(mayHavePin(['news.publish'])).toBe(false)
  expect(mayHavePin(['patient.read', 'of.tomorrow'])).toBe(false)
})

test('the same PIN of another person or on another device is another', () => {
  const at = { secret: 's', personId: 'a', device: 'd' }
  const seals = [
    sealPin(at, '4071'),
    sealPin({ ...at, personId: 'b' }, '4071'),
    sealPin({ ...at, device: 'e' }, '4071'),
  ]
  expect(new Set(seals).size).toBe(3)
})
