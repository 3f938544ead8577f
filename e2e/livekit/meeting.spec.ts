import { expect, test, type Page } from '@playwright/test'
import { approveMinutes, callBriefing, countShortMeetings, joinFromList, writeMinutes } from '../pages/meeting.ts'
import { enterAs } from '../pages/people.ts'

test.setTimeout(180_000)

const title = 'Giao ban thử nghiệm'

test('a weekly briefing: called, joined by one tap, on the TV of a station, minuted, ended, followed up', async ({
  browser,
}) => {
  const host = await enterAs(browser, 'unitAdmin')
  const station = await enterAs(browser, 'nurse')
  await countShortMeetings(host.page)
  const meetingId = await callBriefing(host.page, title)
  await joinFromList(host.page, title)
  await joinFromList(station.page, title)
  await openOnTv(station.page, meetingId)
  await expectOneLargePicture(station.page)
  await writeMinutes(host.page, { decision: 'Tiêm vét', action: 'Gửi danh sách trẻ', unit: 'Trạm Y tế xã Pờ Y' })
  await host.page.getByRole('button', { name: 'Kết thúc cho mọi người' }).click()
  await host.page.getByRole('dialog').getByRole('button', { name: 'Kết thúc cho mọi người' }).click()
  for (const { page } of [host, station]) await expect(page.getByText('Buổi họp đã kết thúc').first()).toBeVisible()
  await expectHeld(host.page, meetingId)
  await approveMinutes(host.page, meetingId)
  await station.page.goto('/work/meetings/actions')
  await expect(station.page.getByText('Gửi danh sách trẻ', { exact: true })).toBeVisible()
  await host.close()
  await station.close()
})

/** By a remote control alone: the number of people is entered with arrows and OK. */
async function openOnTv(page: Page, meetingId: string): Promise<void> {
  await page.goto(`/work/meetings/${meetingId}/room`)
  await expect(page.getByRole('group', { name: 'Số người trong phòng' })).toBeVisible({ timeout: 30_000 })
  for (const key of ['ArrowRight', 'Enter', 'Enter', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('group', { name: 'Số người trong phòng' })).toBeHidden()
  await page.reload()
  await expect(page.getByText(/^MICRO ĐANG TẮT/)).toBeVisible({ timeout: 30_000 })
}

async function expectOneLargePicture(page: Page): Promise<void> {
  const picture = page.locator('[data-far] figure[data-person]')
  await expect(picture).toHaveCount(1)
  await expect
    .poll(() => picture.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth), { timeout: 30_000 })
    .toBeGreaterThan(0)
  expect((await picture.boundingBox())?.width).toBeGreaterThan(1200)
}

async function expectHeld(page: Page, meetingId: string): Promise<void> {
  await page.goto(`/work/meetings/${meetingId}`)
  await expect(page.getByText('Đã họp').first()).toBeVisible()
  const line = page.getByRole('list', { name: 'Điểm danh' }).getByRole('listitem').filter({ hasText: 'Pờ Y' })
  await expect(line).toContainText('3 người')
}
