import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { openInEmergency } from '../pages/emergency.ts'
import { nameHelper } from '../pages/booking-for-others.ts'
import { enterAs, settled } from '../pages/people.ts'

test.setTimeout(300_000)

/** A form that opens on a screen: its name, and the presses that lead to it. */
interface Form {
  at: string
  form: string
  open: (page: Page) => Promise<unknown>
}
type Screen = string | Form

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const choose = (page: Page, name: string | RegExp) => page.getByRole('radio', { name }).first().check()

/** The demo's own people, see demo-cast.ts of identity. */
const LAN = { fullName: 'Y Lan', birthDate: '8/3/1996', reason: 'Bất tỉnh ở chợ, cần biết thuốc đang dùng' }
const DUC = { name: 'Trần Minh Đức', phone: '0590000002' }

async function openPatient(page: Page): Promise<void> {
  await page.getByRole('searchbox').fill(LAN.fullName)
  await page
    .getByRole('link', { name: new RegExp(LAN.fullName) })
    .first()
    .click()
  await page.waitForURL(/\/work\/patients\/[0-9a-f-]{36}/)
}

/** The card that says who acts for the patient. */
const guardiansOf = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'Người thay mặt', exact: true }) })

const family: Form[] = [
  {
    at: '/account',
    form: 'family-known',
    open: async (page) => {
      await press(page, 'Thêm người thân')
      await choose(page, /^Đã có hồ sơ/)
    },
  },
  {
    at: '/account',
    form: 'family-new',
    open: async (page) => {
      await press(page, 'Thêm người thân')
      await choose(page, /^Chưa có hồ sơ/)
    },
  },
  {
    at: '/account',
    form: 'station-code',
    open: async (page) => {
      await press(page, 'Mã đọc tại trạm')
      await press(page, 'Lấy mã')
    },
  },
]

const stationForms: Form[] = [
  { at: '/work/helpers', form: 'name-helper', open: (page) => press(page, 'Cử người đặt giúp') },
  {
    at: '/work/patients',
    form: 'patient-guardians',
    open: async (page) => {
      await openPatient(page)
      await guardiansOf(page).scrollIntoViewIfNeeded()
    },
  },
  {
    at: '/work/patients',
    form: 'link-guardian',
    open: async (page) => {
      await openPatient(page)
      await guardiansOf(page).getByRole('button', { name: 'Thêm', exact: true }).click()
    },
  },
]

const judging: Form = { at: '/work/emergency-openings', form: 'judge', open: (page) => press(page, 'Xét') }

/** Screens by who opens them; a visitor is somebody nobody signed in. */
const screens: Record<string, readonly Screen[]> = {
  visitor: ['/', '/find?q=po%20y', '/sign-in', '/news', '/work/sign-in'],
  lan: ['/', '/appointments', '/record', '/account', '/news', '/help', ...family],
  duc: ['/help'],
  nurse: [
    '/work',
    '/work/today',
    '/work/queue',
    '/work/hours',
    '/work/week',
    '/work/patients',
    '/work/consults',
    '/work/outreach',
    '/work/helpers',
    '/work/patients/emergency',
    ...stationForms,
  ],
  stationDoctor: ['/work/emergency-openings', '/work/emergency-openings?state=all', judging],
  provincialSpecialist: ['/work', '/work/consults'],
  dutyLead: ['/work/roster'],
  unitAdmin: ['/work/units', '/work/network', '/work/units/import', '/work/access-log'],
  officer: ['/work/reports', '/work/news'],
  systemAdmin: ['/work/operations', '/work/operations?list=jobs'],
}

const sizes = [
  { width: 360, height: 740 },
  { width: 1366, height: 768 },
]

async function windowOf(browser: Browser, who: string, size: { width: number; height: number }): Promise<Page> {
  if (who !== 'visitor') return (await enterAs(browser, who, size)).page
  return (await browser.newContext({ viewport: size })).newPage()
}

/** Something is on the pages that show what others did: a helper was named, a record was opened in an emergency. */
test.beforeAll(async ({ browser }) => {
  const nurse = await enterAs(browser, 'nurse')
  await nameHelper(nurse.page, DUC)
  const foreign = await enterAs(browser, 'foreignNurse')
  await openInEmergency(foreign.page, LAN)
  for (const person of [nurse, foreign]) await person.close()
})

const nameOf = (screen: Screen): string => (typeof screen === 'string' ? screen : `${screen.at} ${screen.form}`)

/** What is wrong with one screen, in words; nothing when it is in order. */
async function faultsOf(page: Page, screen: Screen): Promise<string[]> {
  const name = nameOf(screen)
  await page.goto(typeof screen === 'string' ? screen : screen.at)
  if (typeof screen !== 'string') await screen.open(page)
  await settled(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  const headings = await page.getByRole('heading').count()
  const lost = await page.getByText(/Không có trang này/).count()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return [
    ...(headings === 0 || lost > 0 ? [`${name}: nothing to see`] : []),
    ...(wide > 1 ? [`${name}: ${wide} px wider than the screen`] : []),
    ...grave.map(({ id, nodes }) => `${name}: ${id} at ${whereOf(nodes)}`),
  ]
}

const whereOf = (nodes: readonly { target: readonly unknown[] }[]): string =>
  nodes
    .map(({ target }) => target.join(' '))
    .slice(0, 3)
    .join(', ')

/** For whoever wants to look at what was checked. */
async function keep(page: Page, who: string, screen: Screen): Promise<void> {
  const name = `${who} ${nameOf(screen)}`.replace(/[^a-z0-9]+/gi, '-')
  const width = page.viewportSize()?.width ?? 0
  await page.screenshot({ path: `test-results/screens/${name}-${width}.png`, fullPage: typeof screen === 'string' })
}

for (const size of sizes) {
  test(`every screen fits ${size.width} px, is accessible and throws no error`, async ({ browser }) => {
    const faults: string[] = []
    for (const [who, list] of Object.entries(screens)) {
      const page = await windowOf(browser, who, size)
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      for (const screen of list) {
        faults.push(...(await faultsOf(page, screen)).map((fault) => `${who} ${fault}`))
        await keep(page, who, screen)
      }
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
