import { expect, test, type Page } from '@playwright/test'
import { read } from '../pages/people.ts'
import { enterAtDesk, picture } from './camera.ts'

async function show(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await picture(page, name)
}

test('roster', async ({ browser }) => {
  const lead = await enterAtDesk(browser, 'dutyLead')
  await show(lead, '/work/roster', 'roster-desktop')
})

test('units, staff, network, import', async ({ browser }) => {
  const admin = await enterAtDesk(browser, 'unitAdmin')
  await show(admin, '/work/units', 'units-desktop')
  await show(admin, '/work/network', 'network-desktop')
  const found = await read<{ items: { id: string; key: string }[] }>(admin, '/api/facilities/search?q=ngoc%20hoi')
  const hospital = found.items.find((unit) => unit.key === 'kt-bvdkkv-ngoc-hoi')?.id ?? ''
  await show(admin, `/work/units/${hospital}/staff`, 'staff-desktop')

  // A file with one cell gone wrong, as it comes back from a station.
  const sheet = await (await admin.request.get(`/api/facilities/${hospital}/export?format=csv&sheet=units`)).text()
  const wrong = sheet.replace('commune_station', 'tram_xa').replace(/\d{4}-\d{2}-\d{2}/, '31/02/2025')
  await admin.goto('/work/units/import')
  await admin
    .locator('input[type=file]')
    .setInputFiles({ name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) })
  await expect(admin.getByRole('table')).toBeVisible()
  await picture(admin, 'import-desktop')
})

test('reports and news', async ({ browser }) => {
  const officer = await enterAtDesk(browser, 'officer')
  await officer.goto('/work/reports')
  const numbers = officer.getByRole('button', { name: /Xem các lượt của dòng/ })
  await expect(numbers.first()).toBeVisible()
  await picture(officer, 'annex-desktop')
  await numbers.first().click()
  await expect(officer.getByText('Từng lượt')).toBeVisible()
  await picture(officer, 'annex-rows-desktop')

  await officer.goto('/work/news/new')
  await officer.getByRole('searchbox').fill('po y')
  await officer.getByText('Trạm Y tế xã Pờ Y').click()
  await expect(officer.getByRole('button', { name: 'Chọn nơi khác' })).toBeVisible()
  await officer.getByLabel('Tiêu đề', { exact: true }).fill('Mưa nhiều: lật úp chum vại, diệt lăng quăng')
  await officer
    .getByLabel('Nội dung', { exact: true })
    .fill(
      'Muỗi vằn đẻ trong nước đọng quanh nhà và truyền sốt xuất huyết.\n\nMỗi tuần một lần, xin lật úp chum vại, lốp xe, gáo dừa. Sốt cao quá hai ngày: đến trạm hoặc đặt lịch tư vấn.',
    )
  await picture(officer, 'news-admin-desktop')
})
