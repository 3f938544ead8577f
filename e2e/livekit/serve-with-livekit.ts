import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '../serve-for-tests.ts'

const START_LIMIT_MS = 20_000

/** Playwright global setup: the real server with a LiveKit server of its own, which `LIVEKIT_SERVER` names. */
export default async function serveWithLivekit(): Promise<() => Promise<void>> {
  const stop = await serve({ LIVEKIT: 'auto' })
  try {
    await untilLivekit(process.env.BASE_URL ?? '')
    return stop
  } catch (late) {
    await stop()
    throw late
  }
}

/** The media server of our own comes some seconds after the server at this address. */
export async function untilLivekit(baseUrl: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += 200) {
    const health = (await (await fetch(`${baseUrl}/health`)).json()) as Health
    if (health.parts.some((part) => part.name === 'calls' && part.detail?.startsWith('LiveKit'))) return
    await sleep(200)
  }
  throw new Error(`LiveKit did not start in ${START_LIMIT_MS / 1000} s. LIVEKIT_SERVER names the program to start.`)
}

interface Health {
  parts: { name: string; detail?: string }[]
}
