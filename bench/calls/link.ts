import type { CDPSession } from '@playwright/test'

/** A link as DevTools emulates it; latency is added to what is sent and to what is received. */
export interface Link {
  readonly kbps: number
  readonly lossPercent: number
  readonly latencyMs: number
}

/** Mild enough to change nothing; it must act before a connection is made, or it never does. */
export const goodLink: Link = { kbps: 20_000, lossPercent: 0, latencyMs: 5 }

/** From now on this page's link is so. */
export async function emulate(cdp: CDPSession, { kbps, lossPercent, latencyMs }: Link): Promise<void> {
  const throughput = (kbps * 1000) / 8
  await cdp.send('Network.emulateNetworkConditions', {
    // a cut takes the signalling too: the loss of packets alone acts on media only
    offline: lossPercent >= 100,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
    packetLoss: lossPercent,
    // about two seconds of a thin link, as a mobile network keeps
    packetQueueLength: Math.max(10, Math.round((throughput * 2) / 800)),
  })
}
