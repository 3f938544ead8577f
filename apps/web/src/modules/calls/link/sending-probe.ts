/** The part of a Socket.IO client that a measurement uses. */
export interface ProbeSocket {
  readonly connected: boolean
  timeout(ms: number): { emitWithAck(event: string, ...args: unknown[]): Promise<unknown> }
}

/** What a short measurement against our server found. */
export interface LinkCheck {
  readonly latencyMs: number
  readonly upKbps: number
  readonly downKbps: number
  /** 0–1: of the small messages, how many stood still as one does whose packet was lost and is sent again. */
  readonly stalled: number
}

export type LinkGrade = 'good' | 'weak' | 'very-weak'

const PINGS = 8
const PROBE_BYTES = 16_000
const PATIENCE_MS = 8000

/** A lost packet is sent again after 200 ms at the earliest (RFC 6298 §2.4 asks 1 s; Linux and Windows use 0.2–0.3). */
const RESEND_MS = 180

/**
 * Some 35 kB in all. Over the socket that is open anyway: a connection of its own would first measure how long it takes
 * to be made. Null where the server does not answer.
 */
export async function measureLink(socket: ProbeSocket): Promise<LinkCheck | null> {
  try {
    const pings: number[] = []
    for (let ping = 0; ping < PINGS; ping++) pings.push(await timed(() => ask(socket, '', 0)))
    const latencyMs = median(pings)
    const upMs = await timed(() => ask(socket, filler(PROBE_BYTES), 0))
    const downMs = await timed(() => ask(socket, '', PROBE_BYTES))
    return {
      latencyMs: Math.round(latencyMs),
      upKbps: rate(upMs, latencyMs),
      downKbps: rate(downMs, latencyMs),
      stalled: pings.filter((ms) => ms > latencyMs + RESEND_MS).length / pings.length,
    }
  } catch {
    return null
  }
}

/** Bounds of the house budgets: voice needs 24 kbit/s and its headers, a picture 100–150 on top of it. */
const VERY_WEAK = { kbps: 80, latencyMs: 1000, stalled: 0.4 }
const WEAK = { kbps: 300, latencyMs: 450, stalled: 0.2 }

/** In one word. */
export function gradeOf({ latencyMs, upKbps, downKbps, stalled }: LinkCheck): LinkGrade {
  const kbps = Math.min(upKbps, downKbps)
  const below = (bound: typeof WEAK): boolean =>
    kbps < bound.kbps || latencyMs > bound.latencyMs || stalled >= bound.stalled
  if (below(VERY_WEAK)) return 'very-weak'
  return below(WEAK) ? 'weak' : 'good'
}

/**
 * Pictures to begin with: as the place holds them; a still each way, where nothing is known; one small one of the
 * others' and none of ours; or none.
 */
export type FirstPictures = 'all' | 'still' | 'one' | 'none'

/** A small picture's 70 kbit/s beside a voice of 45 with its headers, and a third more. */
const ONE_PICTURE_KBPS = 150

/** On a weak link pictures are earned; one that is seen to carry a small one need not make us wait for a face. */
export function firstPictures(grade: LinkGrade | null, check: LinkCheck | null): FirstPictures {
  if (grade === null) return 'still'
  if (grade === 'good') return 'all'
  if (grade === 'very-weak' || check === null) return 'none'
  // what stood still may have waited for our own page, which loads at the same time
  return Math.min(check.upKbps, check.downKbps) >= ONE_PICTURE_KBPS ? 'one' : 'none'
}

const ask = (socket: ProbeSocket, data: string, wanted: number): Promise<unknown> =>
  socket.timeout(PATIENCE_MS).emitWithAck('call:probe', { data, wanted })

async function timed(step: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await step()
  return performance.now() - from
}

const rate = (ms: number, latencyMs: number): number => Math.round((PROBE_BYTES * 8) / Math.max(1, ms - latencyMs / 2))

/** Letters that do not grow smaller on the way. */
function filler(bytes: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return Array.from({ length: bytes }, () => letters[Math.floor(Math.random() * letters.length)]).join('')
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
