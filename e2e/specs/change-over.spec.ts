import { expect, type Page, test } from '@playwright/test'
import { settled } from '../pages/people.ts'

const nurse = { username: 'nurse.poy', name: 'Nàng Phương', pin: '4071', patient: 'Y Nháp Của Điều Dưỡng' }
const doctor = { username: 'doctor.poy', pin: '290518', patient: 'A Nháp Của Bác Sĩ' }
const form = '/work/patients/new'

async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill('moinha-demo-2026')
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await page.waitForURL('**/work')
}

const begin = (page: Page) => page.getByRole('button', { name: 'Đổi người', exact: true }).click()

async function setPin(page: Page, pin: string): Promise<void> {
  await begin(page)
  await page.getByLabel('Mã PIN của tôi').fill(pin)
  await page.getByLabel('Nhập lại mã PIN').fill(pin)
  await shots(page, 'own-pin')
  await page.getByRole('button', { name: 'Đặt mã PIN' }).click()
}

/** Gives the browser to the one other person of the day; answers how many taps and keys it took. */
async function changeOver(page: Page, pin: string): Promise<number> {
  await begin(page)
  await page.getByLabel(/^Mã PIN của/).waitFor()
  for (const digit of pin) await page.keyboard.press(digit)
  await page.keyboard.press('Enter')
  await page.waitForEvent('load')
  await settled(page)
  return 1 + pin.length + 1
}

const typed = (page: Page) => page.getByLabel('Họ và tên').first()

/** Both sizes of every step, to be looked at. */
async function shots(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}-1366.png`) })
  await page.setViewportSize({ width: 360, height: 740 })
  await page.screenshot({ path: test.info().outputPath(`${name}-360.png`) })
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('two at one PC change over in a few keys; each finds their own unfinished writing, neither the other’s', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto('/work/sign-in')
  await signIn(page, nurse.username)
  await page.goto(form)
  await typed(page).fill(nurse.patient)
  await setPin(page, nurse.pin)
  await shots(page, 'nobody-yet')

  // the doctor comes for the first time today: a full sign-in, while the nurse's page waits for her
  await page.getByRole('button', { name: 'Người khác đăng nhập' }).click()
  await page.waitForURL('**/work/sign-in')
  await expect(page.getByRole('button', { name: nurse.name })).toBeVisible()
  await shots(page, 'sign-in')
  await signIn(page, doctor.username)
  await page.goto(form)
  await expect(typed(page)).toHaveValue('')
  await typed(page).fill(doctor.patient)
  await setPin(page, doctor.pin)
  await expect(page.getByLabel(`Mã PIN của ${nurse.name}`)).toBeVisible()
  await shots(page, 'pin')
  await page.keyboard.press('Escape')

  // a second page of the doctor's
  const beside = await context.newPage()
  await beside.goto(form)
  await typed(beside).fill(doctor.patient)

  expect(await changeOver(page, nurse.pin)).toBe(6)
  await expect(page).toHaveURL(new RegExp(`${form}$`))
  await expect(typed(page)).toHaveValue(nurse.patient)
  await expect(page.getByText(nurse.name).first()).toBeVisible()
  // what waits for the doctor cannot be read here
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }))
  expect(kept).toContain('moinha.aside')
  expect(kept).not.toContain('Nháp')
  // the page beside follows, without what the doctor had typed
  await expect(beside.getByText(nurse.name).first()).toBeVisible()
  await beside.goto(form)
  await expect(typed(beside)).toHaveValue('')
  await beside.close()

  // a wrong PIN changes nothing, and nothing typed is lost
  await begin(page)
  await page.getByLabel(/^Mã PIN của/).fill('7777')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Còn 4 lần thử')).toBeVisible()
  await shots(page, 'wrong-pin')
  await page.keyboard.press('Escape')
  await expect(typed(page)).toHaveValue(nurse.patient)

  expect(await changeOver(page, doctor.pin)).toBe(8)
  await expect(typed(page)).toHaveValue(doctor.patient)
  expect(await changeOver(page, nurse.pin)).toBe(6)
  await expect(typed(page)).toHaveValue(nurse.patient)
  await context.close()
})

test('an administrator is told that no PIN opens the account', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto('/work/sign-in')
  await signIn(page, 'admin.ngochoi')
  await begin(page)
  await expect(page.getByText('chỉ mở bằng đăng nhập đầy đủ')).toBeVisible()
  await shots(page, 'administrator')
  await context.close()
})
