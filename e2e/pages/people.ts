import { expect, type Browser, type Page } from '@playwright/test'
import { watchPeers } from './media.ts'

export interface Person {
  page: Page
  close(): Promise<void>
}

/** A window of its own for one of the cast, entered through the doorway as a newcomer does. */
export async function enterAs(browser: Browser, key: string, size = { width: 1366, height: 768 }, scale = 1): Promise<Person> {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: scale, permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  await watchPeers(page)
  await page.goto('/')
  const went = page.waitForResponse((response) => response.url().endsWith('/api/demo/enter') && response.ok())
  await page.locator(`[data-cast="${key}"]`).click()
  await went
  await expect(page.locator(`[data-cast="${key}"]`)).toBeHidden()
  await page.waitForLoadState('networkidle')
  return { page, close: () => context.close() }
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
