import { expect, test, type Page } from '@playwright/test'
import { callBriefing, countShortMeetings, joinFromList, writeMinutes } from '../pages/meeting.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'
import { enterAtDesk, enterOnPhone, lookAt, picture, untilQuiet } from './camera.ts'

const title = 'Giao ban đột xuất: sốt xuất huyết'

test('a meeting: planned, joined, on a television, minuted', async ({ browser }) => {
  const host = await enterAtDesk(browser, 'unitAdmin')
  const nurse = await enterAtDesk(browser, 'nurse')
  await countShortMeetings(host)
  await photographPlan(host)
  const meetingId = await callBriefing(host, title)
  await host.goto('/work/meetings')
  await expect(host.getByText(/buổi giao ban từ đầu năm/)).toBeVisible()
  await picture(host, 'meetings-desktop')
  await joinFromList(host, title)
  await joinFromList(nurse, title)
  await writeMinutes(host, {
    decision: 'Thứ Bảy cả xã diệt lăng quăng.',
    action: 'Gửi danh sách nhà có ổ lăng quăng',
    unit: 'Trạm Y tế xã Pờ Y',
  })
  await untilQuiet(host)
  await picture(host, 'meeting-desktop')
  await openOnTv(nurse, meetingId)
  await untilQuiet(nurse)
  await picture(nurse, 'meeting-room-desktop')
  await host.getByRole('button', { name: 'Kết thúc cho mọi người' }).click()
  await host.getByRole('dialog').getByRole('button', { name: 'Kết thúc cho mọi người' }).click()
  await expect(host.getByText('Buổi họp đã kết thúc').first()).toBeVisible()
  await host.goto(`/work/meetings/${meetingId}/minutes`)
  await expect(host.getByRole('button', { name: 'Duyệt biên bản' })).toBeVisible()
  await lookAt(host, 'Kết luận')
  await picture(host, 'meeting-minutes-desktop')
})

/** The form as it stands when the units are being chosen. */
async function photographPlan(page: Page): Promise<void> {
  await page.goto('/work/meetings/new')
  await page.getByLabel('Tên buổi họp').fill('Giao ban tuần với các trạm')
  await page.getByLabel('Lặp lại').selectOption('weekly')
  await page.getByLabel('Tìm đơn vị').fill('po y')
  const found = page.getByRole('list', { name: 'Đơn vị có thể mời' }).getByRole('listitem').first()
  await found.getByRole('button', { name: /^(Mời|Chỉ đơn vị này)$/ }).click()
  await lookAt(page, 'Khi nào')
  await picture(page, 'meeting-plan-desktop')
}

async function openOnTv(page: Page, meetingId: string): Promise<void> {
  await page.goto(`/work/meetings/${meetingId}/room`)
  await expect(page.getByRole('group', { name: 'Số người trong phòng' })).toBeVisible({ timeout: 30_000 })
  for (const key of ['ArrowRight', 'Enter', 'Enter', 'Enter', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('group', { name: 'Số người trong phòng' })).toBeHidden()
}

test('beside the call: a guest, a telephone', async ({ browser }) => {
  const citizen = await enterOnPhone(browser, 'lan')
  const nurse = await enterAtDesk(browser, 'nurse')
  const { visitId } = await openVisit(citizen, nurse)
  await enterVisit(nurse, visitId)
  await enterVisit(citizen, visitId)
  await untilQuiet(nurse)
  await untilQuiet(citizen)
  await nurse.getByRole('button', { name: 'Thêm', exact: true }).click()
  await nurse.getByRole('button', { name: 'Mời thêm người' }).click()
  await nurse.getByLabel('Tên người được mời').fill('Y Mai')
  await nurse.getByRole('button', { name: 'Tạo đường mời' }).click()
  await expect(nurse.getByText('Còn 10 phút để vào')).toBeVisible()
  await picture(nurse, 'guests-desktop')
  await citizen.getByRole('button', { name: 'Thêm', exact: true }).click()
  await citizen.getByRole('button', { name: 'Gọi điện thoại' }).click()
  await expect(citizen.getByRole('button', { name: 'Nhờ gọi lại cho tôi' })).toBeVisible()
  await picture(citizen, 'telephone-phone')
})
