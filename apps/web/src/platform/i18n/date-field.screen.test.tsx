import { DateField, DateTimeField } from '@moinha/ui'
import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { openPart } from '../testing/screen.tsx'

function Day({ min, max, first = '' }: { min?: string; max?: string; first?: string }) {
  const [value, setValue] = useState(first)
  return (
    <>
      <DateField label="Ngày sinh" value={value} onText={setValue} min={min} max={max} />
      <output>{value}</output>
    </>
  )
}

function Moment() {
  const [value, setValue] = useState('')
  return (
    <>
      <DateTimeField label="Bắt đầu" value={value} onText={setValue} />
      <output>{value}</output>
    </>
  )
}

const field = () => screen.getByLabelText('Ngày sinh')
const value = () => screen.getAllByRole('status').find((one) => one.tagName === 'OUTPUT')?.textContent

it('reads what people type and shows it whole when the field is left; a short year of birth lies in the past', async () => {
  const user = openPart(<Day max="2026-11-25" />)
  await user.type(field(), '3/8/90')
  await user.tab()
  expect(field()).toHaveValue('03/08/1990')
  expect(value()).toBe('1990-08-03')
})

it('a day that does not exist is said at the field, once one leaves it, and stays to be mended', async () => {
  const user = openPart(<Day />)
  await user.type(field(), '31/02/1990')
  expect(field()).not.toHaveAccessibleDescription()
  await user.tab()
  expect(field()).toHaveAccessibleDescription('Lịch không có ngày này. Xin xem lại ngày và tháng.')
  expect(field()).toBeInvalid()
  expect(field()).toHaveValue('31/02/1990')
  await user.type(field(), '{Backspace>10/}28/02/1990')
  await user.tab()
  expect(field()).not.toHaveAccessibleDescription()
  expect(value()).toBe('1990-02-28')
})

it('says from which day to which', async () => {
  const user = openPart(<Day min="2026-11-25" max="2026-12-31" />)
  await user.type(field(), '01/01/2026')
  await user.tab()
  expect(field()).toHaveAccessibleDescription('Xin chọn từ ngày 25/11/2026 trở đi.')
})

it('the calendar goes by keyboard: arrows, a month on, Enter; Escape keeps the old day; the focus comes back', async () => {
  const user = openPart(<Day first="2026-11-25" />)
  const opener = screen.getByRole('button', { name: 'Chọn trên lịch: Ngày sinh' })
  opener.focus()
  await user.keyboard('{Enter}')
  const calendar = within(await screen.findByRole('dialog', { name: 'Chọn ngày' }))
  await waitFor(() => expect(calendar.getByRole('button', { name: /25\/11\/2026/ })).toHaveFocus())
  await user.keyboard('{ArrowRight}{ArrowDown}')
  await waitFor(() => expect(calendar.getByRole('button', { name: /03\/12\/2026/ })).toHaveFocus())
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(field()).toHaveValue('03/12/2026')
  expect(opener).toHaveFocus()
})

it('a day no longer allowed cannot be picked', async () => {
  const user = openPart(<Day first="2026-11-25" max="2026-11-26" />)
  await user.click(screen.getByRole('button', { name: 'Chọn trên lịch: Ngày sinh' }))
  expect(await screen.findByRole('button', { name: /27\/11\/2026/ })).toBeDisabled()
})

it('a point in time: the day first and then the hour, both stay', async () => {
  const user = openPart(<Moment />)
  await user.type(screen.getByLabelText('Ngày'), '25/11/2026')
  await user.type(screen.getByLabelText('Giờ'), '7:30')
  await user.tab()
  expect(screen.getByLabelText('Ngày')).toHaveValue('25/11/2026')
  expect(screen.getByLabelText('Giờ')).toHaveValue('07:30')
  expect(value()).toBe('2026-11-25T07:30')
})
