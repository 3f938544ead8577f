import { expect, type APIResponse, type Browser, type Page } from '@playwright/test'
import { watchPeers } from './media.ts'

export interface Person {
  page: Page
  close(): Promise<void>
}

/** Waits until nothing is being fetched, but not for ever: a page with a live line is never quite silent. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined)
}

/** How a window differs from the usual one. */
export interface WindowOptions {
  scale?: number
  /** Another server than the one of the test run. */
  baseURL?: string
}

/** A window of its own for one of the cast, entered through the doorway as a newcomer does. */
export async function enterAs(
  browser: Browser,
  key: string,
  size = { width: 1366, height: 768 },
  { scale = 1, baseURL }: WindowOptions = {},
): Promise<Person> {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: scale,
    permissions: ['camera', 'microphone'],
    ...(baseURL !== undefined && { baseURL }),
  })
  const page = await context.newPage()
  await watchPeers(page)
  await page.goto('/')
  const home = await homeOf(page, key)
  const went = page.waitForResponse((response) => response.url().endsWith('/api/demo/enter') && response.ok())
  await page.locator(`[data-cast="${key}"]`).click()
  await went
  // staff change to their own entry of the web: only when it has loaded may a test go elsewhere
  if (home === '/') await expect(page.locator(`[data-cast="${key}"]`)).toBeHidden()
  else await page.waitForURL(`**${home}`, { waitUntil: 'load' })
  await settled(page)
  return { page, close: () => context.close() }
}

/** Where one of the cast arrives: staff in an entry of the web of their own. */
async function homeOf(page: Page, key: string): Promise<string> {
  const cast = await read<{ items: { key: string; home: string }[] }>(page, '/api/demo/cast')
  return cast.items.find((member) => member.key === key)?.home ?? '/'
}

/** A window for a staff account, signed in with the demo's password as in production. */
export async function signInAs(browser: Browser, username: string): Promise<Person> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  await page.goto('/work/sign-in')
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill('moinha-demo-2026')
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
  await page.waitForURL('**/work')
  return { page, close: () => context.close() }
}

/** Reads the product's own API with the cookies of a page. */
export async function read<T>(page: Page, path: string): Promise<T> {
  const reply = await page.request.get(path)
  expect(reply.ok(), `${path} answered ${reply.status()}`).toBe(true)
  return (await reply.json()) as T
}

/** How a page of the product names itself where it writes. */
const ownPage = { 'x-moinha': '1', 'sec-fetch-site': 'same-origin' }

/** Writes through the product's own API with the cookies of a page; whatever the answer. */
export function write(page: Page, method: 'POST' | 'PUT', path: string, data?: object): Promise<APIResponse> {
  return page.request.fetch(path, { method, headers: ownPage, ...(data !== undefined && { data }) })
}
