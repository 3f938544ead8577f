import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test'
import type { BenchPage } from './call-page.ts'
import { emulate, type Link } from './link.ts'
import { speechWav } from './speech.ts'

declare global {
  interface Window {
    benchPage: BenchPage
    /** Every peer connection the page made, in order. */
    peersOfPage?: RTCPeerConnection[]
    /** The last of every counter, also of what is gone. */
    statsOfPage?: Map<string, Record<string, unknown>>
  }
}

/** A browser whose microphone speaks and whose camera moves. */
export async function openTalkingBrowser(): Promise<{ browser: Browser; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'moinha-speech-'))
  const speech = join(folder, 'speech.wav')
  writeFileSync(speech, speechWav())
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
      ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
      `--use-file-for-fake-audio-capture=${speech}`,
    ],
  })
  const close = async (): Promise<void> => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { browser, close }
}

/** One person's page, with a link that can be changed at will. */
export class TalkingPage {
  readonly page: Page
  readonly #cdp: CDPSession
  #counting: ReturnType<typeof setInterval> | undefined

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page
    this.#cdp = cdp
  }

  static async open(browser: Browser, address: string, link: Link): Promise<TalkingPage> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] })
    const page = await context.newPage()
    await page.addInitScript(rememberPeers)
    const talking: TalkingPage = new TalkingPage(page, await context.newCDPSession(page))
    await talking.setLink(link)
    await page.goto(address)
    talking.#counting = setInterval(() => void talking.totals().catch(() => undefined), 1000)
    return talking
  }

  setLink(link: Link): Promise<void> {
    return emulate(this.#cdp, link)
  }

  join(url: string, token: string): Promise<void> {
    return this.page.evaluate(([where, pass]) => window.benchPage.join(where, pass), [url, token] as const)
  }

  totals(): Promise<Totals> {
    return this.page.evaluate(readTotals)
  }

  close(): Promise<void> {
    clearInterval(this.#counting)
    return this.page.context().close()
  }
}

/** Sums over all of a page's living connections since it was opened. */
export interface Totals {
  atMs: number
  samples: number
  concealed: number
  audioPackets: number
  freezeSeconds: number
  bytesUp: number
  bytesDown: number
}

/** Also: an ordinary phone's number of cores, whatever this machine has. */
function rememberPeers(): void {
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 8 })
  const peers: RTCPeerConnection[] = []
  window.peersOfPage = peers
  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      peers.push(this)
    }
  }
}

/** Sums over everything there ever was: a track that went takes its counters with it, so they are kept every second. */
async function readTotals(): Promise<Totals> {
  const kept = (window.statsOfPage ??= new Map())
  for (const [at, peer] of (window.peersOfPage ?? []).entries())
    for (const stat of (await peer.getStats()).values() as Iterable<Record<string, unknown>>)
      kept.set(`${at} ${String(stat['id'])}`, stat)
  const total = {
    ...{ atMs: performance.now(), samples: 0, concealed: 0, audioPackets: 0 },
    ...{ freezeSeconds: 0, bytesUp: 0, bytesDown: 0 },
  }
  for (const stat of kept.values()) {
    const number = (name: string): number => Number(stat[name] ?? 0)
    if (stat['type'] === 'transport') {
      total.bytesUp += number('bytesSent')
      total.bytesDown += number('bytesReceived')
    }
    if (stat['type'] !== 'inbound-rtp') continue
    if (stat['kind'] === 'video') {
      total.freezeSeconds += number('totalFreezesDuration')
      continue
    }
    total.samples += number('totalSamplesReceived')
    total.concealed += number('concealedSamples')
    total.audioPackets += number('packetsReceived')
  }
  return total
}
