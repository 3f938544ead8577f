import type { CallTicket } from '@moinha/contracts/calls'
import { io } from 'socket.io-client'
import { LocalMedia } from '../../apps/web/src/modules/calls/media/local-media.ts'
import { CallRefused } from '../../apps/web/src/modules/calls/transport/call-transport.ts'
import { LivekitTransport } from '../../apps/web/src/modules/calls/transport/livekit-transport.ts'

/** One thing that changed on this page, and when (epoch, ms). */
export interface Moment {
  at: number
  what: string
}

/** What came from one other person so far. */
export interface Heard {
  packets: number
  frames: number
  audioEnergy: number
  /** Of the sound that was played; what was made up in place of words that had not come. */
  samples: number
  concealed: number
}

/** What a check may do on this bare page: the product's own transport, no screen around it. */
export interface LivekitPage {
  join(): Promise<string>
  leave(): Promise<void>
  mute(): Promise<void>
  state(): string
  /** The others, by person. */
  states(): Record<string, string>
  heard(): Promise<Record<string, Heard>>
  /** The step of our own picture, and of those that come to us. */
  pictures(): [sent: string | undefined, received: string | undefined]
  /** The path our connections have found: what carries them, and through a relay over what. */
  paths(): Promise<string[]>
  /** All changes of our own state and of the others', and all that was said, in order. */
  history(): Moment[]
}

const query = new URLSearchParams(location.search)
const person = query.get('person') ?? ''
const visitId = query.get('visit') ?? ''
const media = new LocalMedia()
const history: Moment[] = []
const note = (what: string): void => {
  if (history.at(-1)?.what !== what) history.push({ at: Date.now(), what })
}

async function ticket(signal?: AbortSignal): Promise<CallTicket['livekit']> {
  const reply = await fetch(`/ticket?visit=${visitId}&person=${person}`, signal && { signal })
  if (!reply.ok) throw new CallRefused('MEDIA_AWAY')
  return (await reply.json()) as CallTicket['livekit']
}

// Chromium measures the energy of sound that is played, so play it; apart from the picture, as the product does: a
// video waits for its first frame before it lets anything be heard.
const players = new Map<string, HTMLMediaElement[]>()
let transport: LivekitTransport | undefined
let shown: Record<string, string> = {}

function playersOf(key: string): HTMLMediaElement[] {
  const known = players.get(key)
  if (known !== undefined) return known
  const made = (['audio', 'video'] as const).map((kind) => document.body.appendChild(document.createElement(kind)))
  for (const player of made) Object.assign(player, { autoplay: true, muted: player instanceof HTMLVideoElement })
  players.set(key, made)
  return made
}

function follow(made: LivekitTransport): void {
  const { state, participants } = made.snapshot()
  if (shown['me'] !== state) note(`me: ${state}`)
  const now: Record<string, string> = { me: state }
  for (const { key, personId, stream, state: theirs } of participants) {
    if (shown[personId] !== theirs) note(`${personId}: ${theirs}`)
    now[personId] = theirs
    for (const player of playersOf(key)) if (player.srcObject !== stream) player.srcObject = stream
  }
  shown = now
}

async function join(): Promise<string> {
  await media.openMicrophone()
  if (query.get('picture') !== 'off') await media.openCamera()
  const first = await ticket()
  if (first === undefined) return 'NO_TICKET'
  const socket = io({ auth: { person }, reconnectionDelay: 500, transports: ['websocket'] })
  const made = new LivekitTransport({ pictures: 'all', socket, visitId, media, ticket: first, renew: ticket })
  transport = made
  made.subscribe(() => follow(made))
  made.onEvent((event) => note(`said: ${event.name}`))
  try {
    await made.join()
    return 'inside'
  } catch (refusal) {
    if (refusal instanceof CallRefused) return refusal.code
    throw refusal
  }
}

const none: Heard = { packets: 0, frames: 0, audioEnergy: 0, samples: 0, concealed: 0 }

function add(sum: Heard, stat: Record<string, number | string | undefined>): Heard {
  if (stat['type'] !== 'inbound-rtp') return sum
  return {
    packets: sum.packets + Number(stat['packetsReceived'] ?? 0),
    frames: sum.frames + Number(stat['framesDecoded'] ?? 0),
    audioEnergy: sum.audioEnergy + Number(stat['totalAudioEnergy'] ?? 0),
    samples: sum.samples + Number(stat['totalSamplesReceived'] ?? 0),
    concealed: sum.concealed + Number(stat['concealedSamples'] ?? 0) - Number(stat['silentConcealedSamples'] ?? 0),
  }
}

async function heard(): Promise<Record<string, Heard>> {
  const sums: Record<string, Heard> = {}
  for (const { identity, trackPublications } of transport?.room?.remoteParticipants.values() ?? []) {
    const name = identity.split(':')[0] ?? ''
    for (const { track } of trackPublications.values()) {
      const report = await track?.getRTCStatsReport()
      report?.forEach((stat: Record<string, number | string>) => (sums[name] = add(sums[name] ?? none, stat)))
    }
  }
  return sums
}

async function paths(): Promise<string[]> {
  const found: string[] = []
  for (const report of (await transport?.statistics()) ?? []) {
    const stats = new Map<string, Record<string, unknown>>()
    report.forEach((stat: { id: string } & Record<string, unknown>) => stats.set(stat.id, stat))
    for (const stat of stats.values()) {
      const pair = stats.get(String(stat['selectedCandidatePairId'] ?? ''))
      const own = stats.get(String(pair?.['localCandidateId'] ?? ''))
      if (own !== undefined)
        found.push([own['candidateType'], own['protocol'], own['relayProtocol']].filter(Boolean).join(' '))
    }
  }
  return found
}

function pictures(): [string | undefined, string | undefined] {
  const link = transport?.snapshot().link
  return [link?.sending, link?.receiving]
}

const page: LivekitPage = {
  join,
  heard,
  pictures,
  paths,
  leave: async () => transport?.leave(),
  mute: async () => transport?.setMicrophone(false),
  state: () => transport?.snapshot().state ?? 'none',
  states: () =>
    Object.fromEntries(transport?.snapshot().participants.map(({ personId, state }) => [personId, state]) ?? []),
  history: () => history,
}
Object.assign(window, { livekitPage: page })
