import { expect, test } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import config from '../playwright.config.ts'
import { startBareCalls } from '../call-livekit/bare-calls.ts'
import { call, voicesOn } from '../call-livekit/callers.ts'
import { MediaNode } from '../../apps/server/src/platform/testing/media-node.ts'

const usual = config.use?.launchOptions
test.use({
  launchOptions: {
    ...usual,
    // the browser sends no UDP at all, as behind a wall that lets none out
    args: [
      ...(usual?.args ?? []),
      '--webrtc-ip-handling-policy=disable_non_proxied_udp',
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    ],
  },
})

test('where no UDP passes, voices go both ways over TCP', async ({ browser }) => {
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
    for (const page of pages) await page.context().close()
  } finally {
    await calls.stop()
    await node.kill()
  }
})
