/**
 * One call of three, a Firefox among two Chromium: everyone sees moving pictures and hears sound of both others, before and after the
 * Firefox page is loaded anew. Ends with 0 when it held; with 1 and one line that says what did not.
 * FIREFOX_PATH and CHROMIUM_PATH name the programs.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'puppeteer-core'
import type { Arrived, CallPage } from '../call-mesh/page.ts'
import { startSignalling } from '../call-mesh/signalling.ts'
import { openChromium, openFirefox } from './browsers.ts'

declare global {
  interface Window {
    callPage: CallPage
  }
}

const WHOLE_LIMIT_MS = 110_000
const FLOW_LIMIT_MS = 40_000
// Chromium's microphone beeps once a second; a busy machine decodes slowly.
const LISTEN_MS = 2_500

type Named = Readonly<Record<string, Page>>

const join = (page: Page): Promise<string> => page.evaluate(() => window.callPage.join())
const arrived = (page: Page): Promise<Record<string, Arrived>> => page.evaluate(() => window.callPage.arrived())

async function open(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(address)
  return page
}

async function enter(name: string, page: Page): Promise<void> {
  const answer = await join(page)
  if (answer !== 'inside') throw new Error(`${name} was not let in: ${answer}`)
}

const sumsOf = async (pages: Named): Promise<Record<string, Record<string, Arrived>>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(pages).map(async ([name, page]) => [name, await arrived(page)] as const)),
  )

/** What does not arrive at whom, in words; empty when everybody sees and hears everybody. */
async function missing(pages: Named): Promise<string[]> {
  const before = await sumsOf(pages)
  await sleep(LISTEN_MS)
  const after = await sumsOf(pages)
  const names = Object.keys(pages)
  return names.flatMap((to) =>
    names
      .filter((from) => from !== to)
      .flatMap((from) => {
        const [old, now] = [before[to]?.[from], after[to]?.[from]]
        if (!old || !now) return [`${to} has no connection to ${from}`]
        return [
          ...(now.frames > old.frames ? [] : [`${to} sees no moving picture of ${from}`]),
          ...(now.audioEnergy > old.audioEnergy ? [] : [`${to} hears nothing of ${from}`]),
        ]
      }),
  )
}

async function expectFlow(pages: Named): Promise<void> {
  const until = Date.now() + FLOW_LIMIT_MS
  for (;;) {
    const lacks = await missing(pages)
    if (lacks.length === 0) return
    if (Date.now() > until) throw new Error(lacks.join('; '))
  }
}

async function call(browsers: { firefox: Browser; chromium: Browser }, server: string): Promise<void> {
  const visit = randomUUID()
  const address = (person: string): string => `${server}/?visit=${visit}&person=${person}`
  const firefox = await open(browsers.firefox, address('firefox'))
  const nurse = await open(browsers.chromium, address('nurse'))
  const doctor = await open(browsers.chromium, address('doctor'))
  const pages = { firefox, nurse, doctor }
  for (const [name, page] of Object.entries(pages)) await enter(name, page)
  await expectFlow(pages)
  await firefox.reload()
  await enter('firefox, loaded anew,', firefox)
  await expectFlow(pages)
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
    const signalling = await opened(startSignalling(), (made) => made.stop())
    const firefox = await opened(openFirefox(programAt('FIREFOX_PATH')), (made) => made.close())
    const chromium = await opened(openChromium(programAt('CHROMIUM_PATH')), (made) => made.close())
    const tooLong = sleep(WHOLE_LIMIT_MS, undefined, { ref: false }).then(() => {
      throw new Error(`not done within ${WHOLE_LIMIT_MS / 1000} s`)
    })
    await Promise.race([call({ firefox, chromium }, signalling.url), tooLong])
    return `${await firefox.version()} and ${await chromium.version()}: three saw and heard each other, also after a reload`
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
