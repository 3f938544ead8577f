import { expect, type Page } from '@playwright/test'

/**
 * A citizen finds the station without diacritics, chooses the nurse of the story and the first free time for remote
 * advice, and books.
 */
export async function bookWithNurse(page: Page, reason: string): Promise<{ day: string }> {
  await page.goto('/find?q=po%20y')
  await page
    .getByRole('link', { name: /Trạm Y tế xã Pờ Y/ })
    .first()
    .click()
  await page.waitForURL('**/stations/**')
  await page
    .getByRole('article')
    .filter({ hasText: await nurseName(page) })
    .getByRole('link', { name: /Đặt lịch/ })
    .click()
  await page.getByLabel('Vì sao cần khám?').fill(reason)
  await page.getByRole('button', { name: 'Chọn giờ' }).click()
  await page.getByRole('radio', { name: /Tư vấn từ xa/ }).check()
  await page
    .getByRole('group', { name: /^Chọn giờ/ })
    .getByRole('button')
    .first()
    .click()
  const day = new Date(new URL(page.url()).searchParams.get('start') ?? '')
  await page.getByRole('button', { name: 'Đặt lịch này' }).click()
  await page.waitForURL('**/appointments/**')
  await expect(page.getByText('Chờ trạm xác nhận').first()).toBeVisible()
  return { day: day.toLocaleDateString('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }) }
}

/** The nurse’s name as the demo made it. */
async function nurseName(page: Page): Promise<string> {
  const reply = await page.request.get('/api/demo/cast')
  const cast = (await reply.json()) as { items: { key: string; name: string }[] }
  return cast.items.find((member) => member.key === 'nurse')?.name ?? ''
}
