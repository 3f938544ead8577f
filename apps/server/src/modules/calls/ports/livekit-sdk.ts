import { AccessToken, RoomServiceClient, TrackSource, TwirpError, type VideoGrant } from 'livekit-server-sdk'
import type { MediaAddress } from '../../../platform/module.ts'
import type { MediaRights, MediaSource } from '../domain/media-role.ts'
import { connectEgress } from './livekit-egress.ts'
import type { LivekitServer } from './livekit.ts'

/**
 * Enough to enter; pages ask for a token right before each connection. LiveKit itself allows a minute of clock skew.
 */
const TOKEN_SECONDS = 30

/** Somebody waits for what is asked here. */
const ANSWER_SECONDS = 4

/** How long an empty room is kept: before anybody came, and after all left, e.g. while a whole station is cut off. */
const EMPTY_SECONDS = 300
const DEPARTURE_SECONDS = 120

/** Beside those who take part: recorders, and pages that are being replaced. */
const HIDDEN_PLACES = 20

const sources: Readonly<Record<MediaSource, TrackSource>> = {
  microphone: TrackSource.MICROPHONE,
  camera: TrackSource.CAMERA,
  screen: TrackSource.SCREEN_SHARE,
  screenSound: TrackSource.SCREEN_SHARE_AUDIO,
}

/** What is not there needs no closing and no removing. Any other answer fails, so that it is tried again. */
function unlessUnknown(error: unknown): false {
  if (error instanceof TwirpError && error.code === 'not_found') return false
  throw error
}

/** An answer of LiveKit's own, rather than none. */
function unlessItAnswered(error: unknown): false {
  if (error instanceof TwirpError) return false
  throw error
}

/** What a role may do, in the words that tokens and permissions share. An empty list of sources would mean any. */
function permissionOf({ sends, hears, hidden }: MediaRights) {
  return {
    canPublish: sends.length > 0,
    ...(sends.length > 0 && { canPublishSources: sends.map((source) => sources[source]) }),
    canSubscribe: hears,
    canPublishData: false,
    hidden,
  }
}

/** A token opens one room for one role: it makes no room, manages none, and changes no name. */
const grantOf = (room: string, rights: MediaRights): VideoGrant => ({
  roomJoin: true,
  room,
  roomCreate: false,
  canUpdateOwnMetadata: false,
  ...permissionOf(rights),
})

async function mute(rooms: RoomServiceClient, room: string, identity: string): Promise<boolean> {
  const { tracks } = await rooms.getParticipant(room, identity)
  const voices = tracks.filter((track) => track.source === TrackSource.MICROPHONE && !track.muted)
  for (const { sid } of voices) await rooms.mutePublishedTrack(room, identity, sid, true)
  return voices.length > 0
}

/** Speaks to a LiveKit server with its key pair. */
export function connectLivekit(address: MediaAddress): LivekitServer {
  const { url, apiKey, apiSecret } = address
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
    requestTimeout: ANSWER_SECONDS,
    failover: false,
  })
  return {
    url: url.replace(/^http/, 'ws'),
    recorder: connectEgress(address),
    token: ({ room, identity, name, rights }) => {
      const token = new AccessToken(apiKey, apiSecret, { identity, name, ttl: TOKEN_SECONDS })
      token.addGrant(grantOf(room, rights))
      return token.toJwt()
    },
    openRoom: async (name, participants) =>
      rooms
        .createRoom({
          name,
          emptyTimeout: EMPTY_SECONDS,
          departureTimeout: DEPARTURE_SECONDS,
          maxParticipants: participants + HIDDEN_PLACES,
        })
        .then(() => true, unlessItAnswered),
    closeRoom: async (room) => void (await rooms.deleteRoom(room).catch(unlessUnknown)),
    removeParticipant: (room, identity) => rooms.removeParticipant(room, identity).then(() => true, unlessUnknown),
    setRights: (room, identity, rights) =>
      rooms
        .updateParticipant(room, identity, { permission: { ...permissionOf(rights), canUpdateMetadata: false } })
        .then(() => true, unlessUnknown),
    inside: async (room) => ((await rooms.listParticipants(room).catch(unlessUnknown)) || []).map(({ sid }) => sid),
    muteMicrophone: (room, identity) => mute(rooms, room, identity).catch(unlessUnknown),
  }
}
