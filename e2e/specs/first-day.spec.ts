import { expect, test } from '@playwright/test'
import { enterAs, read, settled } from '../pages/people.ts'

const sheet = [
  'Họ và tên,Số điện thoại,Chức danh,Vai trò',
  'Nguyễn Thị Hoa,0912000501,Điều dưỡng,Bác sĩ tuyến trên',
  'Trần Văn Bình,0912000502,Bác sĩ,Bác sĩ tuyến trên;Trưởng tua trực',
]
const wrong = [...sheet, 'Lê Văn Tám,0912000502,Phép thuật,Bác sĩ tuyến trên']
const file = (lines: readonly string[]) => ({
  name: 'nhan-vien.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
})

test('a unit’s first day: the sheet is judged line by line, written whole, and a slip opens an account', async ({
  browser,
}) => {
  const admin = await enterAs(browser, 'unitAdmin')
  const me = await read<{ practitionerRoles: { facilityId: string }[] }>(admin.page, '/api/identity/me')
  await admin.page.goto(`/work/units/${me.practitionerRoles[0]?.facilityId}/staff`)
  await admin.page.getByRole('link', { name: 'Nhập danh sách' }).click()
  const choose = admin.page.locator('input[type=file]')
  await choose.setInputFiles(file(wrong))
  await expect(admin.page.getByText('Chức danh: không có chức danh này')).toBeVisible()
  await expect(admin.page.getByText('Số điện thoại: hai người chung một số trong tệp').first()).toBeVisible()
  await admin.page.screenshot({ path: test.info().outputPath('judged-1366.png'), fullPage: true })
  await admin.page.setViewportSize({ width: 360, height: 740 })
  await admin.page.screenshot({ path: test.info().outputPath('judged-360.png'), fullPage: true })
  await admin.page.getByRole('button', { name: 'Chọn tệp khác' }).click()
  await choose.setInputFiles(file(sheet))
  await admin.page.getByRole('button', { name: 'Tạo 2 tài khoản' }).click()
  const slip = admin.page.getByRole('article').filter({ hasText: 'Nguyễn Thị Hoa' })
  await expect(slip.getByRole('img', { name: /Hình QR/ })).toBeVisible()
  const code = /([a-z0-9]{4}-){3}[a-z0-9]{4}/.exec(await slip.innerText())?.[0] ?? ''
  await admin.page.screenshot({ path: test.info().outputPath('slips-360.png'), fullPage: true })
  await admin.page.setViewportSize({ width: 1366, height: 768 })
  await admin.page.screenshot({ path: test.info().outputPath('slips-1366.png'), fullPage: true })
  await admin.page.emulateMedia({ media: 'print' })
  await expect(admin.page.getByRole('navigation')).toBeHidden()
  await admin.page.setViewportSize({ width: 794, height: 1123 })
  await admin.page.screenshot({ path: test.info().outputPath('slips-paper.png'), fullPage: true })
  await admin.close()

  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto('/work/first-sign-in')
  await page.getByLabel('Mã trên phiếu').fill(code.toUpperCase())
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByRole('heading', { name: 'Chào Nguyễn Thị Hoa' })).toBeVisible()
  await page.getByLabel('Mật khẩu mới').fill('một câu dài dễ nhớ')
  await page.getByLabel('Nhập lại mật khẩu').fill('một câu dài dễ nhớ')
  await page.getByRole('button', { name: 'Đặt mật khẩu và vào' }).click()
  await page.waitForURL('**/work')
  await expect(page.getByText('Vai trò của bạn đang chờ xác nhận')).toBeVisible()
  await settled(page)
  await context.close()
})
