import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test('Vietnamese, whatever the browser names, until somebody chose', () => {
  expect(languageOf({})).toBe('vi')
  expect(languageOf({ 'accept-language': 'en-US,en;q=0.9' })).toBe('vi')
  expect(languageOf({ 'accept-language': 'vi-VN,vi;q=0.9', cookie: 'a=b; moinha.language=en' })).toBe('en')
  expect(languageOf({ 'accept-language': 'en', cookie: 'moinha.language=vi; a=b' })).toBe('vi')
  expect(languageOf({ cookie: 'moinha.language=fr; xmoinha.language=en' })).toBe('vi')
})
