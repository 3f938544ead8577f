import { expect, type Page } from '@playwright/test'
import { dateField, typeDay } from './date.ts'
import { read, write } from './people.ts'

interface Settings {
  inherited: boolean
}

/** Who was there for a moment attended: a test does not sit through a meeting. */
export async function countShortMeetings(page: Page): Promise<void> {
  const { items } = await read<{ items: { id: string }[] }>(page, '/api/meetings/organisers')
  const path = `/api/meetings/settings/${items[0]?.id}`
  const { inherited: _, ...settings } = await read<Settings>(page, path)
  const reply = await write(page, 'PUT', path, { ...settings, heldMinutes: 0, lateAfterMinutes: 10 })
  expect(reply.ok(), await reply.text()).toBe(true)
}

/** Day and hour in Vietnam some minutes from now, as one types them. */
function soon(minutes: number): { day: string; time: string } {
  const local = new Date(Date.now() + minutes * 60_000 + 7 * 3_600_000).toISOString()
  return { day: local.slice(0, 10).split('-').reverse().join('/'), time: local.slice(11, 16) }
}

/** Calls a weekly briefing of three stations that begins in some minutes, through the form; answers its id. */
export async function callBriefing(page: Page, title: string): Promise<string> {
  const { day, time } = soon(4)
  await page.goto('/work/meetings/new')
  await page.getByLabel('Tên buổi họp').fill(title)
  await typeDay(dateField(page, 'Ngày họp'), day)
  await page.getByLabel('Giờ bắt đầu').fill(time)
  await page.getByLabel('Lặp lại').selectOption('weekly')
  for (const station of ['Pờ Y', 'Đăk Môn', 'Sa Nghĩa']) await invite(page, station)
  await page.getByLabel('Mục 1').fill('Báo cáo của các trạm')
  await expect(page.getByText(/Sẽ mời [34] đơn vị/)).toBeVisible()
  await page.getByRole('button', { name: 'Lập và mời' }).click()
  await page.waitForURL(/\/work\/meetings\/[0-9a-f-]{36}$/)
  return page.url().split('/').at(-1) ?? ''
}

async function invite(page: Page, station: string): Promise<void> {
  await page.getByLabel('Tìm đơn vị').fill(station)
  const line = page.getByRole('list', { name: 'Đơn vị có thể mời' }).getByRole('listitem')
  await line
    .filter({ hasText: `Trạm Y tế xã ${station}` })
    .first()
    .getByRole('button', { name: /^(Mời|Chỉ đơn vị này)$/ })
    .click()
}

/** One tap from the list. */
export async function joinFromList(page: Page, title: string): Promise<void> {
  await page.goto('/work/meetings')
  const line = page.getByRole('listitem').filter({ hasText: title }).first()
  await line.getByRole('link', { name: /^(Vào họp|Bắt đầu họp)$/ }).click()
  await expect(page.locator('[data-phase="inside"]')).toBeVisible({ timeout: 30_000 })
}

/** In the room: a decision and something to do, kept by itself. */
export async function writeMinutes(page: Page, { decision, action, unit }: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: 'Biên bản' }).click()
  await page.getByRole('button', { name: 'Thêm kết luận' }).click()
  await page.getByLabel('Kết luận 1', { exact: true }).fill(decision ?? '')
  await page.getByRole('button', { name: 'Thêm việc' }).click()
  await page.getByLabel('Làm gì').fill(action ?? '')
  await page.getByLabel('Đơn vị làm').selectOption({ label: unit ?? '' })
  await expect(page.getByText('Đã tự lưu')).toBeVisible({ timeout: 10_000 })
}

/** After: the minutes are approved as they were written. */
export async function approveMinutes(page: Page, meetingId: string): Promise<void> {
  await page.goto(`/work/meetings/${meetingId}/minutes`)
  await page.getByRole('button', { name: 'Duyệt biên bản' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Duyệt biên bản' }).click()
  await expect(page.getByRole('heading', { name: 'BIÊN BẢN HỌP' })).toBeVisible()
}
