import { randomUUID } from 'node:crypto'
import { cpus, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilLivekit } from '../e2e/livekit/serve-with-livekit.ts'
import { openTalkingBrowser, TalkingPage } from './calls/call-browser.ts'
import { openCallSite, type CallSite } from './calls/call-site.ts'
import { goodLink } from './calls/link.ts'
import { ReceivingSite, type Rules } from './calls/receiving-site.ts'
import type { SpeakersPage } from './calls/speakers-page.ts'
import { storm } from './calls/storm.ts'
import { cpuSecondsOf } from './harness/cpu-time.ts'
import { percentile } from './harness/percentile.ts'
import { startBuild } from './harness/saved-build.ts'

declare global {
  interface Window {
    speakersPage: SpeakersPage
  }
}

/**
 * A briefing: many sites that receive (in this process, without a browser) and some that send picture and voice, one of
 * them speaking at a time. First what the media server sends by our rules beside LiveKit's own (everything, at its
 * best), then all sites pressing "join" within ten seconds through the real server.
 * `npm run bench -- room [SITES] [SPEAKERS] [rules|storm]`; `LIVEKIT_SERVER` names the program.
 */
const sites = Number(process.argv[2] ?? 100)
const speakers = Number(process.argv[3] ?? 12)
const only = process.argv[4]
const joinAtOnce = 5
const settleMs = 10_000
const lookMs = 20_000
const wordMs = 5000

interface Measured {
  /** A second, to one site. */
  kilobytes: number
  /** Moving pictures at one site. */
  pictures: number
  /** Of one processor. */
  serverCpu: number
  ownCpu: number
}

async function openSpeakers(talking: TalkingPage, site: CallSite, room: string): Promise<void> {
  for (let at = 0; at < speakers; at++) {
    const token = await site.token(room, `speaker${at}`)
    await talking.page.evaluate(([url, pass]) => window.speakersPage.add(url, pass), [site.media.url, token] as const)
  }
}

/** The word goes round. */
function discuss(talking: TalkingPage): () => void {
  let turn = 0
  const next = (): void => {
    const at = turn++ % speakers
    void talking.page.evaluate((speaker) => window.speakersPage.speak(speaker), at).catch(() => undefined)
  }
  next()
  const timer = setInterval(next, wordMs)
  return () => clearInterval(timer)
}

async function openSites(site: CallSite, room: string, rules: Rules): Promise<ReceivingSite[]> {
  const opened: ReceivingSite[] = []
  for (let first = 0; first < sites; first += joinAtOnce) {
    const some = Array.from({ length: Math.min(joinAtOnce, sites - first) }, async (_, at) => {
      const token = await site.token(room, `site${first + at}`, { publish: false })
      return ReceivingSite.join({ url: site.media.url, token }, rules)
    })
    opened.push(...(await Promise.all(some)))
  }
  return opened
}

async function measure(talking: TalkingPage, site: CallSite, rules: Rules): Promise<Measured> {
  const room = randomUUID()
  await openSpeakers(talking, site, room)
  const stop = discuss(talking)
  const receivers = await openSites(site, room, rules)
  await sleep(settleMs)
  const look = async () => {
    const all = await Promise.all(receivers.map((receiver) => receiver.received()))
    const sum = (key: 'bytes' | 'pictures'): number => all.reduce((total, each) => total + each[key], 0)
    const [server, own] = [cpuSecondsOf(site.media.pid ?? 0), cpuSecondsOf(process.pid)]
    return { atMs: performance.now(), bytes: sum('bytes'), pictures: sum('pictures'), server, own }
  }
  const before = await look()
  await sleep(lookMs)
  const after = await look()
  stop()
  await talking.page.evaluate(() => window.speakersPage.leave())
  await site.empty(room)
  await Promise.all(receivers.map((receiver) => receiver.gone()))
  const seconds = (after.atMs - before.atMs) / 1000
  return {
    kilobytes: (after.bytes - before.bytes) / 1000 / seconds / sites,
    pictures: after.pictures / sites,
    serverCpu: (after.server - before.server) / seconds,
    ownCpu: (after.own - before.own) / seconds,
  }
}

function say(name: string, { kilobytes, pictures, serverCpu, ownCpu }: Measured): void {
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`.padStart(16)
  const figures = `${kilobytes.toFixed(1).padStart(14)} kB/s${pictures.toFixed(1).padStart(16)}`
  console.log(`  ${name.padEnd(20)}${figures}${percent(serverCpu)}${percent(ownCpu)}`)
}

async function compareRules(): Promise<void> {
  const site = await openCallSite(new URL('./calls/speakers-page.ts', import.meta.url))
  const talking = await openTalkingBrowser()
  try {
    const page = await TalkingPage.open(talking.browser, site.url, goodLink)
    const heads = ['to each site', 'pictures moving', 'LiveKit’s CPU', 'the sites’ CPU']
    console.log(`${sites} sites, ${speakers} with picture, one speaks`)
    console.log(`  ${''.padEnd(20)}${heads.map((head, at) => head.padStart(at === 0 ? 19 : 16)).join('')}`)
    const ours = await measure(page, site, 'ours')
    say('our rules', ours)
    const theirs = await measure(page, site, 'defaults')
    say('LiveKit’s defaults', theirs)
    const ratio = ours.kilobytes / theirs.kilobytes
    console.log(
      `  bytes: ours are ${ratio.toFixed(2)} of the defaults’ (aim ≤ 0.33: ${ratio <= 1 / 3 ? 'met' : 'NOT met'})`,
    )
    if (ours.ownCpu + ours.serverCpu > cpus().length * 0.8 || theirs.ownCpu + theirs.serverCpu > cpus().length * 0.8)
      console.log('  The machine was full: its sites fell behind and were sent less. Ask for fewer.')
  } finally {
    await talking.close()
    await site.stop()
  }
}

async function runStorm(): Promise<void> {
  const { LIVEKIT_SERVER } = process.env
  const build = await startBuild('present', undefined, { LIVEKIT: 'auto', ...(LIVEKIT_SERVER && { LIVEKIT_SERVER }) })
  try {
    await untilLivekit(`http://127.0.0.1:${build.port}`)
    const before = cpuSecondsOf(build.pid)
    const { waitsMs, lastMs, failures } = await storm(build, sites)
    const seconds = (share: number): string => `${(percentile(waitsMs, share) / 1000).toFixed(1)} s`
    console.log(`${sites} sites press “join” within 10 s: tap → the host is heard`)
    console.log(`  p50 ${seconds(0.5)}   p95 ${seconds(0.95)}   longest ${seconds(1)}`)
    console.log(`  the last is in ${(lastMs / 1000).toFixed(1)} s after the first tap; failures ${failures.length}`)
    for (const failure of new Set(failures)) console.log(`  ${failure}`)
    console.log(`  the server used ${(cpuSecondsOf(build.pid) - before).toFixed(1)} s of a processor`)
  } finally {
    await build.stop()
  }
}

console.log(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)} before`)
if (only !== 'storm') await compareRules()
if (only !== 'rules') await runStorm()
process.exit(0)
