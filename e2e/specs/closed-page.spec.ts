import { expect, test, type Page } from '@playwright/test'
import { enterAs, signInAs } from '../pages/people.ts'

const PHONE = { width: 360, height: 740 }
/** Open pages of one person; the next one shows the oldest out. */
const PAGES_ALLOWED = 12

/** Whether the live line of a page stands is shown nowhere; a page that has loaded and is quiet has it. */
async function another(page: Page, address: string): Promise<Page> {
  const made = await page.context().newPage()
  await made.goto(address)
  await made.waitForLoadState('networkidle')
  return made
}

test('one page too many: the oldest says why it stands still, and one press brings it back', async ({ browser }) => {
  const duc = await enterAs(browser, 'duc', PHONE)
  const others: Page[] = []
  for (let n = 0; n < PAGES_ALLOWED; n++) others.push(await another(duc.page, '/account'))
  await expect(duc.page.getByText(/đang mở quá nhiều trang/)).toBeVisible()
  await duc.page.screenshot({ path: 'test-results/closed-pages-360.png' })
  await others[0]?.close()
  await duc.page.getByRole('button', { name: 'Mở lại trang này' }).click()
  await expect(duc.page.getByText(/đang mở quá nhiều trang/)).toBeHidden()
  await duc.close()
})

test('a sign-in ended elsewhere: both entries say why and lead to signing in', async ({ browser }) => {
  const nurse = await signInAs(browser, 'nurse.poy')
  const elsewhere = await another(nurse.page, '/work/patients')
  await nurse.page.getByRole('button', { name: 'Đăng xuất' }).click()
  await elsewhere.waitForURL('**/work/sign-in**')
  await expect(elsewhere.getByText(/phiên đăng nhập đã hết/)).toBeVisible()
  await elsewhere.setViewportSize({ width: 1366, height: 768 })
  await elsewhere.screenshot({ path: 'test-results/closed-session-staff-1366.png' })
  await nurse.close()

  const lan = await enterAs(browser, 'lan', PHONE)
  const open = await another(lan.page, '/find?q=po%20y')
  await lan.page.goto('/account')
  await lan.page.getByRole('button', { name: 'Đăng xuất' }).first().click()
  await expect(open.getByText(/phiên đăng nhập đã hết/)).toBeVisible()
  await open.screenshot({ path: 'test-results/closed-session-citizen-360.png' })
  await open.getByRole('link', { name: 'Đăng nhập lại' }).click()
  await open.waitForURL('**/sign-in?next=**')
  await lan.close()
})
