import { expect, test, type Page } from '@playwright/test'
import { acceptFromRing, completeMinutes, ringCard, signMinutes } from '../pages/consult.ts'
import { expectEveryoneSeesAndHears } from '../pages/media.ts'
import { enterAtDesk, enterOnPhone, lookAt, picture, untilQuiet, visitor } from './camera.ts'

const reason = 'Đau ngực khi làm rẫy, hai ngày nay'

/** From the search to the appointment, picture by picture. Returns the day booked. */
async function book(citizen: Page, nurseName: string): Promise<string> {
  await citizen.goto('/find?q=po%20y')
  await expect(citizen.getByRole('link', { name: /Trạm Y tế xã Pờ Y/ }).first()).toBeVisible()
  await picture(citizen, 'find-phone')
  await citizen
    .getByRole('link', { name: /Trạm Y tế xã Pờ Y/ })
    .first()
    .click()
  await citizen.waitForURL('**/stations/**')
  const nurse = citizen.getByRole('article').filter({ hasText: nurseName })
  await expect(nurse).toBeVisible()
  await picture(citizen, 'station-phone')
  await nurse.getByRole('link', { name: /Đặt lịch/ }).click()
  await citizen.getByLabel('Vì sao cần khám?').fill(reason)
  await picture(citizen, 'book-who-phone')
  await citizen.getByRole('button', { name: 'Chọn giờ' }).click()
  await citizen.getByRole('radio', { name: /Tư vấn từ xa/ }).check()
  const times = citizen.getByRole('group', { name: /^Chọn giờ/ }).getByRole('button')
  await expect(times.first()).toBeVisible()
  await picture(citizen, 'book-when-phone')
  await times.first().click()
  const day = new Date(new URL(citizen.url()).searchParams.get('start') ?? '')
  await expect(citizen.getByRole('button', { name: 'Đặt lịch này' })).toBeVisible()
  await picture(citizen, 'book-check-phone')
  await citizen.getByRole('button', { name: 'Đặt lịch này' }).click()
  await citizen.waitForURL('**/appointments/**')
  await expect(citizen.getByText('Chờ trạm xác nhận').first()).toBeVisible()
  return day.toLocaleDateString('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' })
}

/** The nurse’s day list and the board of numbers; then the visit begins. */
async function beginVisit(nurse: Page, citizen: Page, day: string): Promise<void> {
  await nurse.goto(`/work/today?date=${day}`)
  const row = nurse.getByRole('listitem').filter({ hasText: reason })
  await expect(row.getByRole('button', { name: 'Xác nhận' })).toBeVisible()
  await picture(nurse, 'today-desktop')
  await row.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(citizen.getByText('Đã xác nhận').first()).toBeVisible()
  await row.getByRole('button', { name: 'Bắt đầu khám' }).click()
  await nurse.waitForURL('**/work/encounters/**')
}

