import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test'

/** A citizen's phone on a weak line: the processor and the line of the product's promise. */
export const phone = {
  width: 360,
  height: 740,
  latencyMs: 400,
  bytesPerSecond: 400_000 / 8,
  slowerProcessor: 4,
} as const

export interface Loaded {
  firstPaintMs: number
  /** What was largest on screen at the end, and when it came. */
  largestMs: number
  largest: string
  /** The page's own content stands there: text of the page itself, not of a splash. */
  contentMs: number
  /** Content is there and a tap is answered. */
  usableMs: number
  shift: number
  /** Delay of the slowest of a few keys typed right after. */
  typingMs: number
  bytes: number
}

/** A page of several megabytes is two minutes on this line. */
const patienceMs = 240_000

declare global {
  interface Window {
    seen: { content?: number; live?: number; largest: number; what: string; shift: number; typing: number }
  }
}

/** Runs in the page before anything else: notes when things happen, by the page's own clock. */
function watch(contentSelector: string): void {
  window.seen = { largest: 0, what: '', shift: 0, typing: 0 }
  const { seen } = window
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more = {}): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more })
  observe('largest-contentful-paint', (entry) => {
    const { element } = entry as PerformanceEntry & { element?: Element }
    seen.largest = entry.startTime
    seen.what = (element?.textContent ?? element?.tagName ?? '').trim().slice(0, 40)
  })
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!hadRecentInput) seen.shift += value
  })
  observe('event', (entry) => (seen.typing = Math.max(seen.typing, entry.duration)), { durationThreshold: 16 })
  const isLive = (): boolean => {
    const root = document.getElementById('root')
    if (!root) return false
    // builds without the mark draw everything in the browser: what stands there answers
    const byBrowser = document.readyState !== 'loading' && !document.getElementById('page-state')
    return root.dataset['live'] !== undefined || (root.childElementCount > 0 && byBrowser)
  }
  const look = (): void => {
    const at = performance.now()
    if (seen.content === undefined && document.querySelector(contentSelector))
      requestAnimationFrame(() => (seen.content = at))
    if (seen.live === undefined && isLive()) seen.live = at
    if (seen.content === undefined || seen.live === undefined) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function slowDown(context: BrowserContext, page: Page): Promise<CDPSession> {
  const line = await context.newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: phone.latencyMs,
    downloadThroughput: phone.bytesPerSecond,
    uploadThroughput: phone.bytesPerSecond,
  })
  await line.send('Emulation.setCPUThrottlingRate', { rate: phone.slowerProcessor })
  return line
}

async function typeInto(page: Page): Promise<void> {
  const field = page.locator('input[type=search]').first()
  if ((await field.count()) === 0) return
  await field.click()
  await page.keyboard.type('ngoc hoi', { delay: 60 })
  await page.waitForTimeout(400)
}

/** Opens the page on a phone's line; what it took until its content stood there and answered. */
async function loadTillUsable(context: BrowserContext, page: Page, wanted: { url: string; content: string }) {
  const line = await slowDown(context, page)
  let bytes = 0
  line.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength))
  await page.addInitScript(watch, wanted.content)
  await page.goto(wanted.url, { waitUntil: 'commit', timeout: patienceMs })
  await page.waitForFunction(() => window.seen.content !== undefined && window.seen.live !== undefined, undefined, {
    timeout: patienceMs,
  })
  return bytes
}

/** One cold visit by a phone that was never here: nothing kept, no worker. */
export async function loadCold(browser: Browser, url: string, content: string): Promise<Loaded> {
  const context = await browser.newContext({
    viewport: { width: phone.width, height: phone.height },
    locale: 'vi-VN',
    isMobile: true,
    hasTouch: true,
    serviceWorkers: 'block',
  })
  try {
    const page = await context.newPage()
    const bytes = await loadTillUsable(context, page, { url, content })
    await page.waitForLoadState('networkidle', { timeout: patienceMs })
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0, undefined, {
      timeout: patienceMs,
    })
    const before = await page.evaluate(() => ({
      ...window.seen,
      first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    }))
    await page.evaluate(() => void (window.seen.typing = 0))
    await typeInto(page)
    const typing = await page.evaluate(() => window.seen.typing)
    return {
      firstPaintMs: before.first,
      largestMs: before.largest,
      largest: before.what,
      contentMs: Math.max(before.content ?? Number.NaN, before.first),
      usableMs: Math.max(before.content ?? Number.NaN, before.first, before.live ?? Number.NaN),
      shift: before.shift,
      typingMs: typing,
      bytes,
    }
  } finally {
    await context.close()
  }
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
