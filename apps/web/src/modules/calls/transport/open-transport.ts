import type { CallTicket, OwnDevices } from '@moinha/contracts/calls'
import type { FirstPictures } from '../link/sending-probe.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { CallTransport } from './call-transport.ts'
import type { CallSocket } from './signal-channel.ts'

/** What any call needs to begin. */
export interface CallSetup {
  readonly visitId: string
  readonly socket: CallSocket
  readonly media: LocalMedia
  /** To begin with. */
  readonly pictures: FirstPictures
  /** Where the person is in already on another device. */
  readonly ownDevices: OwnDevices
  ticket(signal?: AbortSignal): Promise<CallTicket>
}

/** Fetches the code that a call will need, while one still looks into the mirror. */
export async function prepareTransport(kind: 'mesh' | 'livekit'): Promise<void> {
  if (kind === 'mesh') await import('./mesh-transport.ts')
  else await Promise.all([import('./livekit-transport.ts'), import('livekit-client')])
}

/** The engine that the server's ticket names; its code is loaded only now. */
export async function openTransport({
  visitId,
  socket,
  media,
  pictures,
  ownDevices,
  ticket,
}: CallSetup): Promise<CallTransport> {
  const given = await ticket()
  if (given.transport === 'livekit' && given.livekit !== undefined) {
    const { LivekitTransport } = await import('./livekit-transport.ts')
    const renew = async (signal: AbortSignal) => (await ticket(signal)).livekit
    return new LivekitTransport({ socket, visitId, media, pictures, ownDevices, ticket: given.livekit, renew })
  }
  const { MeshTransport } = await import('./mesh-transport.ts')
  const iceServers = given.iceServers.map(({ urls, username, credential }): RTCIceServer => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }))
  return new MeshTransport({ socket, visitId, media, ownDevices, iceServers })
}
