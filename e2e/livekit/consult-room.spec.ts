import { expect, test, type Page } from '@playwright/test'
import config from '../playwright.config.ts'
import { colouredPdf } from '../pages/documents.ts'
import { acceptFromRing, askUpperLevel, ringCard } from '../pages/consult.ts'
import { expectAllSeeAndHear, picturesMoving, voicesHeard } from '../pages/livekit-media.ts'
import { enterAs } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

const usual = config.use?.launchOptions
const launchOptions = {
  ...usual,
  // of several fake cameras the second sends nothing: the last is taken
  args: [...(usual?.args ?? []), '--use-fake-device-for-media-stream=device-count=4'],
}
test.use({ launchOptions })
test.setTimeout(240_000)

/** Opens a panel of the menu, whatever is open before; what waits unseen is counted in the button's name. */
async function openPanel(page: Page, name: string): Promise<void> {
  const panel = page.locator('[data-panel]')
  if (await panel.isVisible()) await panel.getByRole('button', { name: 'Đóng' }).click()
  await page.getByRole('button', { name: /^Thêm( \d+ mục chưa xem)?$/ }).click()
  await panel.getByRole('button', { name }).click()
}

/** What fills the middle of the document that somebody shows here. */
function colourShown(page: Page): Promise<string> {
  return page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-picture="document"] video')
    const pen = new OffscreenCanvas(1, 1).getContext('2d')
    if (video === null || video.videoWidth === 0 || pen === null) return 'nothing'
    pen.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1)
    const [red = 0, green = 0] = pen.getImageData(0, 0, 1, 1).data
    return red > 2 * green ? 'red' : green > 2 * red ? 'green' : 'other'
  })
}

test('three in a consult see and hear each other; a second camera, a screen and a PDF are seen, hands go up, the host silences all', async ({
  browser,
  playwright,
}) => {
  // a machine of their own, as people have: pages of one browser share a camera, which then keeps the size of the first
  const telephone = await playwright.chromium.launch(launchOptions)
  const citizen = await enterAs(telephone, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const doctor = await enterAs(browser, 'districtSpecialist')
  const { visitId, encounterId } = await openVisit(citizen.page, nurse.page)
  await nurse.page.goto(`/work/encounters/${encounterId}`)
  await askUpperLevel(nurse.page, { specialty: 'Nội', question: 'Có cần nhập viện không?' })
  await expect(ringCard(doctor.page)).toBeVisible({ timeout: 60_000 })
  await acceptFromRing(doctor.page)
  const pages = [citizen.page, nurse.page, doctor.page]
  for (const page of pages) await enterVisit(page, visitId)
  await expectAllSeeAndHear(pages)

  // the nurse's second camera comes to both others as a picture of its own
  await openPanel(nurse.page, 'Chia sẻ màn hình, camera')
  const camera = nurse.page.getByLabel('Camera khác')
  await expect(camera).toBeVisible()
  await camera.selectOption({ index: (await camera.locator('option').count()) - 1 })
  await nurse.page.getByRole('button', { name: 'Thêm camera này' }).click()
  for (const page of [citizen.page, doctor.page])
    await expect(page.locator('[data-picture="camera"]').getByText('Camera phòng')).toBeVisible()
  await expect.poll(() => picturesMoving(doctor.page), { timeout: 30_000 }).toBe(3)
  await doctor.page.screenshot({ path: test.info().outputPath('second-camera.png') })
  await citizen.page.screenshot({ path: test.info().outputPath('second-camera-phone.png') })

  // the nurse takes a still of the citizen's camera, who is asked first: it stands in the chat, larger than it is sent
  await openPanel(nurse.page, 'Chụp ảnh')
  await nurse.page.getByRole('button', { name: /^Chụp ảnh: .*Đức.*, Camera$/ }).click()
  const wish = citizen.page.getByText(/muốn chụp một ảnh từ camera của bạn/)
  await expect(wish).toBeVisible()
  await nurse.page.screenshot({ path: test.info().outputPath('still-panel.png') })
  await citizen.page.screenshot({ path: test.info().outputPath('still-phone.png') })
  await citizen.page.getByRole('button', { name: 'Đồng ý chụp' }).click()
  await expect(nurse.page.getByText(/^Đã chụp\. Ảnh đang gửi/)).toBeVisible({ timeout: 20_000 })
  await nurse.page.getByRole('button', { name: /^Nhắn tin/ }).click()
  await expect(nurse.page.getByText(/^Ảnh chụp từ camera: Camera, \d\d:\d\d$/)).toBeVisible({ timeout: 20_000 })
  const photo = nurse.page.getByRole('img', { name: 'Ảnh', exact: true })
  await expect.poll(() => photo.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBeGreaterThan(640)
  await nurse.page.screenshot({ path: test.info().outputPath('still-chat.png') })

  // the doctor shows their screen, then a PDF instead of it, and turns its page
  await openPanel(doctor.page, 'Chia sẻ màn hình, camera')
  await doctor.page.getByRole('button', { name: 'Chia sẻ màn hình', exact: true }).click()
  for (const page of [citizen.page, nurse.page])
    await expect(page.locator('[data-picture="screen"]')).toBeVisible({ timeout: 30_000 })
  const pdf = { name: 'Kết quả.pdf', mimeType: 'application/pdf', buffer: colouredPdf(['1 0 0', '0 0.6 0']) }
  await doctor.page.locator('[data-panel] input[type="file"]').setInputFiles(pdf)
  for (const page of [citizen.page, nurse.page]) {
    await expect.poll(() => colourShown(page), { timeout: 30_000 }).toBe('red')
    await expect(page.locator('[data-picture="screen"]')).toHaveCount(0)
  }
  await doctor.page.getByRole('button', { name: 'Trang sau' }).click()
  await expect(doctor.page.getByText('Trang 2 / 2')).toBeVisible()
  for (const page of [citizen.page, nurse.page])
    await expect.poll(() => colourShown(page), { timeout: 30_000 }).toBe('green')
  await doctor.page.screenshot({ path: test.info().outputPath('document-shared.png') })
  await citizen.page.screenshot({ path: test.info().outputPath('document-phone.png') })
  await doctor.page.getByRole('button', { name: 'Dừng', exact: true }).click()
  await expect(citizen.page.locator('[data-picture="document"]')).toHaveCount(0)

  // the citizen asks to speak; the nurse sees it and switches all microphones off
  await openPanel(citizen.page, 'Người tham gia')
  await citizen.page.getByRole('button', { name: 'Giơ tay xin nói' }).click()
  await openPanel(nurse.page, 'Người tham gia')
  await expect(nurse.page.locator('[data-panel]').getByRole('img', { name: 'Giơ tay' })).toBeVisible()
  await nurse.page.screenshot({ path: test.info().outputPath('people.png') })
  await citizen.page.screenshot({ path: test.info().outputPath('people-phone.png') })
  await nurse.page.getByRole('button', { name: 'Tắt micro mọi người' }).click()
  await expect(doctor.page.getByRole('button', { name: 'Bật tiếng' })).toBeVisible()
  await expect.poll(() => voicesHeard(nurse.page), { timeout: 20_000 }).toBe(0)
  // whoever was silenced may speak again by the same button
  await doctor.page.getByRole('button', { name: 'Bật tiếng' }).click()
  await expect.poll(() => voicesHeard(nurse.page), { timeout: 20_000 }).toBe(1)
  for (const person of [citizen, nurse, doctor]) await person.close()
  await telephone.close()
})
