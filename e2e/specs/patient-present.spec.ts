import { expect, test } from '@playwright/test'
import { bookWithNurse } from '../pages/booking.ts'
import { enterAs } from '../pages/people.ts'

const reason = 'Chóng mặt từ sáng, điện thoại hay mất sóng'

test('a patient of a remote appointment came to the station: why is asked, and the visit is in person', async ({
  browser,
}) => {
  const lan = await enterAs(browser, 'lan', { width: 360, height: 740 })
  const { day } = await bookWithNurse(lan.page, reason)
  const { page: nurse } = await enterAs(browser, 'nurse')
  await nurse.goto(`/work/today?date=${day}`)
  const row = nurse.getByRole('listitem').filter({ hasText: reason })
  await row.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(row.getByRole('button', { name: 'Bắt đầu khám' })).toBeVisible()
  await row.getByLabel(/^Việc khác/).click()
  await nurse.screenshot({ path: 'test-results/present-menu-1366.png' })
  await row.getByRole('button', { name: 'Người bệnh đã đến trạm' }).click()
  const dialog = nurse.getByRole('dialog', { name: /đã đến trạm/ })
  await expect(dialog.getByRole('button', { name: 'Khám tại trạm' })).toBeDisabled()
  await dialog.getByRole('radio', { name: 'Lý do khác' }).check()
  await dialog.getByLabel('Ghi lý do').fill('Nhà ở ngay cạnh trạm')
  await nurse.screenshot({ path: 'test-results/present-other-1366.png' })
  await nurse.setViewportSize({ width: 360, height: 740 })
  await dialog.getByRole('radio', { name: /không dùng được/ }).check()
  await nurse.screenshot({ path: 'test-results/present-360.png' })
  await nurse.setViewportSize({ width: 1366, height: 768 })
  await dialog.getByRole('button', { name: 'Khám tại trạm' }).click()
  await nurse.waitForURL('**/work/encounters/**')
  await expect(nurse.getByText(/Hẹn từ xa, nhưng người bệnh đã đến/)).toBeVisible()
  await expect(nurse.getByText(/^Khám tại trạm ·/)).toBeVisible()
  await nurse.screenshot({ path: 'test-results/present-encounter-1366.png', fullPage: true })
  await lan.close()
})
