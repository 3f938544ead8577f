import { describe, expect, it } from 'vitest'
import { addMonths, dayAfterKey, weeksOf } from './calendar-month.ts'
import { completeDay, isDay, readDay, readTime, showDay } from './day-text.ts'

const read = (text: string, max?: string): string => {
  const reading = readDay(text, { max })
  return 'value' in reading ? reading.value : reading.problem
}

describe('a typed day', () => {
  it.each([
    ['3/8/1990', '1990-08-03'],
    ['03/08/1990', '1990-08-03'],
    ['03.08.1990', '1990-08-03'],
    ['3-8-1990', '1990-08-03'],
    ['3 8 1990', '1990-08-03'],
    ['3 / 8 / 1990', '1990-08-03'],
    ['03081990', '1990-08-03'],
    ['1990-08-03', '1990-08-03'],
    [' 3/8/1990 ', '1990-08-03'],
    ['ngày 3 tháng 8 năm 1990', '1990-08-03'],
    ['Nga\u0300y 3 tháng 8 năm 1990', '1990-08-03'],
    ['29/2/2024', '2024-02-29'],
  ])('%s is %s: the day comes first, always', (text, day) => expect(read(text)).toBe(day))

  it.each([
    ['31/04/2026', 'noSuchDay'],
    ['29/2/2026', 'noSuchDay'],
    ['08/13/2026', 'noSuchDay'],
    ['0/8/2026', 'noSuchDay'],
    ['1990', 'form'],
    ['3/8', 'form'],
    ['hôm qua', 'form'],
    ['03/08/0990', 'form'],
    ['03/08/9999', 'form'],
    ['3/8/199', 'form'],
  ])('%s is refused: %s', (text, problem) => expect(read(text)).toBe(problem))

  it('gives two digits of a year the century the field means', () => {
    expect(read('3-8-90', '2026-11-25')).toBe('1990-08-03')
    expect(read('030890', '2026-11-25')).toBe('1990-08-03')
    expect(read('3/8/26', '2026-11-25')).toBe('2026-08-03')
    expect(read('26/11/26', '2026-11-25')).toBe('1926-11-26')
    expect(read('3/8/27')).toBe('2027-08-03')
  })

  it('means nothing before the year is whole', () => {
    expect(['3/8/20', '3/8/202', '030820', '3/8'].map(completeDay)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(completeDay('3/8/2026')).toBe('2026-08-03')
  })

  it('is shown as ngày/tháng/năm, and left alone where it is none', () => {
    expect(showDay('2026-08-03')).toBe('03/08/2026')
    expect(showDay('32/13')).toBe('32/13')
    expect(['2026-02-29', '2026-2-3', ''].filter(isDay)).toEqual([])
  })
})

it('reads a time on the 24-hour clock', () => {
  const time = (text: string): string => {
    const reading = readTime(text)
    return 'value' in reading ? reading.value : reading.problem
  }
  expect(['7:30', '07.30', '7h30', '7 giờ 30', '730', '0730', '7h', '13', '19:05'].map(time)).toEqual([
    '07:30',
    '07:30',
    '07:30',
    '07:30',
    '07:30',
    '07:30',
    '07:00',
    '13:00',
    '19:05',
  ])
  expect(['24:00', '7:60', 'sáng', '', '7:30 PM'].map(time)).toEqual(['form', 'form', 'form', 'form', 'form'])
})

describe('the calendar', () => {
  it('has whole weeks from Monday', () => {
    const weeks = weeksOf('2026-08-15')
    expect([weeks[0]?.[0], weeks.at(-1)?.[6], weeks.length]).toEqual(['2026-07-27', '2026-09-06', 6])
    expect(weeks.every((week) => week.length === 7)).toBe(true)
  })

  it('keeps the day where the month has it', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })

  it.each([
    ['ArrowLeft', false, '2026-08-02'],
    ['ArrowDown', false, '2026-08-10'],
    ['Home', false, '2026-08-03'],
    ['End', false, '2026-08-09'],
    ['PageUp', false, '2026-07-03'],
    ['PageDown', true, '2027-08-03'],
  ] as const)('%s (shift: %s) leads from Monday 3 August to %s', (key, shift, to) => {
    expect(dayAfterKey('2026-08-03', key, shift)).toBe(to)
    expect(dayAfterKey('2026-08-03', 'a', false)).toBeUndefined()
  })
})
