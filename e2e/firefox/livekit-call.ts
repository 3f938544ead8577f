/**
 * One call of two through a real media server, a Firefox and a Chromium: each sees moving pictures and hears sound of
 * the other, before and after the media server was killed and started again. Ends with 0 when it held; with 1 and one
 * line that says what did not. FIREFOX_PATH, CHROMIUM_PATH and LIVEKIT_SERVER name the programs.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'puppeteer-core'
import { startBareCalls } from '../call-livekit/bare-calls.ts'
import { MediaNode } from '../../apps/server/src/platform/testing/media-node.ts'
import type { Heard, LivekitPage } from '../call-livekit/page.ts'
import { openChromium, openFirefox } from './browsers.ts'

declare global {
  interface Window {
    livekitPage: LivekitPage
  }
}

const FLOW_LIMIT_MS = 40_000
// the fake microphones beep once a second
const LISTEN_MS = 1_500

const heard = (page: Page): Promise<Record<string, Heard>> => page.evaluate(() => window.livekitPage.heard())

/** What this page lacks of the other one, in words; empty when both picture and sound flow. */
async function missing(page: Page, from: string): Promise<string> {
  const before = (await heard(page))[from]
  await sleep(LISTEN_MS)
  const after = (await heard(page))[from]
  if (!before || !after) return `nothing comes from ${from}`
  if (after.frames <= before.frames) return `no moving picture comes from ${from}`
  return after.packets > before.packets ? '' : `no sound comes from ${from}`
}

/** Waits until both see and hear each other; answers how long it took. */
async function expectFlow(firefox: Page, chromium: Page): Promise<number> {
  const from = Date.now()
  for (;;) {
    const lacks = (await Promise.all([missing(firefox, 'chromium'), missing(chromium, 'firefox')])).filter(Boolean)
    if (lacks.length === 0) return Date.now() - from
    if (Date.now() - from > FLOW_LIMIT_MS) throw new Error(lacks.join('; '))
  }
}

async function enter(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(address)
  const answer = await page.evaluate(() => window.livekitPage.join())
  if (answer !== 'inside') throw new Error(`${address} was not let in: ${answer}`)
  return page
}

async function call(node: MediaNode, server: string, browsers: { firefox: Browser; chromium: Browser }) {
  const address = `${server}/?visit=${randomUUID()}&person=`
  const firefox = await enter(browsers.firefox, `${address}firefox`)
  const chromium = await enter(browsers.chromium, `${address}chromium`)
  await expectFlow(firefox, chromium)
  await node.kill()
  await node.start()
  return expectFlow(firefox, chromium)
}

function programAt(variable: string): string {
  const path = process.env[variable]
  if (!path) throw new Error(`${variable} is not set.`)
  return path
}

/** Whatever happens, what was opened is closed again. */
async function run(): Promise<string> {
  const closers: (() => Promise<unknown>)[] = []
  const opened = async <T>(thing: Promise<T>, close: (made: T) => Promise<unknown>): Promise<T> => {
    const made = await thing
    closers.unshift(() => close(made))
    return made
  }
  try {
    const node = await opened(MediaNode.start(), (made) => made.kill())
    const calls = await opened(startBareCalls([node]), (made) => made.stop())
    const firefox = await opened(openFirefox(programAt('FIREFOX_PATH')), (made) => made.close())
    const chromium = await opened(openChromium(programAt('CHROMIUM_PATH')), (made) => made.close())
    const backMs = await call(node, calls.url, { firefox, chromium })
    return `${await firefox.version()} and ${await chromium.version()} through LiveKit: back ${backMs} ms after kill -9 and start`
  } finally {
    for (const close of closers) await close().catch(() => undefined)
  }
}

run().then(
  (done) => {
    console.log(done)
    process.exit(0)
  },
  (failure: unknown) => {
    console.error(failure instanceof Error ? failure.message : failure)
    process.exit(1)
  },
)
