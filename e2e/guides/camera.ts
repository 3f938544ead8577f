import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Browser, type Page } from '@playwright/test'
import { enterAs } from '../pages/people.ts'
import { drawnCamera } from './drawn-camera.ts'

const pictures = fileURLToPath(new URL('../../docs/guides/pictures', import.meta.url))

export const phone = { width: 360, height: 740 }
/** Sharp enough on paper, and still small to load. */
const PHONE_SCALE = 1.5
const SETTLE_MS = 600

export async function enterOnPhone(browser: Browser, key: string): Promise<Page> {
  const { page } = await enterAs(browser, key, phone, { scale: PHONE_SCALE })
  await page.addInitScript(drawnCamera, key)
  await page.reload()
  return page
}

/** Staff land on their first page by themselves; going elsewhere before that would be two journeys at once. */
export async function enterAtDesk(browser: Browser, key: string): Promise<Page> {
  const { page } = await enterAs(browser, key)
  await page.waitForURL('**/work', { waitUntil: 'networkidle' })
  await page.addInitScript(drawnCamera, key)
  await page.reload()
  return page
}

/** A window for somebody who has not signed in. */
export async function visitor(browser: Browser, onPhone: boolean): Promise<Page> {
  const context = await browser.newContext(
    onPhone ? { viewport: phone, deviceScaleFactor: PHONE_SCALE } : { viewport: { width: 1366, height: 768 } },
  )
  return context.newPage()
}

/** One picture of what stands on the screen, once it has stopped moving. */
export async function picture(page: Page, name: string): Promise<void> {
  await page
    .locator('[aria-busy="true"], [data-skeleton]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(SETTLE_MS)
  await page.screenshot({ path: join(pictures, `${name}.png`), caret: 'hide', animations: 'disabled' })
}

/** Who came in is said for a few seconds over the picture. */
export const untilQuiet = (page: Page): Promise<void> =>
  expect(page.getByText(/ đã vào$/)).toBeHidden({ timeout: 20_000 })

/** Brings a part of the page under the header, where the eye begins. */
export async function lookAt(page: Page, text: string | RegExp): Promise<void> {
  await page
    .getByText(text)
    .first()
    .evaluate((element) => {
      window.scrollTo({ top: window.scrollY + element.getBoundingClientRect().top - 90, behavior: 'instant' })
    })
}
