import { expect, test } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import config from '../playwright.config.ts'
import { startBareCalls } from '../call-livekit/bare-calls.ts'
import { call, heard, MILD, voicesOn } from '../call-livekit/callers.ts'
import { MediaNode } from '../../apps/server/src/platform/testing/media-node.ts'

/** The browser sends no UDP at all, as behind a wall that lets none out. */
const NO_UDP = [
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
]

/** Half a second of small packets may wait before the thin place. */
const THIN = {
  ...MILD,
  latency: 100,
  downloadThroughput: 40_000 / 8,
  uploadThroughput: 40_000 / 8,
  packetQueueLength: 20,
}

test('on 40 kbit/s the pictures go and the voices stay whole, both ways', async ({ browser }) => {
  const node = await MediaNode.start()
  const calls = await startBareCalls([node])
  try {
    const at = { url: calls.url, visit: randomUUID() }
    const [lan, nurse] = [await call(browser, at, 'lan'), await call(browser, at, 'nurse')]
    await voicesOn([lan.page, nurse.page])
    await lan.network.send('Network.emulateNetworkConditions', THIN)
    await expect
      .poll(() => lan.page.evaluate(() => window.livekitPage.pictures()), { timeout: 20_000 })
      .toEqual(['off', 'off'])
    // what was under way drains; the next picture is tried half a minute after
    await lan.page.waitForTimeout(6_000)
    const before = [await heard(lan.page), await heard(nurse.page)]
    await lan.page.waitForTimeout(8_000)
    const after = [await heard(lan.page), await heard(nurse.page)]
    for (const [which, who] of ['nurse', 'lan'].entries()) {
      const [then, now] = [before[which]?.[who], after[which]?.[who]]
      if (then === undefined || now === undefined) throw new Error(`${who} is not heard`)
      expect(now.samples).toBeGreaterThan(then.samples)
      expect(now.audioEnergy).toBeGreaterThan(then.audioEnergy)
      expect((now.concealed - then.concealed) / (now.samples - then.samples), who).toBeLessThan(0.05)
    }
    for (const { page } of [lan, nurse]) await page.context().close()
  } finally {
    await calls.stop()
    await node.kill()
  }
})

test('where no UDP passes, voices go both ways over TCP', async ({ playwright }) => {
  const usual = config.use?.launchOptions
  const browser = await playwright.chromium.launch({ ...usual, args: [...(usual?.args ?? []), ...NO_UDP] })
  const node = await MediaNode.start()
  const calls = await startBareCalls([node])
  try {
    const at = { url: calls.url, visit: randomUUID() }
    const people = [await call(browser, at, 'lan'), await call(browser, at, 'nurse')]
    const pages = people.map(({ page }) => page)
    await voicesOn(pages)
    const paths = await Promise.all(pages.map((page) => page.evaluate(() => window.livekitPage.paths())))
    expect(paths.flat().length).toBeGreaterThanOrEqual(2)
    for (const path of paths.flat()) expect(path).toMatch(/^(host|prflx|srflx) tcp$/)
  } finally {
    await browser.close()
    await calls.stop()
    await node.kill()
  }
})
