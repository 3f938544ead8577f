import { expect, test, type BrowserType } from '@playwright/test'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeLivekitPorts } from '../../apps/server/src/embedded/livekit/free-ports.ts'
import config from '../playwright.config.ts'
import { startBareCalls } from '../call-livekit/bare-calls.ts'
import { call, heard, MILD, voicesOn } from '../call-livekit/callers.ts'
import { MediaNode } from '../../apps/server/src/platform/testing/media-node.ts'

/** The browser sends no UDP at all, as behind a wall that lets none out. */
const NO_UDP = [
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
]

/** Half a second of small packets may wait before the thin place. */
const THIN = {
  ...MILD,
  latency: 100,
  downloadThroughput: 40_000 / 8,
  uploadThroughput: 40_000 / 8,
  packetQueueLength: 20,
}

test('on 40 kbit/s the pictures go and the voices stay whole, both ways', async ({ browser }) => {
  const node = await MediaNode.start()
  const calls = await startBareCalls([node])
  try {
    const at = { url: calls.url, visit: randomUUID() }
    const [lan, nurse] = [await call(browser, at, 'lan'), await call(browser, at, 'nurse')]
    await voicesOn([lan.page, nurse.page])
    await lan.network.send('Network.emulateNetworkConditions', THIN)
    await expect
      .poll(() => lan.page.evaluate(() => window.livekitPage.pictures()), { timeout: 20_000 })
      .toEqual(['off', 'off'])
    // what was under way drains; the next picture is tried half a minute after
    await lan.page.waitForTimeout(6_000)
    const before = [await heard(lan.page), await heard(nurse.page)]
    await lan.page.waitForTimeout(8_000)
    const after = [await heard(lan.page), await heard(nurse.page)]
    for (const [which, who] of ['nurse', 'lan'].entries()) {
      const [then, now] = [before[which]?.[who], after[which]?.[who]]
      if (then === undefined || now === undefined) throw new Error(`${who} is not heard`)
      expect(now.samples).toBeGreaterThan(then.samples)
      expect(now.audioEnergy).toBeGreaterThan(then.audioEnergy)
      expect((now.concealed - then.concealed) / (now.samples - then.samples), who).toBeLessThan(0.05)
    }
    for (const { page } of [lan, nurse]) await page.context().close()
  } finally {
    await calls.stop()
    await node.kill()
  }
})

/** Two people without UDP talk over this server; answers which paths their connections found. */
async function pathsOfVoices(
  { chromium }: { chromium: BrowserType },
  node: MediaNode,
  args: readonly string[] = [],
): Promise<string[]> {
  const usual = config.use?.launchOptions
  const browser = await chromium.launch({ ...usual, args: [...(usual?.args ?? []), ...NO_UDP, ...args] })
  const calls = await startBareCalls([node])
  try {
    const at = { url: calls.url, visit: randomUUID() }
    const people = [await call(browser, at, 'lan'), await call(browser, at, 'nurse')]
    const pages = people.map(({ page }) => page)
    await voicesOn(pages)
    return (await Promise.all(pages.map((page) => page.evaluate(() => window.livekitPage.paths())))).flat()
  } finally {
    await browser.close()
    await calls.stop()
    await node.kill()
  }
}

test('where no UDP passes, voices go both ways over TCP', async ({ playwright }) => {
  const paths = await pathsOfVoices(playwright, await MediaNode.start())
  expect(paths.length).toBeGreaterThanOrEqual(2)
  for (const path of paths) expect(path).toMatch(/^(host|prflx|srflx) tcp$/)
})

test('where nothing but TLS passes, voices go both ways through the media server’s TURN', async ({ playwright }) => {
  test.skip(spawnSync('openssl', ['version']).status !== 0, 'no openssl here to make the certificate')
  const folder = await mkdtemp(join(tmpdir(), 'moinha-turn-'))
  const [certFile, keyFile] = [join(folder, 'turn.crt'), join(folder, 'turn.key')]
  const domain = 'turn.localhost'
  const wish = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${domain}`]
  execFileSync('openssl', [...wish, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' })
  const { tcp: port } = await freeLivekitPorts()
  try {
    const node = await MediaNode.start({ turnOverTls: { domain, port, certFile, keyFile } })
    // browsers are told port 443 of the name, which is passed on; the certificate is of our own making
    const paths = await pathsOfVoices(playwright, node, [
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP ${domain}:443 127.0.0.1:${port}`,
    ])
    expect(paths.length).toBeGreaterThanOrEqual(2)
    for (const path of paths) expect(path).toBe('relay udp tls')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
