import { expect, test } from 'vitest'
import { isSameSeal, newCode, sealCode } from './short-code.ts'

test('a seal fits its own secret, purpose and code, and nothing else', () => {
  const seal = sealCode('secret', 'claim 1', '123456')
  expect(isSameSeal(seal, sealCode('secret', 'claim 1', '123456'))).toBe(true)
  for (const other of [
    sealCode('other', 'claim 1', '123456'),
    sealCode('secret', 'claim 2', '123456'),
    sealCode('secret', 'claim 1', '123457'),
    '',
  ])
    expect(isSameSeal(seal, other)).toBe(false)
  expect(seal).not.toContain('123456')
})

test('codes are six digits, also the small ones', () => {
  expect(Array.from({ length: 200 }, newCode).every((code) => /^\d{6}$/.test(code))).toBe(true)
})
