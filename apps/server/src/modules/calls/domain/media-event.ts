import { mediaRights, type MediaRights } from './media-role.ts'
import type { MediaRole } from '@moinha/contracts/calls'

/** What a media server tells of one of its rooms; the rest of its news is not for us. */
export type MediaEventKind = 'joined' | 'left' | 'published' | 'roomFinished' | 'egressEnded'

/** Somebody inside, as the media server sees them. */
export interface Inside {
  readonly identity: string
  /** Of this arrival alone. */
  readonly sid: string
  /** What they may do there; absent where the news does not say. */
  readonly may?: { readonly send: boolean; readonly hear: boolean }
}

/** A recording of the media side that has ended. */
export interface EgressEnd {
  readonly egressId: string
  /** There is no file. */
  readonly failed: boolean
  readonly ms: number
}

export interface MediaEvent {
  readonly id: string
  readonly kind: MediaEventKind
  readonly at: Date
  readonly room: string
  readonly inside?: Inside
  readonly egress?: EgressEnd
}

/**
 * How long news counts: LiveKit signs it for five minutes (`SetValidFor` in its webhook/url_notifier.go), and its clock
 * may be a minute off ours.
 */
const EVENT_SECONDS = 5 * 60
export const EVENT_SKEW_SECONDS = 60

/** Ids are kept until no signature over them is good any more. */
export const EVENT_KEPT_SECONDS = EVENT_SECONDS + 2 * EVENT_SKEW_SECONDS

/** Is this news, rather than something sent again long after? */
export const isFresh = ({ at }: MediaEvent, now: Date): boolean =>
  Math.abs(now.getTime() - at.getTime()) <= (EVENT_SECONDS + EVENT_SKEW_SECONDS) * 1000

/**
 * Does somebody do more or less at the media server than their role allows? It hands everybody inside a token of ten
 * minutes with the rights of that moment, so one who came back may have those of a former role.
 */
export function oversteps(role: MediaRole, { kind, inside }: MediaEvent): boolean {
  const rights: MediaRights = mediaRights(role)
  if (kind === 'published') return rights.sends.length === 0
  const may = inside?.may
  return may !== undefined && (may.send !== rights.sends.length > 0 || may.hear !== rights.hears)
}
