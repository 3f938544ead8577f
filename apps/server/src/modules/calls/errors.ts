import { defineErrors } from '../../platform/errors/coded-error.ts'

export const callsErrors = defineErrors({
  /** Also the answer to somebody who is no member: a stranger may not learn that a visit exists. */
  VISIT_UNKNOWN: 404,
  VISIT_FINISHED: 409,
  VISIT_FINISH_REFUSED: 403,
  CALL_FULL: 409,
  /** The room runs on the other engine: ask for a new ticket. */
  CALL_ENGINE_CHANGED: 409,
  /** The same person is in the room on another device: the person says which it shall be. */
  CALL_ELSEWHERE: 409,
  /** All media servers are away, and one of them is waited for: ask again in a second. */
  MEDIA_AWAY: 503,
  /** A room from each to each cannot keep somebody from hearing: helpers and recorders need a media server. */
  CALL_NEEDS_SERVER: 409,
  /** Not signed by a media server of ours, altered on the way, or sent again long after. */
  MEDIA_EVENT_REFUSED: 401,
  /** Who waits at the door gets neither a ticket nor a place in the room. */
  CALL_WAIT_AT_DOOR: 409,
  CALL_HOSTS_ONLY: 403,
  /** Another page shows something to all; taking over is asked for on purpose. */
  CALL_PRESENTED_BY_OTHER: 409,
  RECORDING_UNKNOWN: 404,
  /** Somebody in the room has not consented. */
  RECORDING_NEEDS_CONSENT: 409,
  /** It was ended, refused, or consent was taken back. */
  RECORDING_OVER: 409,
  /** A page that left the room records nobody. */
  RECORDING_NOT_INSIDE: 409,
  /** Only whoever asked for it records. */
  RECORDING_NOT_YOURS: 403,
  /** One recording of a visit at a time. */
  RECORDING_UNDER_WAY: 409,
  MEMBER_UNKNOWN: 404,
  GUEST_NAME_TITLED: 400,
  GUEST_NAME_UNREADABLE: 400,
  GUEST_UNKNOWN: 404,
  /** No invitation has this link. */
  GUEST_LINK_WRONG: 404,
  GUEST_LINK_EXPIRED: 410,
  /** Somebody entered by it, from another browser. */
  GUEST_LINK_USED: 409,
  /** The host withdrew it, or showed its guest out. */
  GUEST_LINK_ENDED: 410,
  /** This browser's person is in the visit anyway, under their own name. */
  GUEST_IS_MEMBER: 409,
  /** As many may speak as can be followed. */
  VISIT_SPEAKERS_FULL: 409,
  /** Also the answer to a helper of another unit. */
  ASSIST_UNKNOWN: 404,
  /** Another helper took it. */
  ASSIST_TAKEN: 409,
  /** The asker has not agreed yet. */
  ASSIST_NOT_AGREED: 409,
  ASSIST_OVER: 409,
  /** No unit stands behind this visit whose helpers could be asked. */
  ASSIST_NOBODY: 409,
  /** A guest's page sends no files into the house. */
  STILL_OF_GUEST: 409,
  RING_UNKNOWN: 404,
  RING_OVER: 409,
  MESSAGE_UNKNOWN: 404,
})
