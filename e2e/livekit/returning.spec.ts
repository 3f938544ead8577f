import { expect, test, type Browser, type CDPSession, type Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { GRACE_MS } from '../../apps/web/src/modules/calls/link/presence.ts'
import { startBareCalls } from '../call-livekit/bare-calls.ts'
import { MediaNode } from '../../apps/server/src/platform/testing/media-node.ts'
import type { Heard, LivekitPage, Moment } from '../call-livekit/page.ts'
import type { Signalling } from '../call-mesh/signalling.ts'

declare global {
  interface Window {
    livekitPage: LivekitPage
  }
}

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

/** Emulation acts on WebRTC only where it was on before the first connection was made: it begins mild. */
const MILD = { offline: false, latency: 1, downloadThroughput: 2_500_000, uploadThroughput: 2_500_000, packetLoss: 0 }
const CUT = { ...MILD, offline: true, packetLoss: 100 }

interface Caller {
  page: Page
  network: CDPSession
}

async function call(browser: Browser, visit: string, person: string): Promise<Caller> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const page = await context.newPage()
  await page.goto(`${calls.url}/?visit=${visit}&person=${person}`)
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', MILD)
  expect(await page.evaluate(() => window.livekitPage.join())).toBe('inside')
  return { page, network }
}

const heard = (page: Page): Promise<Record<string, Heard>> => page.evaluate(() => window.livekitPage.heard())
const history = (page: Page): Promise<Moment[]> => page.evaluate(() => window.livekitPage.history())

/** Waits until sound of every other arrives at every page; answers when (epoch, ms). */
async function voicesOn(pages: readonly Page[], limitMs = 30_000): Promise<number> {
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

const firstAfter = (moments: readonly Moment[], what: string, at: number): number | undefined =>
  moments.find((moment) => moment.at >= at && moment.what === what)?.at

test('the media server is killed and started again: voice is back within ten seconds, told by nobody', async ({
  browser,
}) => {
  const visit = randomUUID()
  const [lan, nurse] = [await call(browser, visit, 'lan'), await call(browser, visit, 'nurse')]
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
const CUTS_MS = [20_000, ...(process.env['LONG'] === undefined ? [] : [180_000])]

for (const cutMs of CUTS_MS)
  test(`the network of one is cut for ${cutMs / 1000} s: both are told within three seconds, back within five`, async ({
    browser,
  }) => {
    test.setTimeout(cutMs + 120_000)
    const visit = randomUUID()
    const [lan, nurse] = [await call(browser, visit, 'lan'), await call(browser, visit, 'nurse')]
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
