import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { DateField, DateTimeField, isDateTime, TimeField } from './date-field.tsx'
import { type FieldLocale, FieldLocaleContext } from './field-locale.ts'

const locale: FieldLocale = {
  today: () => '2026-11-25',
  date: {
    placeholder: 'ngày/tháng/năm',
    form: 'Viết ngày/tháng/năm',
    noSuchDay: 'Lịch không có ngày này',
    tooEarly: (day) => `từ ${day}`,
    tooLate: (day) => `đến ${day}`,
    choose: (field) => `Chọn trên lịch: ${field}`,
    dialogTitle: 'Chọn ngày',
    close: 'Đóng',
    todayName: 'Hôm nay',
    month: 'Tháng',
    year: 'Năm',
    previousMonth: 'Tháng trước',
    nextMonth: 'Tháng sau',
    monthName: (month) => `Tháng ${month}`,
    dayName: (day) => day,
    weekdays: [],
    dayPart: 'Ngày',
    timePart: 'Giờ',
  },
  time: { placeholder: 'giờ:phút', form: 'Viết giờ:phút' },
}
const markup = (field: ReactNode): string =>
  renderToStaticMarkup(createElement(FieldLocaleContext.Provider, { value: locale }, field))
const nothing = (): void => undefined

it('shows a day as ngày/tháng/năm in a plain text field with its label and its calendar', () => {
  const html = markup(<DateField label="Ngày sinh" value="2026-08-03" onText={nothing} />)
  expect(html).toContain('value="03/08/2026"')
  expect(html).toContain('type="text"')
  expect(html).not.toContain('type="date"')
  expect(html).toMatch(/<label[^>]*>Ngày sinh<\/label>/)
  expect(html).toContain('Chọn trên lịch: Ngày sinh')
  expect(html).toContain('aria-haspopup="dialog"')
})

it('shows what is not a day as it was typed, for its owner to refuse', () => {
  expect(markup(<DateField label="Ngày sinh" value="32/13/1990" onText={nothing} />)).toContain('value="32/13/1990"')
})

it('ties hint and error to the field', () => {
  const html = markup(<DateField id="d" label="Ngày" value="" hint="Ngày dự sinh" error="Còn thiếu" onText={nothing} />)
  expect(html).toContain('aria-describedby="d-hint d-error"')
  expect(html).toContain('aria-invalid="true"')
})

it('shows a point in time as a day and a time of the 24-hour clock', () => {
  const html = markup(<DateTimeField label="Bắt đầu" value="2026-08-03T19:05" onText={nothing} />)
  expect(html).toMatch(/<legend[^>]*>Bắt đầu<\/legend>/)
  expect(html).toContain('value="03/08/2026"')
  expect(html).toContain('value="19:05"')
  expect(markup(<TimeField label="Giờ" value="7h" onText={nothing} />)).toContain('value="7h"')
  expect([isDateTime('2026-08-03T19:05'), isDateTime('2026-08-03T'), isDateTime('3/8T19:05')]).toEqual([
    true,
    false,
    false,
  ])
})

it('says what is missing when the application gives no words', () => {
  expect(() => renderToStaticMarkup(<DateField label="Ngày" value="" onText={nothing} />)).toThrow('FieldLocaleContext')
})
