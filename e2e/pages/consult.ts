import { expect, type Page } from '@playwright/test'
import { copyMoment } from './date.ts'

interface Request {
  specialty: string
  question: string
}

/** From the open encounter: asks a specialty urgently, after the patient agreed. */
export async function askUpperLevel(page: Page, { specialty, question }: Request): Promise<void> {
  await page.getByRole('link', { name: 'Hỏi tuyến trên' }).click()
  await page.getByRole('radio', { name: new RegExp(`^${specialty}`) }).check()
  await page.getByRole('radio', { name: /^Cấp cứu/ }).check()
  await page.getByLabel('Câu hỏi 1').fill(question)
  await page.getByRole('checkbox', { name: /đã được báo/ }).check()
  await page.getByRole('button', { name: 'Gửi và gọi bác sĩ' }).click()
  await page.waitForURL(/\/work\/consults\/[0-9a-f-]{36}/)
}

/** The ringing card, wherever in the staff’s pages the doctor is. */
export const ringCard = (page: Page) => page.getByRole('region', { name: 'Trạm xin ý kiến' })

export async function acceptFromRing(page: Page): Promise<void> {
  await ringCard(page).getByRole('button', { name: 'Nhận ca' }).click()
  await page.waitForURL(/\/work\/consults\/[0-9a-f-]{36}/)
}

/** Writes the minutes with an answer to the one question and lays them out for signing. */
export async function proposeMinutes(page: Page, answer: string): Promise<void> {
  await page.getByRole('button', { name: 'Lập biên bản' }).click()
  await completeMinutes(page, answer)
}

/** The same, once the minutes have been begun. */
export async function completeMinutes(page: Page, answer: string): Promise<void> {
  await page.getByLabel('Trả lời câu 1').fill(answer)
  await page
    .getByLabel('Tóm tắt diễn biến, điều trị và chăm sóc')
    .fill('Đau ngực khi gắng sức hai ngày, huyết áp ổn định, không khó thở.')
  await page.getByLabel('Chẩn đoán sau hội chẩn').fill('Theo dõi cơn đau thắt ngực')
  await page.getByLabel('Phương pháp điều trị').fill('Nghỉ ngơi, aspirin 81 mg theo chỉ định tại trạm.')
  await page.getByLabel('Hướng xử trí tiếp theo').fill('Đo điện tim lại sau 6 giờ, chuyển viện nếu đau tăng.')
  await copyMoment(page, 'Hội chẩn từ', 'Báo người bệnh lúc')
  await page.getByLabel('Người báo').fill('Điều dưỡng trạm')
  await page.getByRole('button', { name: 'Trình ký' }).click()
  await expect(page.getByText('Biên bản đang chờ chữ ký')).toBeVisible()
}

/** Signs as whoever this page’s person is in the minutes; the local clinician decides as well. */
export async function signMinutes(page: Page, decision?: string): Promise<void> {
  await page.getByRole('button', { name: 'Ký biên bản' }).click()
  if (decision) await page.getByRole('radio', { name: decision }).check()
  await page.getByRole('button', { name: 'Tôi ký' }).click()
  await expect(page.getByRole('button', { name: 'Tôi ký' })).toBeHidden()
}
