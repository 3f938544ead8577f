import { expect, test, type Locator, type Page } from '@playwright/test'
import { bookWithNurse } from '../pages/booking.ts'
import { acceptFromRing, askUpperLevel } from '../pages/consult.ts'
import { dateField, typeDay } from '../pages/date.ts'
import { enterAs, settled } from '../pages/people.ts'
import { confirmAndStart } from '../pages/station.ts'

test.setTimeout(300_000)

const PHONE = { width: 360, height: 740 }
const LAPTOP = { width: 1366, height: 768 }

/** Date and time inputs on the page whose value or hint does not fit in, by their label. */
const cutFields = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const ruler = document.createElement('canvas').getContext('2d')
    return [...document.querySelectorAll<HTMLInputElement>('input[inputmode="numeric"][placeholder]')]
      .filter((input) => input.offsetWidth > 0)
      .filter((input) => {
        const style = getComputedStyle(input)
        const hint = getComputedStyle(input, '::placeholder')
        if (ruler) ruler.font = `${hint.fontSize} ${hint.fontFamily}`
        const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
        const hintWidth = ruler?.measureText(input.placeholder).width ?? 0
        return input.scrollWidth > input.clientWidth || hintWidth > room
      })
      .map((input) => `${location.pathname}: ${input.labels?.[0]?.textContent ?? input.id} (${input.clientWidth} px)`)
  })

async function expectNothingCut(page: Page, name: string, look?: Locator): Promise<void> {
  for (const size of [PHONE, LAPTOP]) {
    await page.setViewportSize(size)
    await look?.scrollIntoViewIfNeeded()
    await page.waitForTimeout(400) // the menu slides away
    expect(await cutFields(page), `${name} at ${size.width} px`).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide, `${name} at ${size.width} px is wider than the screen`).toBeLessThanOrEqual(1)
    await page.screenshot({ path: `test-results/layout-${name}-${size.width}.png` })
  }
}

test('a remote encounter: the ways in are in sight, no date is cut, a correction passes the gate', async ({
  browser,
}) => {
  const lan = await enterAs(browser, 'lan', PHONE)
  const nurse = await enterAs(browser, 'nurse', LAPTOP)
  const reason = 'Nhức đầu khi dậy sớm'
  const booked = await bookWithNurse(lan.page, reason)
  await confirmAndStart(nurse.page, { ...booked, reason })
  const encounter = nurse.page.url()
  const inSight = (page: Page): Locator => page.getByRole('button', { name: 'Vào có hình' })
  await expect(inSight(nurse.page)).toBeInViewport({ ratio: 1 })
  await nurse.page.screenshot({ path: 'test-results/layout-encounter-1366.png' })

  // half a date waits without an alarm
  const next = dateField(nurse.page, /Hẹn khám lại/)
  await next.pressSequentially('03/08')
  await expect(nurse.page.getByRole('status').filter({ hasText: 'Chưa lưu' })).toBeVisible()
  await nurse.page.waitForTimeout(2000)
  await expect(nurse.page.getByText('Chưa gửi được')).toBeHidden()
  await typeDay(next, '03/08/2027')
  await expect(nurse.page.getByText(/^Đã lưu/)).toBeVisible()
  await expectNothingCut(nurse.page, 'next-appointment', next)

  const specialist = await enterAs(browser, 'provincialSpecialist', LAPTOP)
  await askUpperLevel(nurse.page, { specialty: 'Tim mạch', question: 'Có cần đổi thuốc không?' })
  await acceptFromRing(specialist.page)
  await expect(inSight(specialist.page)).toBeInViewport({ ratio: 1 })
  await specialist.page.screenshot({ path: 'test-results/layout-consult-1366.png' })
  await specialist.page.getByRole('button', { name: 'Lập biên bản' }).click()
  const told = specialist.page.getByRole('group', { name: 'Báo người bệnh lúc' })
  await expectNothingCut(specialist.page, 'minutes', told)

  await nurse.page.goto(encounter)
  await finishWithAdvice(nurse.page)
  await correctDiagnosis(nurse.page)
  for (const person of [lan, nurse, specialist]) await person.close()
})

