import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTalkingBrowser, TalkingPage, type Totals } from './calls/call-browser.ts'
import { openCallSite, type CallSite } from './calls/call-site.ts'
import { goodLink, type Link } from './calls/link.ts'

/**
 * A call of two in which one link becomes weak: our transport beside LiveKit's own client at its defaults, one after
 * the other on the same emulated link. Words that were not heard are counted on both sides: what the weak one hears of
 * the other, and what the other hears of the weak one. `quick` measures three links, `KBPS,LOSS,LATENCY` one.
 */
const given = process.argv[2] ?? 'all'
const listenMs = 20_000
const settleMs = 8000
const cutMs = 5000
const returnLimitMs = 30_000
/** The latency of a link is there and back: half of it each way. */
const allLinks = [25, 50, 100, 300].flatMap((kbps) =>
  [0, 5, 10].flatMap((lossPercent) => [50, 400].map((ms) => ({ kbps, lossPercent, latencyMs: ms / 2 }))),
)
const quickLinks: Link[] = [
  { kbps: 50, lossPercent: 10, latencyMs: 200 },
  { kbps: 100, lossPercent: 5, latencyMs: 200 },
  { kbps: 300, lossPercent: 0, latencyMs: 25 },
]
const clients = ['ours', 'defaults'] as const

interface Measured {
  /** 0–1: of both sides' sound while the link was weak, what was made up because it had not come. */
  concealed: number
  freezeSeconds: number
  kilobytes: number
  returnSeconds: number
}

function linksAsked(): readonly Link[] {
  if (given === 'all') return allLinks
  if (given === 'quick') return quickLinks
  const [kbps = 50, lossPercent = 10, ms = 400] = given.split(',').map(Number)
  return [{ kbps, lossPercent, latencyMs: ms / 2 }]
}

async function measure(site: CallSite, pages: readonly [TalkingPage, TalkingPage], link: Link): Promise<Measured> {
  const visit = randomUUID()
  const [weak, strong] = pages
  await weak.join(site.media.url, await site.token(visit, 'weak'))
  await strong.join(site.media.url, await site.token(visit, 'strong'))
  await sleep(settleMs)
  await weak.setLink(link)
  const before = await Promise.all(pages.map((page) => page.totals()))
  await sleep(listenMs)
  const after = await Promise.all(pages.map((page) => page.totals()))
  const grown = (key: keyof Totals): number =>
    after.reduce((sum, totals, at) => sum + totals[key] - (before[at]?.[key] ?? 0), 0)
  const weakBytes = (totals: Totals | undefined): number => (totals ? totals.bytesUp + totals.bytesDown : 0)
  return {
    concealed: grown('concealed') / Math.max(1, grown('samples')),
    freezeSeconds: grown('freezeSeconds'),
    kilobytes: (weakBytes(after[0]) - weakBytes(before[0])) / 1000,
    returnSeconds: await secondsToReturn(weak, strong, link),
  }
}

/** Nothing passes for a while; then until the strong side hears the weak one's packets again. */
async function secondsToReturn(weak: TalkingPage, strong: TalkingPage, link: Link): Promise<number> {
  await weak.setLink({ ...link, lossPercent: 100 })
  await sleep(cutMs)
  const { audioPackets } = await strong.totals()
  await weak.setLink(link)
  const from = performance.now()
  while (performance.now() - from < returnLimitMs) {
    if ((await strong.totals()).audioPackets > audioPackets + 10) break
    await sleep(200)
  }
  return (performance.now() - from) / 1000
}

function say(name: string, { concealed, freezeSeconds, kilobytes, returnSeconds }: Measured): void {
  const figures = [
    `${(concealed * 100).toFixed(1)} %`.padStart(10),
    `${freezeSeconds.toFixed(1)} s`.padStart(10),
    `${kilobytes.toFixed(0)} kB`.padStart(10),
    `${returnSeconds >= returnLimitMs / 1000 ? '>' : ''}${returnSeconds.toFixed(1)} s`.padStart(10),
  ]
  console.log(`  ${name.padEnd(20)}${figures.join('')}`)
}

const site = await openCallSite()
const talking = await openTalkingBrowser()
try {
  console.log(
    `  ${''.padEnd(20)}${'concealed'.padStart(10)}${'frozen'.padStart(10)}${'bytes'.padStart(10)}${'return'.padStart(10)}`,
  )
  for (const link of linksAsked()) {
    console.log(`${link.kbps} kbit/s, ${link.lossPercent} % loss, ${link.latencyMs * 2} ms`)
    const found: Partial<Record<(typeof clients)[number], Measured>> = {}
    for (const client of clients) {
      const address = `${site.url}/?client=${client}&visit=${randomUUID()}`
      const pages = [
        await TalkingPage.open(talking.browser, `${address}&person=weak`, goodLink),
        await TalkingPage.open(talking.browser, `${address}&person=strong`, goodLink),
      ] as const
      const measured = await measure(site, pages, link)
      found[client] = measured
      say(client === 'ours' ? 'ours' : 'LiveKit’s defaults', measured)
      for (const page of pages) await page.close()
    }
    const ratio = (found.ours?.concealed ?? 0) / Math.max(0.0001, found.defaults?.concealed ?? 0)
    console.log(`  concealed: ours is ${ratio.toFixed(2)} of the defaults’`)
  }
} finally {
  await talking.close()
  await site.stop()
}
