import { find } from '@moinha/contracts/scheduling'
import { percentile } from './harness/percentile.ts'
import { baseline, savedBuild, startPair, type RunningBuild } from './harness/saved-build.ts'
import { serveFolder } from './harness/static-site.ts'
import { loadCold, openBrowser, phone, type Loaded } from './pages/load-page.ts'
import type { Browser } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The first visit of a citizen's phone: 400 kbit/s, 400 ms, processor ÷ 4, nothing kept. The present pages beside those
 * of an earlier commit, in turn and in the same run. `ROUNDS` visits of each page.
 *
 * Beside a peer's public page, last: `PEER_DIST` is the folder of its built pages, `PEER_NAME` what to call it,
 * `PEER_PAGE` the address of the page and `PEER_CONTENT` a selector of what one comes to it for.
 */
const rounds = Number(process.env['ROUNDS'] ?? 5)
const peer = {
  folder: process.env['PEER_DIST'],
  name: process.env['PEER_NAME'] ?? 'peer',
  page: process.env['PEER_PAGE'] ?? '/',
  content: process.env['PEER_CONTENT'] ?? 'form input',
}
const aims = { contentMs: 1_500, usableMs: 2_500, shift: 0.05, typingMs: 200 }

/** An earlier commit's pages are built from its own sources. */
function buildPagesOf(commit: string): void {
  const web = join(savedBuild(commit), 'apps/web')
  if (existsSync(join(web, 'dist/citizen/index.html'))) return
  const vite = join(import.meta.dirname, '..', 'node_modules/vite/bin/vite.js')
  for (const config of ['vite.citizen.ts', 'vite.staff.ts'])
    execFileSync(process.execPath, [vite, 'build', '-c', config], {
      cwd: web,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'pipe',
    })
}

const addressOf = ({ port }: RunningBuild): string => `http://127.0.0.1:${port}`

/** Each page with what one comes to it for. */
async function pagesOf(build: RunningBuild): Promise<[path: string, content: string][]> {
  const reply = find.reply.parse(await (await fetch(`${addressOf(build)}/api/scheduling/find?q=po%20y`)).json())
  const station = reply.items.find(({ kind }) => kind === 'facility')
  return [
    ['/', 'form[role=search] input'],
    ['/find?q=po%20y', 'main a[href^="/stations/"]'],
    [`/stations/${station?.facilityId}`, 'main a[href^="/book"]'],
    ['/news', 'main a[href^="/news/"]'],
  ]
}

function line(name: string, visits: readonly Loaded[]): string {
  const half = (key: 'firstPaintMs' | 'largestMs' | 'contentMs' | 'usableMs' | 'typingMs' | 'bytes') =>
    percentile(
      visits.map((visit) => visit[key]),
      0.5,
    )
  const seconds = (['firstPaintMs', 'largestMs', 'contentMs', 'usableMs'] as const)
    .map((key) => `${(half(key) / 1000).toFixed(2)} s`.padStart(9))
    .join('')
  const shift = percentile(
    visits.map((visit) => visit.shift),
    0.5,
  ).toFixed(3)
  return `  ${name.padEnd(10)}${seconds}${shift.padStart(8)}${`${half('typingMs')} ms`.padStart(9)}${`${(half('bytes') / 1000).toFixed(0)} kB`.padStart(8)}  ${visits[0]?.largest ?? ''}`
}

const missed = (visits: readonly Loaded[]): string[] =>
  (Object.keys(aims) as (keyof typeof aims)[]).filter(
    (key) =>
      percentile(
        visits.map((one) => one[key]),
        0.5,
      ) > aims[key],
  )

/** The peer's pages from a good static host: nothing of it is slower than it must be. */
async function visitPeer(browser: Browser, folder: string): Promise<void> {
  const site = await serveFolder(folder)
  const address = `http://127.0.0.1:${site.port}${peer.page}`
  try {
    // once unmeasured, so that its files lie ready in their smallest form
    await fetchAll(browser, address)
    const visits: Loaded[] = []
    for (let round = 0; round < rounds; round++) visits.push(await loadCold(browser, address, peer.content))
    console.log(peer.page)
    console.log(line(peer.name, visits))
  } finally {
    await site.stop()
  }
}

async function fetchAll(browser: Browser, address: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(address, { waitUntil: 'load', timeout: 120_000 })
  await page.close()
}

buildPagesOf(baseline)
const builds = await startPair()
const browser = await openBrowser()
try {
  const line400 = `${(phone.bytesPerSecond * 8) / 1000} kbit/s, ${phone.latencyMs} ms, processor ÷ ${phone.slowerProcessor}`
  console.log(`${line400}, ${phone.width}×${phone.height}, cold, medians of ${rounds}\n`)
  console.log(`  ${''.padEnd(10)}${'first paint  largest  content   usable   shift   typing   bytes  largest is'}`)
  for (const [path, content] of await pagesOf(builds[0])) {
    const visits: Loaded[][] = builds.map(() => [])
    for (let round = 0; round < rounds; round++)
      for (const [at, build] of builds.entries())
        visits[at]?.push(await loadCold(browser, addressOf(build) + path, content))
    console.log(path)
    for (const [at, { name }] of builds.entries()) console.log(line(name, visits[at] ?? []))
    const over = missed(visits[0] ?? [])
    console.log(over.length > 0 ? `  MISSED: ${over.join(', ')}` : '  aims met')
  }
  if (peer.folder) await visitPeer(browser, peer.folder)
} finally {
  await browser.close()
  for (const build of builds) await build.stop()
}
