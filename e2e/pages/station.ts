import { expect, type Page } from '@playwright/test'

/** The station sees the request on that day’s list, confirms it and begins; the encounter opens. */
export async function confirmAndStart(page: Page, { day, reason }: { day: string; reason: string }): Promise<void> {
  await page.goto(`/work/today?date=${day}`)
  const row = page.getByRole('listitem').filter({ hasText: reason })
  await row.getByRole('button', { name: 'Xác nhận' }).click()
  await row.getByRole('button', { name: 'Bắt đầu khám' }).click()
  await page.waitForURL('**/work/encounters/**')
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
}
