import { expect, test, type Browser, type Page } from '@playwright/test'
import { dateField, openCalendar, typeDay } from '../pages/date.ts'
import { settled } from '../pages/people.ts'

// The PCs of most hospitals: an English Windows. This one also stands in another zone.
const FOREIGN_MACHINE = { locale: 'en-US', timezoneId: 'America/New_York' }
const sizes = [
  { width: 360, height: 740 },
  { width: 1366, height: 768 },
]

async function nurseOn(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ ...FOREIGN_MACHINE, viewport })
  const page = await context.newPage()
  await page.goto('/')
  await page.locator('[data-cast="nurse"]').click()
  await page.waitForURL('**/work', { waitUntil: 'load' })
  return page
}

for (const size of sizes) {
  test(`03/08 is the third of August on an English machine, ${size.width} px wide`, async ({ browser }) => {
    const page = await nurseOn(browser, size)
    await page.goto('/work/today')
    await settled(page)
    const field = dateField(page, 'Ngày')
    await typeDay(field, '03/08/2026')
    await expect(page).toHaveURL(/date=2026-08-03/)
    await expect(field).toHaveValue('03/08/2026')
    await expect(page.getByText('Thứ Hai, 03/08/2026').first()).toBeVisible()
    await page.screenshot({ path: `test-results/dates-today-${size.width}.png` })

    const calendar = await openCalendar(page, /Chọn trên lịch/)
    await expect(calendar.getByRole('columnheader').first()).toHaveText('T2')
    await expect(calendar.getByRole('button', { name: 'Thứ Hai, 03/08/2026' })).toBeFocused()
    await page.screenshot({ path: `test-results/dates-calendar-${size.width}.png` })
    for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'End', 'Enter']) await page.keyboard.press(key)
    await expect(calendar).toBeHidden()
    await expect(field).toHaveValue('13/09/2026')
    await expect(page).toHaveURL(/date=2026-09-13/)
    await expect(page.getByRole('button', { name: /Chọn trên lịch/ })).toBeFocused()
    await page.context().close()
  })
}

test('a birth date is read as people write it, and a wrong one is said and not lost', async ({ browser }) => {
  const page = await nurseOn(browser, { width: 360, height: 740 })
  await page.goto('/work/patients/new')
  await settled(page)
  const field = dateField(page, 'Ngày sinh')
  for (const [typed, shown] of [
    ['3-8-90', '03/08/1990'],
    ['03081990', '03/08/1990'],
    ['3/8/1990', '03/08/1990'],
  ] as const) {
    await typeDay(field, typed)
    await expect(field).toHaveValue(shown)
  }
  await typeDay(field, '31/02/1990')
  await expect(page.getByText('Lịch không có ngày này')).toBeVisible()
  await expect(field).toHaveValue('31/02/1990')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await typeDay(field, '1990')
  await expect(page.getByText('Viết ngày/tháng/năm, ví dụ 03/08/1990.')).toBeVisible()
  await page.screenshot({ path: 'test-results/dates-birth-360.png' })
  const calendar = await openCalendar(page, /Chọn trên lịch: Ngày sinh/)
  await calendar.getByRole('combobox', { name: 'Năm' }).selectOption('1990')
  await calendar.getByRole('combobox', { name: 'Tháng' }).selectOption('Tháng 8')
  await calendar.getByRole('button', { name: 'Thứ Sáu, 03/08/1990' }).click()
  await expect(field).toHaveValue('03/08/1990')
  await page.context().close()
})

test('a citizen’s page has the same field, and times of 24 hours', async ({ browser }) => {
  const context = await browser.newContext({ ...FOREIGN_MACHINE, viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto('/')
  await page.locator('[data-cast="lan"]').click()
  await expect(page.locator('[data-cast="lan"]')).toBeHidden()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Thêm người thân' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Chưa có hồ sơ/ }).check()
  const calendar = await openCalendar(dialog, /Chọn trên lịch: Ngày sinh/)
  await calendar.getByRole('button', { name: 'Hôm nay' }).click()
  await expect(calendar).toBeHidden()
  await expect(dateField(dialog, /Ngày sinh/)).toHaveValue(/^\d\d\/\d\d\/20\d\d$/)
  await typeDay(dateField(dialog, /Ngày sinh/), '3.8.15')
  await expect(dateField(dialog, /Ngày sinh/)).toHaveValue('03/08/2015')
  await page.screenshot({ path: 'test-results/dates-citizen-360.png' })
  await context.close()
})
