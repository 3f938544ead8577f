import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from '@playwright/test'
import { untilLivekit } from '../e2e/livekit/serve-with-livekit.ts'
import { enterAs, type Person } from '../e2e/pages/people.ts'
import { enterVisit, openVisit } from '../e2e/pages/visit.ts'
import { serve } from '../e2e/serve-for-tests.ts'
import { openTalkingBrowser } from './calls/call-browser.ts'
import { emulate, goodLink, type Link } from './calls/link.ts'
import { tapAndWait, type Tapped } from './calls/tap-to-join.ts'
import { percentile } from './harness/percentile.ts'

/**
 * The tap on "Vào có hình" → the first sound and the first decoded picture of whoever is inside, with the product's own
 * pages and server; each join from a page loaded anew, as one comes back to it. `npm run bench -- join [JOINS]
 * [livekit|mesh]`; `LIVEKIT_SERVER` names the program.
 */
const joins = Number(process.argv[2] ?? 20)
const only = process.argv[3]
/** The latency of a link is there and back: half of it each way. */
const links: readonly { name: string; link: Link; aimMs: number }[] = [
  { name: 'LAN', link: goodLink, aimMs: 1000 },
  { name: '300 kbit/s, 300 ms', link: { kbps: 300, lossPercent: 0, latencyMs: 150 }, aimMs: 4000 },
]
const engines = [
  { name: 'LiveKit', settings: { LIVEKIT: 'auto' } },
  { name: 'mesh', settings: { LIVEKIT: 'off' } },
] as const
/** Long enough to look into the mirror: the link is measured, the engine's code has come. */
const atDoorMs = 1500

/** To the door, on this link; in; out again. */
async function joinOnce({ page }: Person, visitId: string): Promise<Tapped> {
  await page.goto(`/visit/${visitId}`)
  await page.locator('[data-grade]').waitFor({ timeout: 30_000 })
  await page.waitForTimeout(atDoorMs)
  const tapped = await page.evaluate(tapAndWait, 'Vào có hình')
  await page.getByRole('button', { name: 'Rời cuộc gọi' }).click()
  await page.locator('[data-phase="left"]').waitFor()
  return tapped
}

async function measure(citizen: Person, visitId: string, link: Link): Promise<Tapped[]> {
  const cdp = await citizen.page.context().newCDPSession(citizen.page)
  await emulate(cdp, goodLink)
  // what the browser keeps of the pages and the server of the way through the database is there from the first
  await joinOnce(citizen, visitId)
  await emulate(cdp, link)
  const all: Tapped[] = []
  for (let nth = 0; nth < joins; nth++) all.push(await joinOnce(citizen, visitId))
  await cdp.detach()
  return all
}

function say(name: string, all: readonly Tapped[], aimMs: number): void {
  const figures = (key: keyof Tapped): string => {
    const samples = all.map((tapped) => tapped[key])
    const [half, most] = [percentile(samples, 0.5), percentile(samples, 0.95)]
    return `${half.toFixed(0).padStart(6)} /${most.toFixed(0).padStart(6)}`
  }
  const columns = (['ticketMs', 'insideMs', 'connectedMs', 'soundMs', 'pictureMs'] as const).map(figures)
  const worst = percentile(
    all.map(({ soundMs, pictureMs }) => Math.max(soundMs, pictureMs)),
    0.95,
  )
  const verdict = worst <= aimMs ? `≤ ${aimMs} ms: met` : `≤ ${aimMs} ms: NOT met`
  console.log(`  ${name.padEnd(20)}${columns.map((column) => column.padStart(16)).join('')}   ${verdict}`)
}

/** An ordinary phone's number of cores, whatever this machine has. */
const asOnAPhone = ({ page }: Person): Promise<unknown> =>
  page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 8 }))

async function measureEngine(browser: Browser): Promise<void> {
  const where = { baseURL: process.env['BASE_URL'] ?? '' }
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 }, where)
  const nurse = await enterAs(browser, 'nurse', undefined, where)
  for (const person of [citizen, nurse]) await asOnAPhone(person)
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(nurse.page, visitId)
  for (const { name, link, aimMs } of links) say(name, await measure(citizen, visitId, link), aimMs)
  for (const person of [citizen, nurse]) await person.close()
}

const { buildWebIfStale } = (await import(
  pathToFileURL(join(import.meta.dirname, '..', 'tools', 'build-web.mjs')).href
)) as { buildWebIfStale(): Promise<unknown> }
await buildWebIfStale()
const talking = await openTalkingBrowser()
console.log(`Milliseconds from the tap, p50 / p95 over ${joins} joins`)
const heads = ['ticket', 'in the room', 'connected', 'first sound', 'first picture']
try {
  for (const { name, settings } of engines) {
    if (only !== undefined && only !== name.toLowerCase()) continue
    const stop = await serve({ ...settings, RATE_LIMITS: 'off', LOG_LEVEL: 'error' })
    try {
      if (name === 'LiveKit') await untilLivekit(process.env['BASE_URL'] ?? '')
      console.log(`${name.padEnd(22)}${heads.map((head) => head.padStart(16)).join('')}`)
      await measureEngine(talking.browser)
    } finally {
      await stop()
      delete process.env['BASE_URL']
    }
  }
} finally {
  await talking.close()
}