/** Three people without an appointment take numbers; the first is called in. */
async function fillQueue(nurse: Page): Promise<void> {
  await nurse.goto('/work/today')
  for (const nth of [0, 1, 2]) {
    await nurse.getByRole('button', { name: 'Người đến không hẹn' }).click()
    const dialog = nurse.getByRole('dialog')
    await dialog.getByRole('listitem').getByRole('button').nth(nth).click()
    await dialog.getByRole('button', { name: 'Cấp số' }).click()
    await expect(dialog.getByText(/Đã cấp số/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Đóng' }).click()
  }
  await nurse.getByRole('button', { name: 'Gọi vào khám' }).first().click()
  await nurse.waitForURL('**/work/encounters/**')
  await nurse.goto('/work/queue')
  await expect(nurse.getByRole('listitem').first()).toBeVisible()
  await picture(nurse, 'queue-desktop')
}

/** What the nurse notes before asking upwards. */
async function noteFindings(nurse: Page): Promise<void> {
  await nurse.getByLabel('Khám thấy').fill('Tỉnh, da niêm mạc hồng. Tim đều, phổi trong.')
  await expect(nurse.getByText(/^Đã lưu/).first()).toBeVisible()
}

/** From the encounter to the hospital doctor at the table. */
async function askAndBeHeard(nurse: Page, specialist: Page): Promise<void> {
  await nurse.getByRole('link', { name: 'Hỏi tuyến trên' }).click()
  await nurse.getByRole('radio', { name: /^Tim mạch/ }).check()
  await nurse.getByRole('radio', { name: /^Cấp cứu/ }).check()
  await nurse.getByLabel('Câu hỏi 1').fill('Có cần chuyển viện ngay không?')
  await nurse.getByRole('checkbox', { name: /đã được báo/ }).check()
  await picture(nurse, 'ask-desktop')
  await nurse.getByRole('button', { name: 'Gửi và gọi bác sĩ' }).click()
  await nurse.waitForURL(/\/work\/consults\/[0-9a-f-]{36}/)
  await expect(nurse.getByText(/Đang gọi bác sĩ/).first()).toBeVisible()
  await picture(nurse, 'waiting-desktop')
  await expect(ringCard(specialist)).toBeVisible({ timeout: 60_000 })
  await picture(specialist, 'ring-desktop')
  await acceptFromRing(specialist)
  await specialist.getByRole('button', { name: 'Vào có hình' }).click()
  await nurse.getByRole('button', { name: 'Vào có hình' }).click()
}

async function concludeAndSign(nurse: Page, specialist: Page): Promise<void> {
  await specialist.getByRole('button', { name: 'Lập biên bản' }).click()
  await lookAt(specialist, 'Kết luận cho từng câu hỏi')
  await specialist
    .getByLabel('Trả lời câu 1')
    .fill('Chưa cần chuyển viện. Theo dõi tại trạm, đo điện tim lại sau 6 giờ.')
  await picture(specialist, 'minutes-desktop')
  await completeMinutes(specialist, 'Chưa cần chuyển viện. Theo dõi tại trạm, đo điện tim lại sau 6 giờ.')
  await signMinutes(specialist)
  await nurse.getByRole('button', { name: 'Ký biên bản' }).click()
  await nurse.getByRole('radio', { name: 'Thực hiện theo ý kiến' }).check()
  await picture(nurse, 'sign-desktop')
  await nurse.getByRole('button', { name: 'Tôi ký' }).click()
  await expect(nurse.getByText('Biên bản đã khóa và lưu vào hồ sơ')).toBeVisible()
}

/** The nurse tells the patient, writes the conclusion and closes both the call and the encounter. */
async function finishVisit(nurse: Page, encounter: string): Promise<void> {
  await nurse.goto(encounter)
  await nurse.getByLabel('Kết luận').fill('Theo dõi cơn đau thắt ngực, đã hội chẩn với bệnh viện tỉnh.')
  await nurse
    .getByLabel('Dặn dò')
    .fill('Nghỉ ngơi, uống thuốc như đã dặn. Chiều quay lại trạm đo điện tim. Đau nhiều hơn, khó thở: gọi 115 ngay.')
  await nurse.getByRole('button', { name: 'Vào có hình' }).click()
  await nurse.getByRole('button', { name: 'Kết thúc buổi khám' }).click()
  await nurse.getByRole('dialog').getByRole('button', { name: 'Kết thúc buổi khám' }).click()
  await expect(nurse.getByText('Buổi khám đã kết thúc').first()).toBeVisible()
  await nurse.getByRole('button', { name: 'Kết thúc khám', exact: true }).click()
  await nurse.getByRole('dialog').getByRole('button', { name: 'Kết thúc và khóa' }).click()
  await expect(nurse.getByText(/Đã xong lúc/)).toBeVisible()
}

test('doorway', async ({ browser }) => {
  for (const onPhone of [false, true]) {
    const page = await visitor(browser, onPhone)
    await page.goto('/')
    await expect(page.locator('[data-cast="lan"]')).toBeVisible()
    await picture(page, onPhone ? 'doorway-phone' : 'doorway-desktop')
    await page.context().close()
  }
})

test('booked, seen, asked upwards, signed', async ({ browser }) => {
  const citizen = await enterOnPhone(browser, 'lan')
  const nurse = await enterAtDesk(browser, 'nurse')
  const specialist = await enterAtDesk(browser, 'provincialSpecialist')
  const nurseName = 'Nàng Phương'
  await fillQueue(nurse)
  const day = await book(citizen, nurseName)
  await beginVisit(nurse, citizen, day)
  await expect(citizen.getByRole('link', { name: 'Vào buổi khám' }).first()).toBeVisible()
  await picture(citizen, 'appointment-phone')

  await citizen.getByRole('link', { name: 'Vào buổi khám' }).first().click()
  await expect(citizen.getByRole('button', { name: 'Vào có hình' })).toBeVisible()
  await picture(citizen, 'lobby-phone')
  await citizen.getByRole('button', { name: 'Vào có hình' }).click()
  await nurse.getByRole('button', { name: 'Vào có hình' }).click()
  await expectEveryoneSeesAndHears([citizen, nurse])
  await untilQuiet(citizen)
  await picture(citizen, 'visit-phone')
  await noteFindings(nurse)
  await nurse.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }))
  await picture(nurse, 'encounter-desktop')
  const encounter = nurse.url()

  await askAndBeHeard(nurse, specialist)
  await expectEveryoneSeesAndHears([citizen, nurse, specialist])
  await untilQuiet(nurse)
  await nurse.mouse.wheel(0, 120)
  await picture(nurse, 'call-desktop')
  await concludeAndSign(nurse, specialist)

  await nurse.getByRole('link', { name: 'Mở hồ sơ người bệnh' }).click()
  await expect(nurse.getByRole('link', { name: /Biên bản hội chẩn/ }).first()).toBeVisible()
  await expect(nurse.getByText('Đã ký', { exact: true })).toBeHidden({ timeout: 20_000 })
  await picture(nurse, 'patient-desktop')
  await finishVisit(nurse, encounter)
  await citizen.goto('/record')
  await expect(citizen.getByRole('heading', { level: 1 })).toBeVisible()
  await picture(citizen, 'record-phone')
  await citizen.goto('/news')
  await expect(citizen.getByRole('heading', { level: 1 })).toBeVisible()
  await picture(citizen, 'news-phone')
})
