import { expect, type Browser, type CDPSession, type Page } from '@playwright/test'
import type { Heard, LivekitPage, Moment } from './page.ts'

declare global {
  interface Window {
    livekitPage: LivekitPage
  }
}

/** Emulation acts on WebRTC only where it was on before the first connection was made: it begins mild. */
export const MILD = {
  offline: false,
  latency: 1,
  downloadThroughput: 2_500_000,
  uploadThroughput: 2_500_000,
  packetLoss: 0,
}
export const CUT = { ...MILD, offline: true, packetLoss: 100 }

/** Somebody on a bare page, and the network under it. */
export interface Caller {
  page: Page
  network: CDPSession
}

/** Enters the visit at this address, on a network that may be changed later. */
export async function call(browser: Browser, at: { url: string; visit: string }, person: string): Promise<Caller> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  await page.goto(`${at.url}/?${new URLSearchParams({ ...at, person }).toString()}`)
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', MILD)
  expect(await page.evaluate(() => window.livekitPage.join())).toBe('inside')
  return { page, network }
}

export const heard = (page: Page): Promise<Record<string, Heard>> => page.evaluate(() => window.livekitPage.heard())
export const history = (page: Page): Promise<Moment[]> => page.evaluate(() => window.livekitPage.history())

/** Waits until sound of every other arrives at every page; answers when (epoch, ms). */
export async function voicesOn(pages: readonly Page[], limitMs = 30_000): Promise<number> {
  const until = Date.now() + limitMs
  let before = await Promise.all(pages.map(heard))
  for (;;) {
    await pages[0]?.waitForTimeout(200)
    const now = await Promise.all(pages.map(heard))
    const all = now.every((voices, at) => {
      const grown = Object.entries(voices).filter(([who, { packets }]) => packets > (before[at]?.[who]?.packets ?? 0))
      return grown.length === pages.length - 1
    })
    if (all) return Date.now()
    before = now
    if (Date.now() > until) throw new Error(`no sound within ${limitMs} ms: ${JSON.stringify(now)}`)
  }
}
