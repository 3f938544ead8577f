import { AccessToken, RoomServiceClient, TwirpError } from 'livekit-server-sdk'
import type { LivekitServer } from './livekit.ts'

/**
 * Enough to enter; pages ask for a token right before each connection. LiveKit itself allows a minute of clock skew.
 */
const TOKEN_SECONDS = 30

/** What is not there needs no closing and no removing. Any other answer fails, so that it is tried again. */
function unlessUnknown(error: unknown): false {
  if (error instanceof TwirpError && error.code === 'not_found') return false
  throw error
}

/** Speaks to a LiveKit server with its key pair. */
export function connectLivekit({
  url,
  apiKey,
  apiSecret,
}: {
  url: string
  apiKey: string
  apiSecret: string
}): LivekitServer {
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret)
  return {
    url: url.replace(/^http/, 'ws'),
    token: (room, identity, name) => {
      const token = new AccessToken(apiKey, apiSecret, { identity, name, ttl: TOKEN_SECONDS })
      token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: false })
      return token.toJwt()
    },
    closeRoom: async (room) => void (await rooms.deleteRoom(room).catch(unlessUnknown)),
    removeParticipant: (room, identity) => rooms.removeParticipant(room, identity).then(() => true, unlessUnknown),
  }
}
