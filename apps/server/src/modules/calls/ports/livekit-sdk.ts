import { AccessToken, RoomServiceClient, TwirpError } from 'livekit-server-sdk'
import type { LivekitServer } from './livekit.ts'

/** Enough to enter; a token is asked for anew at every entry. */
const TOKEN_SECONDS = 300

/** A room nobody entered does not exist there: nothing to close. Any other answer fails, so that the job tries again. */
function unlessUnknown(error: unknown): void {
  if (error instanceof TwirpError && error.code === 'not_found') return
  throw error
}

/** Speaks to a LiveKit server with its key pair. */
export function connectLivekit({ url, apiKey, apiSecret }: { url: string; apiKey: string; apiSecret: string }): LivekitServer {
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret)
  return {
    url: url.replace(/^http/, 'ws'),
    token: (room, identity, name) => {
      const token = new AccessToken(apiKey, apiSecret, { identity, name, ttl: TOKEN_SECONDS })
      token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: false })
      return token.toJwt()
    },
    closeRoom: (room) => rooms.deleteRoom(room).catch(unlessUnknown),
  }
}
