import { expect, test, type Page } from '@playwright/test'
import { enterAs, read } from '../pages/people.ts'
import { openVisit } from '../pages/visit.ts'

/** As a person who says no to both: the fake media of these browsers cannot be declined by a permission. */
async function denyMedia(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
  })
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Viết tin nhắn' }).fill(text)
  await page.getByRole('button', { name: 'Gửi', exact: true }).click()
}

const messages = (page: Page) => page.getByRole('list', { name: 'Tin nhắn của cuộc gọi' })

test('without camera, microphone and at last without a line: what is written arrives once, and a call by telephone is asked for', async ({
  browser,
}) => {
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await denyMedia(citizen.page)
  await nurse.page.goto(`/work/visit/${visitId}`)
  await citizen.page.goto(`/visit/${visitId}`)

  await citizen.page.getByRole('button', { name: 'Vào bằng giọng nói' }).click()
  await expect(citizen.page.getByText(/Trang này chưa được dùng micro/)).toBeVisible()
  await citizen.page.getByRole('button', { name: 'Nhắn tin' }).click()
  await write(citizen.page, 'Chị ơi, máy em không có micro')
  const unseen = nurse.page.getByRole('button', { name: 'Nhắn tin 1 mục chưa xem' })
  await unseen.click()
  await expect(messages(nurse.page)).toContainText('Chị ơi, máy em không có micro')

  await citizen.page.context().setOffline(true)
  await write(citizen.page, 'Em vẫn chờ đây ạ')
  await expect(citizen.page.getByText('Chưa gửi. Có mạng sẽ tự gửi.')).toBeVisible()
  await write(nurse.page, 'Em cứ chờ, chị gọi điện nhé')
  await citizen.page.context().setOffline(false)
  await expect(messages(nurse.page).getByText('Em vẫn chờ đây ạ')).toHaveCount(1)
  await expect(messages(citizen.page)).toContainText('Em cứ chờ, chị gọi điện nhé')
  await expect(messages(citizen.page).getByText('Em vẫn chờ đây ạ')).toHaveCount(1)
  const { items } = await read<{ items: unknown[] }>(nurse.page, `/api/calls/visits/${visitId}/messages`)
  expect(items).toHaveLength(3)

  // a photo arrives as a picture, something spoken as a sound
  const photo = await citizen.page.screenshot()
  await nurse.page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'toa.png', mimeType: 'image/png', buffer: photo })
  const picture = messages(citizen.page).getByRole('img', { name: 'Ảnh' })
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(360)
  await nurse.page.getByRole('button', { name: 'Ghi lời nhắn thoại' }).click()
  await expect(nurse.page.getByText('Đang ghi, xin nói…')).toBeVisible()
  await nurse.page.waitForTimeout(1500)
  await nurse.page.getByRole('button', { name: 'Gửi lời nhắn' }).click()
  const sound = messages(citizen.page).locator('audio')
  await expect(sound).toHaveCount(1)
  await sound.evaluate((audio: HTMLAudioElement) => audio.play())
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0.3)

  await nurse.page.goto('/work')
  await citizen.page.getByRole('button', { name: 'Gọi điện thoại' }).click()
  await citizen.page.getByRole('button', { name: 'Nhờ gọi lại cho tôi' }).click()
  await expect(nurse.page.getByText(/nhờ gọi lại bằng điện thoại/)).toBeVisible()
  await nurse.page.goto(`/work/visit/${visitId}`)
  await nurse.page.getByRole('button', { name: 'Nhắn tin' }).click()
  await nurse.page.getByRole('button', { name: 'Đã gọi xong' }).click()
  await expect(citizen.page.getByRole('button', { name: 'Nhờ gọi lại cho tôi' })).toBeVisible()
  await citizen.close()
  await nurse.close()
})
