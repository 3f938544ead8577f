import { expect, test, type Page } from '@playwright/test'
import { dateField, typeDay } from '../pages/date.ts'
import { openInEmergency } from '../pages/emergency.ts'
import { nameHelper, noteConsent } from '../pages/booking-for-others.ts'
import { enterAtDesk, enterOnPhone, lookAt, picture } from './camera.ts'

// After the stories of the main job: an opened record shows on every page of the patient.

const LAN = { fullName: 'Y Lan', birthDate: '8/3/1996', phone: '0590000001' }
const DUC = { name: 'Trần Minh Đức', phone: '0590000002' }

test('who acts: a family member with a record', async ({ browser }) => {
  const citizen = await enterOnPhone(browser, 'lan')
  await citizen.goto('/account')
  await citizen.getByRole('button', { name: 'Thêm người thân' }).click()
  await citizen.getByRole('radio', { name: /^Đã có hồ sơ/ }).check()
  await picture(citizen, 'family-phone')

  const nurse = await enterAtDesk(browser, 'nurse')
  await openPatient(nurse)
  const guardians = nurse
    .locator('section')
    .filter({ has: nurse.getByRole('heading', { name: 'Người thay mặt', exact: true }) })
  await guardians.getByRole('button', { name: 'Thêm', exact: true }).click()
  await nurse.getByLabel('Số điện thoại của người thay mặt').fill(DUC.phone)
  await nurse.getByLabel('Mã người thay mặt đọc').fill('408215')
  await nurse.getByLabel('Giấy tờ đã xem').selectOption('authorisation')
  await nurse.getByRole('checkbox', { name: /Đã hỏi người bệnh/ }).check()
  await picture(nurse, 'link-desktop')
})

async function openPatient(page: Page): Promise<void> {
  await page.goto('/work/patients')
  await page.getByRole('searchbox').fill(LAN.fullName)
  await page
    .getByRole('link', { name: new RegExp(LAN.fullName) })
    .first()
    .click()
  await page.waitForURL(/\/work\/patients\/[0-9a-f-]{36}/)
}

test('who acts: a helper on market day', async ({ browser }) => {
  const nurse = await enterAtDesk(browser, 'nurse')
  await nameHelper(nurse, DUC)
  await noteConsent(nurse, LAN.fullName)
  const helper = await enterOnPhone(browser, 'duc')
  await helper.goto('/help')
  await helper
    .getByRole('group', { name: /^Chọn giờ/ })
    .getByRole('button')
    .last()
    .click()
  await helper.getByLabel(/Số điện thoại, số căn cước/).fill(LAN.phone)
  await typeDay(dateField(helper, 'Ngày sinh của người bệnh'), LAN.birthDate)
  await lookAt(helper, 'Đặt cho ai?')
  await picture(helper, 'help-phone')
})

test('who acts: an emergency, judged; the access log', async ({ browser }) => {
  const foreign = await enterAtDesk(browser, 'foreignNurse')
  await openInEmergency(foreign, { ...LAN, reason: 'Bất tỉnh ở chợ Bồng Sơn, cần biết thuốc đang dùng' })
  const doctor = await enterAtDesk(browser, 'stationDoctor')
  await doctor.goto('/work/emergency-openings')
  await expect(doctor.getByRole('button', { name: 'Xét', exact: true })).toBeVisible()
  await picture(doctor, 'openings-desktop')
  const admin = await enterAtDesk(browser, 'unitAdmin')
  await admin.goto('/work/access-log')
  await expect(admin.getByRole('table')).toBeVisible()
  const verified = admin.getByText('Nhật ký nguyên vẹn')
  if (!(await verified.isVisible())) await admin.getByRole('button', { name: 'Kiểm tra toàn bộ' }).click()
  await expect(verified).toBeVisible({ timeout: 60_000 })
  await picture(admin, 'access-log-desktop')
})
