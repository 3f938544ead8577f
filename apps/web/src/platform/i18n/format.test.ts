import { expect, it } from 'vitest'
import { format } from './format.ts'

it('fills names and leaves unknown ones visible', () => {
  expect(format('vi', 'Chào {name}, {what}', { name: 'Y Lan' })).toBe('Chào Y Lan, {what}')
})

it('chooses the plural of each language', () => {
  const message = '{count, plural, =0 {none} one {# visit} other {# visits}} today'
  expect([0, 1, 5].map((count) => format('en', message, { count }))).toEqual([
    'none today',
    '1 visit today',
    '5 visits today',
  ])
  expect(format('vi', 'còn {count, plural, other {# phút}}', { count: 1 })).toBe('còn 1 phút')
})

it('fills names inside a plural branch', () => {
  expect(
    format('en', '{count, plural, one {{name} waits} other {{name} and # others wait}}', { count: 3, name: 'Lan' }),
  ).toBe('Lan and 3 others wait')
})

it('knows the plurals that Unicode knows', () => {
  for (const language of ['en', 'vi'] as const) {
    const rules = new Intl.PluralRules(language)
    for (const count of [0, 1, 2, 3, 11, 21, 101, 1_000_000, 0.5, 1.5])
      expect(format(language, '{count, plural, one {one} other {other}}', { count })).toBe(rules.select(count))
  }
})
