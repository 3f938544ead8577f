import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { expectAllSeeAndHear } from '../pages/livekit-media.ts'
import { enterAs } from '../pages/people.ts'
import { enterVisit, openVisit } from '../pages/visit.ts'

/** Acts on connections only when it was switched on before they were made. */
async function emulate(cdp: CDPSession, kbps: number, latency: number): Promise<void> {
  const throughput = (kbps * 1000) / 8
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
    packetQueueLength: 20,
  })
}

interface Heard {
  samples: number
  concealed: number
  frames: number
}

/** What the page has heard and seen so far; silence made up between two beeps is no lost word. */
const heard = (page: Page): Promise<Heard> =>
  page.evaluate(async () => {
    const sum = { samples: 0, concealed: 0, frames: 0 }
    for (const peer of window.peersOfPage ?? [])
      for (const stat of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
        if (stat['type'] !== 'inbound-rtp') continue
        sum.samples += Number(stat['totalSamplesReceived'] ?? 0)
        sum.concealed += Number(stat['concealedSamples'] ?? 0) - Number(stat['silentConcealedSamples'] ?? 0)
        sum.frames += Number(stat['framesDecoded'] ?? 0)
      }
    return sum
  })

test('on 40 kbit/s the pictures go and the voice stays; with the link the picture comes back', async ({ browser }) => {
  const citizen = await enterAs(browser, 'duc', { width: 360, height: 740 })
  const nurse = await enterAs(browser, 'nurse')
  const cdp = await citizen.page.context().newCDPSession(citizen.page)
  await emulate(cdp, 20_000, 5)
  const { visitId } = await openVisit(citizen.page, nurse.page)
  await enterVisit(citizen.page, visitId)
  await enterVisit(nurse.page, visitId)
  await expectAllSeeAndHear([citizen.page, nurse.page])

  await emulate(cdp, 40, 100)
  await expect(citizen.page.getByText(/^Mạng yếu: hình tạm tắt, tiếng vẫn giữ/)).toBeVisible({ timeout: 20_000 })
  // what had already been sent is still in the queue
  await citizen.page.waitForTimeout(4000)
  const before = await Promise.all([citizen.page, nurse.page].map(heard))
  await citizen.page.waitForTimeout(8000)
  const after = await Promise.all([citizen.page, nurse.page].map(heard))
  after.forEach(({ samples, concealed }, at) => {
    const grown = samples - (before[at]?.samples ?? 0)
    expect(grown).toBeGreaterThan(0)
    expect((concealed - (before[at]?.concealed ?? 0)) / grown).toBeLessThan(0.15)
  })

  await emulate(cdp, 20_000, 5)
  const seen = (await heard(citizen.page)).frames
  await expect(async () => expect((await heard(citizen.page)).frames).toBeGreaterThan(seen + 20)).toPass({
    timeout: 60_000,
  })
  await citizen.close()
  await nurse.close()
})
