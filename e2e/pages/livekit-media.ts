import { expect, type Page } from '@playwright/test'

/** What one stream that comes from the media server brought so far. */
interface Incoming {
  kind: 'audio' | 'video'
  frames: number
  audioEnergy: number
}

/** Every stream of the page's living connections. The page must have been opened by `enterAs`. */
function incoming(page: Page): Promise<Incoming[]> {
  return page.evaluate(async () => {
    const living = (window.peersOfPage ?? []).filter((peer) => peer.connectionState === 'connected')
    const reports = await Promise.all(living.map((peer) => peer.getStats()))
    return reports.flatMap((report) =>
      [...(report.values() as Iterable<Record<string, unknown>>)]
        .filter((entry) => entry['type'] === 'inbound-rtp')
        .map((entry) => ({
          kind: entry['kind'] === 'audio' ? ('audio' as const) : ('video' as const),
          frames: Number(entry['framesDecoded'] ?? 0),
          audioEnergy: Number(entry['totalAudioEnergy'] ?? 0),
        })),
    )
  })
}

const sum = (streams: Incoming[], of: 'frames' | 'audioEnergy') => streams.reduce((all, stream) => all + stream[of], 0)

/** How many voices grew while we listened; the fake microphone beeps once a second. */
export async function voicesHeard(page: Page, listenMs = 2200): Promise<number> {
  const before = (await incoming(page)).filter((stream) => stream.kind === 'audio').map((stream) => stream.audioEnergy)
  await page.waitForTimeout(listenMs)
  const after = (await incoming(page)).filter((stream) => stream.kind === 'audio').map((stream) => stream.audioEnergy)
  return after.filter((energy, at) => energy > (before[at] ?? 0)).length
}

/** How many pictures brought new frames while we looked. */
export async function picturesMoving(page: Page, lookMs = 2500): Promise<number> {
  const before = (await incoming(page)).filter((stream) => stream.kind === 'video').map((stream) => stream.frames)
  await page.waitForTimeout(lookMs)
  const after = (await incoming(page)).filter((stream) => stream.kind === 'video').map((stream) => stream.frames)
  return after.filter((frames, at) => frames > (before[at] ?? 0)).length
}

/** Each page gets a moving picture and audible sound from every other one, through the media server. */
export async function expectAllSeeAndHear(pages: readonly Page[]): Promise<void> {
  await expect(async () => {
    const before = await Promise.all(pages.map(incoming))
    await pages[0]?.waitForTimeout(2500)
    const after = await Promise.all(pages.map(incoming))
    after.forEach((streams, at) => {
      for (const kind of ['audio', 'video'] as const)
        expect(streams.filter((stream) => stream.kind === kind)).toHaveLength(pages.length - 1)
      expect(sum(streams, 'frames')).toBeGreaterThan(sum(before[at] ?? [], 'frames'))
      expect(sum(streams, 'audioEnergy')).toBeGreaterThan(sum(before[at] ?? [], 'audioEnergy'))
    })
  }).toPass({ timeout: 60_000 })
}
