import { expect, test, type Browser } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { GRACE_MS } from '../../apps/web/src/modules/calls/link/presence.ts'
import { startBareCalls } from '../call-livekit/bare-calls.ts'
import { call, CUT, history, MILD, voicesOn } from '../call-livekit/callers.ts'
import { MediaNode } from '../../apps/server/src/platform/testing/media-node.ts'
import type { Moment } from '../call-livekit/page.ts'
import type { Signalling } from '../call-mesh/signalling.ts'

let node: MediaNode
let calls: Signalling
test.beforeAll(async () => {
  node = await MediaNode.start()
  calls = await startBareCalls([node])
})
test.afterAll(async () => {
  await calls.stop()
  await node.kill()
})
test.afterEach(async ({ browser }) => {
  for (const context of browser.contexts()) await context.close()
})

async function two(browser: Browser) {
  const at = { url: calls.url, visit: randomUUID() }
  return [await call(browser, at, 'lan'), await call(browser, at, 'nurse')] as const
}

const firstAfter = (moments: readonly Moment[], what: string, at: number): number | undefined =>
  moments.find((moment) => moment.at >= at && moment.what === what)?.at

test('the media server is killed and started again: voice is back within ten seconds, told by nobody', async ({
  browser,
}) => {
  const [lan, nurse] = await two(browser)
  const pages = [lan.page, nurse.page]
  await voicesOn(pages)
  await lan.page.waitForTimeout(3_000)
  const killed = Date.now()
  await node.kill()
  await node.start()
  const answeredAfter = Date.now() - killed
  const back = await voicesOn(pages)
  console.log(`killed, answers again after ${answeredAfter} ms: voice back after ${back - killed} ms`)
  expect(back - killed - answeredAfter).toBeLessThan(10_000)
})

/** Long enough that neither the browser's nor the media server's own patience lasts. */
const LONG_CUT_MS = 180_000
const CUTS_MS = [20_000, LONG_CUT_MS]

for (const cutMs of CUTS_MS)
  test(`the network of one is cut for ${cutMs / 1000} s: both are told within three seconds, back within five`, async ({
    browser,
  }) => {
    test.skip(cutMs === LONG_CUT_MS && process.env['LONG'] === undefined, 'takes three minutes: set LONG=1')
    test.setTimeout(cutMs + 120_000)
    const [lan, nurse] = await two(browser)
    const pages = [lan.page, nurse.page]
    await voicesOn(pages)
    await lan.page.waitForTimeout(3_000)
    const cut = Date.now()
    await lan.network.send('Network.emulateNetworkConditions', CUT)
    await lan.page.waitForTimeout(cutMs)
    const shown = await nurse.page.evaluate(() => window.livekitPage.states())
    expect(cutMs > GRACE_MS ? ['away'] : ['returning', 'away']).toContain(shown['lan'])
    await lan.network.send('Network.emulateNetworkConditions', MILD)
    const mended = Date.now()
    const backMs = (await voicesOn(pages)) - mended
    const noticedMs = {
      own: (firstAfter(await history(lan.page), 'me: reconnecting', cut) ?? Infinity) - cut,
      others: (firstAfter(await history(nurse.page), 'lan: returning', cut) ?? Infinity) - cut,
    }
    console.log(`cut ${cutMs} ms: noticed after`, noticedMs, `ms; mended, voice back after ${backMs} ms`)
    expect(Math.max(noticedMs.own, noticedMs.others)).toBeLessThan(3_500)
    expect(backMs).toBeLessThan(5_000)
  })
