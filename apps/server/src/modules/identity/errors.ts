import { defineErrors } from '../../platform/errors/coded-error.ts'

/** Refusals of identity: code → HTTP status. Waiting times go out as `retryAfterSeconds`. */
export const identityErrors = defineErrors({
  OTP_WRONG: 400,
  OTP_EXPIRED: 400,
  OTP_TOO_MANY_TRIES: 429,
  OTP_SENT_TOO_OFTEN: 429,
  SMS_NOT_CONFIGURED: 503,
  SIGN_IN_WRONG: 401,
  SIGN_IN_TOO_MANY_TRIES: 429,
  ACCOUNT_DISABLED: 403,
  ACCOUNT_ABANDONED: 403,
  /** The same whether there is no such code, it was used, or its time is over. */
  FIRST_CODE_WRONG: 400,
  TOTP_WRONG: 401,
  TOTP_STEP_EXPIRED: 401,
  TOTP_ALREADY_ENROLLED: 409,
  TOTP_NOT_STARTED: 409,
  PIN_WRONG: 401,
  /** The same whether there is no such PIN on this device, its day is over or its tries are used up. */
  PIN_OVER: 401,
  PIN_TOO_EASY: 400,
  /** Set after a full sign-in of today only. */
  PIN_AFTER_FULL_SIGN_IN: 409,
  /** Accounts that may do more than clinical work are opened by a full sign-in alone. */
  PIN_NOT_FOR_THIS_ACCOUNT: 403,
  PIN_NOT_SET: 409,
  /** A page of this session is in a call: giving the browser away would cut the patient off. */
  CHANGE_OVER_IN_CALL: 409,
  PASSWORD_WRONG: 400,
  PASSWORD_TOO_SHORT: 400,
  NAME_KEPT_BY_UNIT: 409,
  PARTICULARS_KEPT_BY_STATION: 409,
  BIRTH_DATE_IN_FUTURE: 400,
  NOT_YOUR_FAMILY_MEMBER: 403,
  FAMILY_FULL: 409,
  GUARDIAN_BIRTH_DATE_MISSING: 409,
  GUARDIAN_MINOR: 409,
  DEPENDANT_BIRTH_DATE_MISSING: 409,
  /** From 7 years on the person is asked too; an adult consents alone, or a paper says why they cannot. */
  DEPENDANT_MUST_AGREE: 409,
  GUARDIAN_IS_DEPENDANT: 400,
  /** The same whether the phone has no account, the code is wrong or its time is over. */
  GUARDIAN_CODE_WRONG: 400,
  USERNAME_TAKEN: 409,
  ROLE_UNKNOWN: 400,
  ROLE_ABOVE_YOURS: 403,
  /** A program's token may carry only what its role holds. */
  SCOPE_NOT_IN_ROLE: 400,
  GRANT_IN_A_CIRCLE: 403,
  OTHER_EYES_NEEDED: 403,
  VOUCH_FOR_YOURSELF_FIRST: 403,
  /** The giver of the temporary password could still use the account. */
  VOUCH_AFTER_SIGN_IN: 409,
  SECOND_ADMIN_NEEDED: 403,
  FOREIGN_UNIT: 403,
  STAFF_ABOVE_YOU: 403,
  NOT_ON_YOURSELF: 409,
  /** The person has set a password: what they need is a reset. */
  SLIP_NOT_DUE: 409,
  STAFF_SHEET_TOO_LONG: 413,
  PRACTITIONER_ROLE_ENDED: 409,
  /** The person works at no time at this unit. */
  REGISTRATION_NOT_STAFF: 409,
  /** A registration of this person at this unit covers some of these days. */
  REGISTRATION_OVERLAPS: 409,
  /** Nobody is registered at two places for the same hours (Law 15/2023/QH15 Art. 7(4)(5), 36-38). */
  REGISTERED_HOURS_OVERLAP: 409,
  /** `from` or `until`: it had not begun on that day, or had ended before it. */
  REGISTRATION_NOT_THEN: 409,
})
