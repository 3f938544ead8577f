import { beforeAll, expect, it } from 'vitest'
import { ensureWords } from '../../platform/i18n/index.ts'
import { rankOf, repeatOf, repeats, repeatWords, ruleOf, ruleWords, suits } from './repeat.ts'

beforeAll(() => ensureWords({ vi: () => import('./words/vi.json'), en: () => import('./words/en.json') }))

const monday = '2026-11-30'

it('every choice becomes a rule and is read back as the same choice, with its end', () => {
  for (const repeat of repeats) {
    if (repeat === 'other') continue
    for (const until of ['', '2027-06-30']) {
      const rule = ruleOf(repeat, monday, until)
      expect(repeatOf(rule, monday)).toEqual({ repeat, until: repeat === 'once' ? '' : until })
    }
  }
})

it('says it as people do', () => {
  expect(repeatWords('weekly', monday)).toBe('Thứ Hai hằng tuần')
  expect(repeatWords('monthlyWeekday', '2026-11-02')).toBe('Thứ Hai lần 1 trong tháng')
  expect(repeatWords('monthlyWeekday', monday)).toBe('Thứ Hai cuối cùng trong tháng')
  expect(ruleWords('FREQ=WEEKLY;BYDAY=MO;UNTIL=20271231', monday)).toBe('Thứ Hai hằng tuần, đến hết 31/12/2027')
})

it('a fifth Monday is meant as the last; a rule from elsewhere is kept as it is; no workday begins on a Sunday', () => {
  expect(rankOf('2026-11-30')).toBe(-1)
  expect(ruleOf('monthlyWeekday', monday, '')).toBe('FREQ=MONTHLY;BYDAY=-1MO')
  expect(repeatOf('FREQ=DAILY;INTERVAL=3', monday).repeat).toBe('other')
  expect(suits('workdays', '2026-11-29')).toBe(false)
})
