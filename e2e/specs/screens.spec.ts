import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { enterAs, settled } from '../pages/people.ts'

test.setTimeout(300_000)

/** Screens by who opens them; `null` is a visitor nobody signed in. */
const screens: Record<string, readonly string[]> = {
  visitor: ['/', '/find?q=po%20y', '/sign-in', '/news', '/work/sign-in'],
  lan: ['/', '/appointments', '/record', '/account', '/news'],
  nurse: ['/work', '/work/today', '/work/queue', '/work/hours', '/work/week', '/work/patients', '/work/consults', '/work/outreach'],
  provincialSpecialist: ['/work', '/work/consults'],
  dutyLead: ['/work/roster'],
  unitAdmin: ['/work/units', '/work/network', '/work/units/import'],
  officer: ['/work/reports', '/work/news'],
}

const sizes = [{ width: 360, height: 740 }, { width: 1366, height: 768 }]

async function windowOf(browser: Browser, who: string, size: { width: number; height: number }): Promise<Page> {
  if (who !== 'visitor') return (await enterAs(browser, who, size)).page
  return (await browser.newContext({ viewport: size })).newPage()
}

/** What is wrong with one screen, in words; nothing when it is in order. */
async function faultsOf(page: Page, address: string): Promise<string[]> {
  await page.goto(address)
  await settled(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  const headings = await page.getByRole('heading').count()
  const lost = await page.getByText(/Không có trang này/).count()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return [
    ...(headings === 0 || lost > 0 ? [`${address}: nothing to see`] : []),
    ...(wide > 1 ? [`${address}: ${wide} px wider than the screen`] : []),
    ...grave.map(({ id, nodes }) => `${address}: ${id} at ${nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`),
  ]
}

for (const size of sizes) {
  test(`every screen fits ${size.width} px, is accessible and throws no error`, async ({ browser }) => {
    const faults: string[] = []
    for (const [who, addresses] of Object.entries(screens)) {
      const page = await windowOf(browser, who, size)
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      for (const address of addresses) faults.push(...(await faultsOf(page, address)).map((fault) => `${who} ${fault}`))
      await page.context().close()
    }
    expect(faults).toEqual([])
  })
}

test('every word is there in English too: the switch in the header turns the page over', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'English' }).first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/doctor/i)
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
