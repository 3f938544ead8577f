import { expect, test } from 'vitest'
import { cleanLine } from './typed-text.ts'

test('white space of every kind and length is one plain space in a line', () => {
  expect(cleanLine('  Lê \u00a0 Thị\t \tKhoảng\u3000 ')).toBe('Lê Thị Khoảng')
  expect(cleanLine('a\r\n\r\nb')).toBe('a b')
})
