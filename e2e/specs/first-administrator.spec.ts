import { expect, test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { totpCode } from '../pages/totp.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const password = 'một câu dài dễ nhớ'

/** The command at a terminal, on the installation this run serves. */
function admin(...args: string[]): string {
  const { DATABASE_URL: _outside, ...rest } = process.env
  const env = { ...rest, DATA_DIR: process.env.E2E_DATA_DIR, PUBLIC_URL: process.env.BASE_URL }
  return execFileSync('node_modules/.bin/node', ['apps/server/src/admin.ts', ...args], { cwd: root, env }).toString()
}

test('from the command’s link to the first page: own password, QR and key, spare codes, then signing in again', async ({
  browser,
}) => {
  test.skip(!process.env.E2E_DATA_DIR, 'needs the server of this run')
  const said = admin('create', '--name', 'Y Thuần', '--username', 'y.thuan', '--unit', 'Sở Y tế Quảng Ngãi')
  const link = /https?:\S+/.exec(said)?.[0] ?? ''
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Chào Y Thuần' })).toBeVisible()
  expect(page.url(), 'the code leaves the address').not.toContain('#')
  await page.getByLabel('Mật khẩu mới').fill(password)
  await page.getByLabel('Nhập lại mật khẩu').fill(password)
  await page.getByRole('button', { name: 'Đặt mật khẩu và vào' }).click()
  await page.getByRole('button', { name: 'Bắt đầu' }).click()
  await expect(page.getByRole('img', { name: /Hình QR/ })).toBeVisible()
  const secret = (await page.locator('code').innerText()).replace(/\s/g, '')
  await page.screenshot({ path: test.info().outputPath('enrol-360.png'), fullPage: true })
  await page.getByLabel('Mã 6 số trong ứng dụng').fill(totpCode(secret))
  await page.getByRole('button', { name: 'Xong' }).click()
  await page.waitForURL('**/work')
  await expect(page.getByRole('heading', { name: 'Chào Y Thuần' })).toBeVisible()
  await context.clearCookies()
  await page.goto(link)
  await expect(page.getByText('Mã không đúng, đã dùng hoặc đã hết hạn.')).toBeVisible()
  await context.close()
})
