import { defineErrors } from '../../platform/errors/coded-error.ts'

export const rosterErrors = defineErrors({
  SHIFT_UNKNOWN: 404,
  SHIFT_OVERLAPS: 409,
  SHIFT_TOO_LONG: 400,
  SHIFT_PERSON_NOT_STAFF: 409,
  SHIFT_LEAD_HAS_NO_TEAM: 400,
  ROSTER_NOT_YOURS: 403,
  HANDOVER_UNKNOWN: 404,
})