async function finishWithAdvice(page: Page): Promise<void> {
  await page.getByLabel('Kết luận').fill('Theo dõi huyết áp')
  await page.getByRole('button', { name: 'Kết thúc khám' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Tư vấn/ }).check()
  await dialog.getByRole('button', { name: 'Kết thúc và khóa' }).click()
  await expect(dialog).toBeHidden()
}

/** First what the gate refuses: it says so in place and nothing typed is lost. Then what passes. */
async function correctDiagnosis(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Đính chính' }).click()
  const dialog = page.getByRole('dialog', { name: 'Đính chính lượt khám' })
  const save = dialog.getByRole('button', { name: 'Lưu bản đính chính' })
  await dialog
    .getByRole('combobox', { name: /Chẩn đoán chính|Thêm bệnh/ })
    .first()
    .fill('I10')
  await dialog.getByRole('option', { name: /^I10/ }).first().click()
  await dialog.getByRole('checkbox', { name: 'Đã hỏi hoặc chuyển tuyến trên' }).check()
  await dialog.getByLabel('Kết luận').fill('')
  await dialog.getByLabel('Lý do đính chính').fill('Ghi thiếu chẩn đoán')
  await save.click()
  await expect(dialog.getByText('Còn thiếu kết luận hoặc chẩn đoán chính')).toBeVisible()
  await expect(dialog.getByText('Còn thiếu kết luận hoặc chẩn đoán chính')).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByText(/I10/).first()).toBeVisible()
  for (const size of [PHONE, LAPTOP]) {
    await page.setViewportSize(size)
    await dialog.getByRole('heading', { name: 'Chẩn đoán' }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: `test-results/layout-correct-${size.width}.png` })
    await dialog.getByText('Còn thiếu kết luận hoặc chẩn đoán chính').scrollIntoViewIfNeeded()
    await page.screenshot({ path: `test-results/layout-refused-${size.width}.png` })
  }
  await dialog.getByLabel('Kết luận').fill('Tăng huyết áp, theo dõi tại trạm')
  await save.click()
  await expect(dialog).toBeHidden()
  await settled(page)
  await expect(page.getByText(/I10/).first()).toBeVisible()
}

test('no date or time field is cut on the pages and dialogs that have one', async ({ browser }) => {
  const pages: Record<string, readonly string[]> = {
    nurse: ['/work/today', '/work/outreach', '/work/patients/new', '/work/patients/emergency'],
    unitAdmin: ['/work/access-log', '/work/units'],
    officer: ['/work/news/new', '/work/reports'],
  }
  for (const [who, addresses] of Object.entries(pages)) {
    const { page, close } = await enterAs(browser, who, LAPTOP)
    for (const address of addresses) {
      await page.goto(address)
      await settled(page)
      await expectNothingCut(page, `${who}${address.replaceAll('/', '-')}`)
    }
    await close()
  }
})

test('no date or time field is cut in dialogs', async ({ browser }) => {
  const dialogs = [
    ['nurse', '/work/helpers', 'Cử người đặt giúp'],
    ['dutyLead', '/work/roster', /Thêm ca|Xếp ca/],
    ['nurse', '/work/hours', /Thêm|Mở/],
    ['lan', '/account', 'Thêm người thân'],
  ] as const
  for (const [who, address, button] of dialogs) {
    const { page, close } = await enterAs(browser, who, LAPTOP)
    await page.goto(address)
    await settled(page)
    await page.getByRole('main').getByRole('button', { name: button }).first().click()
    await page.getByRole('dialog').first().waitFor()
    const known = page.getByRole('radio', { name: /^Chưa có hồ sơ/ })
    if (await known.isVisible()) await known.check()
    await expectNothingCut(page, `dialog-${address.replaceAll('/', '-')}`)
    await close()
  }
})
