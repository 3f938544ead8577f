import { defineErrors } from '../../platform/errors/coded-error.ts'

export const meetingErrors = defineErrors({
  /** Also the answer to whoever is not invited: a stranger may not learn that a meeting exists. */
  MEETING_UNKNOWN: 404,
  MEETING_ORGANISER_FOREIGN: 403,
  MEETING_AREA_FOREIGN: 403,
  MEETING_UNIT_UNKNOWN: 422,
  MEETING_PERSON_UNKNOWN: 422,
  MEETING_INVITES_NOBODY: 422,
  /** `units` are too many, `max` may be invited. */
  MEETING_TOO_MANY_UNITS: 422,
  MEETING_IN_THE_PAST: 422,
  MEETING_TOO_FAR_AHEAD: 422,
  MEETING_RULE_WRONG: 422,
  /** The first day is none of the rule. */
  MEETING_RULE_SKIPS_START: 422,
  /** It runs or is over: neither changed nor cancelled. */
  MEETING_BEGUN: 409,
  MEETING_NOT_OPEN_YET: 409,
  MEETING_OVER: 409,
  MEETING_ENDED: 409,
  MEETING_CANCELLED: 409,
  MEETING_NOT_RUNNING: 409,
  MEETING_NOT_ENDED: 409,
  MEETING_NOT_HOST: 403,
  MEETING_UNIT_NOT_YOURS: 403,
  /** A host took this person out of the meeting. */
  MEETING_SHOWN_OUT: 403,
  MEETING_MINUTES_LOCKED: 409,
  MEETING_MINUTES_EMPTY: 422,
  MEETING_ACTION_WITHOUT_WHO: 422,
  MEETING_ACTION_UNKNOWN: 404,
  MEETING_ACTION_NOT_YOURS: 403,
  MEETING_DOCUMENT_UNKNOWN: 404,
  MEETING_TOO_MANY_DOCUMENTS: 409,
})
