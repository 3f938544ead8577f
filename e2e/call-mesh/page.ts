import { io } from 'socket.io-client'
import { LocalMedia } from '../../apps/web/src/modules/calls/media/local-media.ts'
import { CallRefused } from '../../apps/web/src/modules/calls/transport/call-transport.ts'
import { MeshTransport } from '../../apps/web/src/modules/calls/transport/mesh-transport.ts'

/** How much arrived from one person until now. */
export interface Arrived {
  frames: number
  audioEnergy: number
}

/** What the spec may do on this bare page: the product's own transport, no screen around it. */
export interface CallPage {
  join(): Promise<string>
  leave(): Promise<void>
  arrived(): Promise<Record<string, Arrived>>
  states(): Record<string, string>
  state(): string
}

const query = new URLSearchParams(location.search)
const media = new LocalMedia()
const transport = new MeshTransport({
  socket: io({ auth: { person: query.get('person') } }),
  visitId: query.get('visit') ?? '',
  iceServers: [],
  media,
})

// Chromium measures the energy of sound that is played, so play it.
const players = new Map<string, HTMLVideoElement>()
transport.subscribe(() => {
  for (const { key, stream } of transport.snapshot().participants) {
    const player = players.get(key) ?? document.body.appendChild(document.createElement('video'))
    players.set(key, player)
    player.autoplay = true
    if (player.srcObject !== stream) player.srcObject = stream
  }
})

async function arrived(): Promise<Record<string, Arrived>> {
  const sums: Record<string, Arrived> = {}
  for (const [person, report] of Object.entries(await transport.peerStats())) {
    const sum = (sums[person] ??= { frames: 0, audioEnergy: 0 })
    report.forEach((stat: { type: string; framesDecoded?: number; totalAudioEnergy?: number }) => {
      if (stat.type !== 'inbound-rtp') return
      sum.frames += stat.framesDecoded ?? 0
      sum.audioEnergy += stat.totalAudioEnergy ?? 0
    })
  }
  return sums
}

async function join(): Promise<string> {
  await media.openMicrophone()
  await media.openCamera()
  try {
    await transport.join()
    return 'inside'
  } catch (refusal) {
    if (refusal instanceof CallRefused) return refusal.code
    throw refusal
  }
}

const page: CallPage = {
  join,
  leave: () => transport.leave(),
  arrived,
  states: () => Object.fromEntries(transport.snapshot().participants.map((person) => [person.personId, person.state])),
  state: () => transport.snapshot().state,
}
Object.assign(window, { callPage: page })
