import { EgressStatus, WebhookReceiver, type EgressInfo, type WebhookEvent } from 'livekit-server-sdk'
import { EVENT_SKEW_SECONDS, type EgressEnd, type MediaEvent, type MediaEventKind } from '../domain/media-event.ts'

/** News as it came in: the bytes and what stands in `Authorization`. */
export interface SignedNews {
  readonly bytes: Uint8Array
  readonly signature: string | undefined
}

/** `unsigned`: no media server of ours sent exactly these bytes. `other`: it did, and it is nothing we ask about. */
export type ReadNews = (news: SignedNews) => Promise<MediaEvent | 'unsigned' | 'other'>

const kinds: Readonly<Record<string, MediaEventKind | undefined>> = {
  participant_joined: 'joined',
  participant_left: 'left',
  participant_connection_aborted: 'left',
  track_published: 'published',
  room_finished: 'roomFinished',
  egress_ended: 'egressEnded',
}

/** Reads the news of whoever holds this key pair: a token over the hash of the body. */
export function newsReader(apiKey: string, apiSecret: string): ReadNews {
  const receiver = new WebhookReceiver(apiKey, apiSecret)
  return async ({ bytes, signature }) => {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return toEvent(await receiver.receive(text, signature, false, EVENT_SKEW_SECONDS)) ?? 'other'
    } catch {
      return 'unsigned'
    }
  }
}

function toEvent({ id, event, createdAt, room, participant, egressInfo }: WebhookEvent): MediaEvent | undefined {
  const kind = kinds[event]
  const name = room?.name ?? egressInfo?.roomName
  if (kind === undefined || id === '' || name === undefined) return undefined
  const may = participant?.permission
  return {
    id,
    kind,
    at: new Date(Number(createdAt) * 1000),
    room: name,
    ...(kind === 'egressEnded' && egressInfo && { egress: toEnd(egressInfo) }),
    ...(participant && {
      inside: {
        identity: participant.identity,
        sid: participant.sid,
        ...(may && { may: { send: may.canPublish, hear: may.canSubscribe } }),
      },
    }),
  }
}

/** A file is there where it ended as asked, or at a limit. */
const withFile = new Set([EgressStatus.EGRESS_COMPLETE, EgressStatus.EGRESS_LIMIT_REACHED])

/** Lengths are told in nanoseconds. */
const NS_PER_MS = 1_000_000

function toEnd({ egressId, status, fileResults: [file] }: EgressInfo): EgressEnd {
  return { egressId, failed: !withFile.has(status), ms: Number(file?.duration ?? 0n) / NS_PER_MS }
}
