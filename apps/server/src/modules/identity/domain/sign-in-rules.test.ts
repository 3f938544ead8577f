import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { toE164 } from './phone.ts'
import { isIdle, absoluteEnd, isAbandoned, type SessionRules } from './session-rules.ts'
import { onlyCookies, sessionTokenOf } from './session-token.ts'
import { temporaryPassword } from './temporary-password.ts'

const rules: SessionRules = {
  staffIdleMinutes: 240,
  staffAbsoluteHours: 12,
  citizenIdleDays: 30,
  citizenAbsoluteDays: 90,
  staffAccountIdleDays: 45,
  passwordMinWithTotp: 8,
  passwordMinWithoutTotp: 14,
  signInLogMonths: 12,
  administratorLinkHours: 72,
  slipHours: 168,
  pinSessionHours: 4,
}
const at = (text: string) => new Date(text)

test('phones typed in any of the three ways are one number', () => {
  expect(['0912345678', '84912345678', '+84912345678'].map(toE164)).toEqual(
    Array.from({ length: 3 }, () => '+84912345678'),
  )
})

test('sessions end by idleness and at the latest by age, sooner for staff', () => {
  expect(isIdle('staff', at('2026-11-22T08:00Z'), at('2026-11-22T12:00Z'), rules)).toBe(false)
  expect(isIdle('staff', at('2026-11-22T08:00Z'), at('2026-11-22T12:01Z'), rules)).toBe(true)
  expect(isIdle('citizen', at('2026-11-01T08:00Z'), at('2026-11-22T08:00Z'), rules)).toBe(false)
  expect(absoluteEnd('staff', at('2026-11-22T08:00Z'), rules)).toEqual(at('2026-11-22T20:00Z'))
  expect(isAbandoned(at('2026-01-01T00:00Z'), at('2026-02-16T00:00Z'), rules)).toBe(true)
})

test('a session cookie counts only with our signature', () => {
  const signed = (secret: string) =>
    encodeURIComponent(`tok.en.${createHmac('sha256', secret).update('tok.en').digest('base64')}`)
  expect(sessionTokenOf(`a=1; s=${signed('mine')}; b=2`, 's', 'mine')).toBe('tok.en')
  for (const header of [
    `s=${signed('theirs')}`,
    's=tok.en',
    's=tok.en.',
    's=%E0%A4%A',
    's=',
    '',
    `xs=${signed('mine')}`,
  ]) {
    expect(sessionTokenOf(header, 's', 'mine')).toBeUndefined()
  }
})

test('a way of signing in sees only its own cookies', () => {
  expect(onlyCookies('a=1; ab=2; b=3', ['a'])).toBe('a=1')
})

test('temporary passwords are long, legible and never alike', () => {
  const some = Array.from({ length: 200 }, temporaryPassword)
  expect(new Set(some).size).toBe(200)
  expect(some.every((password) => /^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/.test(password))).toBe(true)
})
