import { defineErrors } from '../../platform/errors/coded-error.ts'

export const referralsErrors = defineErrors({
  /** The patient came with it already: `at`, `unit`. */
  SLIP_USED: 409,
  /** `validUntil`. */
  SLIP_EXPIRED: 409,
  SLIP_CANCELLED: 409,
  /** Nothing is told of somebody who has not come. */
  SLIP_NOT_ARRIVED: 409,
  SLIP_COMPLETED: 409,
  REFERRAL_UNIT_UNKNOWN: 400,
  REFERRAL_SAME_UNIT: 400,
  /** The form asks for the diagnosis with its code. */
  REFERRAL_NO_DIAGNOSIS: 409,
  REFERRAL_ENCOUNTER_CANCELLED: 409,
  /** A slip of it leads somewhere. */
  REFERRAL_ENCOUNTER_SENT: 409,
  /** One slip per finished course: `number` of the one that is there. */
  REVISIT_EXISTS: 409,
  REVISIT_NOT_FINISHED: 409,
  /** A day to come back lies after today and within a year. */
  REVISIT_DAY_WRONG: 400,
  HOLIDAY_NAME_MISSING: 400,
})
