import { expect, it } from 'vitest'
import {
  formatDate,
  formatDateTime,
  formatDuration,
  formatLongDate,
  formatNumber,
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
