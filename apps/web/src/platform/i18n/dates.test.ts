import { expect, it } from 'vitest'
import { drawIn } from './words.ts'
import {
  formatDate,
  formatDateTime,
  formatDuration,
  formatLongDate,
  formatNumber,
  formatTime,
  formatWeekday,
  formatRelative,
  localDay,
} from './dates.ts'

it('writes Vietnamese dates in Vietnam’s time wherever the device is', () => {
  expect(formatDate('2026-11-22')).toBe('22/11/2026')
  expect(formatDateTime('2026-11-22T18:05:00Z')).toBe('01:05, 23/11/2026')
  expect(formatLongDate('2026-11-22')).toBe('Chủ Nhật, 22/11/2026')
  expect(localDay(new Date('2026-11-22T17:00:00Z'))).toBe('2026-11-23')
})

it('tells how near a time is', () => {
  const now = new Date('2026-11-22T01:00:00Z')
  expect(formatRelative('2026-11-22T01:05:00Z', now)).toBe('còn 5 phút')
  expect(formatRelative('2026-11-21T23:00:00Z', now)).toBe('2 giờ trước')
  expect(formatRelative('2026-11-22T01:00:20Z', now)).toBe('bây giờ')
  expect(formatRelative('2026-12-22T01:00:00Z', now)).toBe('22/12/2026')
})

it('writes numbers and durations', () => {
  expect(formatNumber(1234.5)).toBe('1.234,5')
  expect([75, 3675].map(formatDuration)).toEqual(['1:15', '1:01:15'])
})

it('counts the same days, times and weekdays as the time zone’s own rules', () => {
  const by = (options: Intl.DateTimeFormatOptions, locale = 'en-GB') =>
    new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Ho_Chi_Minh', ...options })
  const day = by({ day: '2-digit', month: '2-digit', year: 'numeric' })
  const time = by({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const weekday = { vi: by({ weekday: 'long' }, 'vi-VN'), en: by({ weekday: 'long' }) }
  // every 25 days, 11 hours and 13 minutes of eighty years
  for (let at = Date.UTC(1975, 5, 14); at < Date.UTC(2055, 0, 1); at += 611 * 3_600_000 + 13 * 60_000) {
    const moment = new Date(at)
    expect(formatDate(moment)).toBe(day.format(moment))
    expect(formatTime(moment)).toBe(time.format(moment))
    for (const language of ['en', 'vi'] as const)
      expect(drawIn(language, () => formatWeekday(moment)).toLowerCase()).toBe(
        weekday[language].format(moment).toLowerCase(),
      )
  }
  expect(() => formatDate('not a day')).toThrow(RangeError)
})
