import { expect, type Page } from '@playwright/test'

declare global {
  interface Window {
    /** Every peer connection the page made, in order; put there before its scripts run. */
    peersOfPage?: RTCPeerConnection[]
  }
}

/** Remembers the page's peer connections, so that a test can ask WebRTC itself what arrives. */
export async function watchPeers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = []
    window.peersOfPage = peers
    const Original = window.RTCPeerConnection
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        peers.push(this)
      }
    }
  })
}

interface Arrived {
  frames: number
  audioEnergy: number
}

/** What each living connection received so far, by connection. */
function arrived(page: Page): Promise<Arrived[]> {
  return page.evaluate(async () => {
    const living = (window.peersOfPage ?? []).filter((peer) => peer.connectionState === 'connected')
    return Promise.all(
      living.map(async (peer) => {
        const sum = { frames: 0, audioEnergy: 0 }
        for (const entry of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
          if (entry['type'] !== 'inbound-rtp') continue
          if (entry['kind'] === 'video') sum.frames += Number(entry['framesDecoded'] ?? 0)
          if (entry['kind'] === 'audio') sum.audioEnergy += Number(entry['totalAudioEnergy'] ?? 0)
        }
        return sum
      }),
    )
  })
}

/** Each page gets a moving picture and audible sound from every other one. */
export async function expectEveryoneSeesAndHears(pages: readonly Page[]): Promise<void> {
  await expect(async () => {
    const before = await Promise.all(pages.map(arrived))
    await pages[0]?.waitForTimeout(2500) // the fake microphone beeps once a second
    const after = await Promise.all(pages.map(arrived))
    after.forEach((connections, at) => {
      expect(connections).toHaveLength(pages.length - 1)
      connections.forEach(({ frames, audioEnergy }, peer) => {
        expect(frames).toBeGreaterThan(before[at]?.[peer]?.frames ?? Infinity)
        expect(audioEnergy).toBeGreaterThan(before[at]?.[peer]?.audioEnergy ?? Infinity)
      })
    })
  }).toPass({ timeout: 90_000 })
}
