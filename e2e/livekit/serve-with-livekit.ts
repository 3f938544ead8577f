import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '../serve-for-tests.ts'

const START_LIMIT_MS = 20_000

/** Playwright global setup: the real server with a LiveKit server of its own, which `LIVEKIT_SERVER` names. */
export default async function serveWithLivekit(): Promise<() => Promise<void>> {
  const stop = await serve({ LIVEKIT: 'auto' })
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += 200) {
    const health = (await (await fetch(`${process.env.BASE_URL}/health`)).json()) as Health
    if (health.parts.some((part) => part.name === 'calls' && part.detail?.startsWith('LiveKit'))) return stop
    await sleep(200)
  }
  await stop()
  throw new Error(`LiveKit did not start in ${START_LIMIT_MS / 1000} s. LIVEKIT_SERVER names the program to start.`)
}

interface Health {
  parts: { name: string; detail?: string }[]
}
