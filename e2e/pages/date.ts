import { expect, type Locator, type Page } from '@playwright/test'

/** A date field by its label, inside a page or a dialog. */
export const dateField = (place: Page | Locator, label: string | RegExp): Locator =>
  place.getByRole('textbox', { name: label })

/** Types a day as people do and leaves the field. */
export async function typeDay(field: Locator, text: string): Promise<void> {
  await field.fill(text)
  await field.press('Tab')
}

/** Opens the calendar of a field. */
export async function openCalendar(place: Page | Locator, label: string | RegExp): Promise<Locator> {
  await place.getByRole('button', { name: label }).click()
  const page = 'context' in place ? place : place.page()
  const calendar = page.getByRole('dialog', { name: /Chọn ngày|Choose a day/ })
  await expect(calendar.getByRole('grid')).toBeVisible()
  return calendar
}

/** Copies a day and its time from one field of a page to another, by their labels. */
export async function copyMoment(page: Page, from: string, to: string): Promise<void> {
  for (const part of ['Ngày', 'Giờ']) {
    const partOf = (label: string) => page.getByRole('group', { name: label }).getByRole('textbox', { name: part })
    await partOf(to).fill(await partOf(from).inputValue())
    await partOf(to).press('Tab')
  }
}
