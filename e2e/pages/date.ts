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
