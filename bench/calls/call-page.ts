import { Room, RoomEvent } from 'livekit-client'
import { io } from 'socket.io-client'
import { LocalMedia } from '../../apps/web/src/modules/calls/media/local-media.ts'
import { LivekitTransport } from '../../apps/web/src/modules/calls/transport/livekit-transport.ts'

/** What a benchmark may do on this bare page: one way of joining a LiveKit room, no screen around it. */
export interface BenchPage {
  join(url: string, token: string): Promise<void>
}

const query = new URLSearchParams(location.search)

/** Sound counts only where it is played, and a picture only where it is decoded into an element. */
function play(stream: MediaStream, players: Map<string, HTMLVideoElement>, key: string): void {
  const player = players.get(key) ?? document.body.appendChild(document.createElement('video'))
  players.set(key, player)
  player.autoplay = true
  player.width = 320
  if (player.srcObject !== stream) player.srcObject = stream
}

/** The product's own transport with its own media. */
function ours(): BenchPage {
  const media = new LocalMedia()
  const players = new Map<string, HTMLVideoElement>()
  return {
    join: async (url, token) => {
      await media.openMicrophone()
      await media.openCamera()
      const ticket = { url, token, roomNo: 0 }
      const joined = new LivekitTransport({
        socket: io({ auth: { person: query.get('person') } }),
        visitId: query.get('visit') ?? '',
        media,
        pictures: 'all',
        ticket,
        renew: () => Promise.resolve(ticket),
      })
      joined.subscribe(() => {
        for (const { key, stream } of joined.snapshot().participants) play(stream, players, key)
      })
      await joined.join()
    },
  }
}

/** LiveKit's client as its own documentation begins: everything at its default. */
function defaults(): BenchPage {
  const room = new Room()
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.appendChild(track.attach()))
  return {
    join: async (url, token) => {
      await room.connect(url, token)
      await room.localParticipant.enableCameraAndMicrophone()
    },
  }
}

Object.assign(window, { benchPage: query.get('client') === 'defaults' ? defaults() : ours() })
