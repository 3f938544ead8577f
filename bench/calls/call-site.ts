import { randomUUID } from 'node:crypto'
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk'
import { MediaNode, mediaKeys } from '../../apps/server/src/platform/testing/media-node.ts'
import { startSignalling } from '../../e2e/call-mesh/signalling.ts'

export interface CallSite {
  url: string
  media: MediaNode
  token(room: string, person: string, may?: { publish: boolean }): Promise<string>
  /** Everybody out, by the server. */
  empty(room: string): Promise<void>
  stop(): Promise<void>
}

/** A page, the product's signalling, and a LiveKit server of its own: all that two people need to speak. */
export async function openCallSite(page = new URL('./call-page.ts', import.meta.url)): Promise<CallSite> {
  const media = await MediaNode.start()
  const signalling = await startSignalling({ page })
  const { apiKey, apiSecret } = mediaKeys
  const rooms = new RoomServiceClient(media.url.replace(/^ws/, 'http'), apiKey, apiSecret)
  return {
    url: signalling.url,
    media,
    token: async (room, person, { publish } = { publish: true }) => {
      // as the product does: a room is made by the server alone, and making it twice changes nothing
      await rooms.createRoom({ name: room })
      const token = new AccessToken(apiKey, apiSecret, { identity: `${person}:${randomUUID()}`, name: person })
      token.addGrant({ roomJoin: true, room, canPublish: publish, canSubscribe: true, canPublishData: false })
      return token.toJwt()
    },
    empty: (room) => rooms.deleteRoom(room),
    stop: async () => {
      await signalling.stop()
      await media.kill()
    },
  }
}
