import { defineErrors } from '../../platform/errors/coded-error.ts'

export const consultsErrors = defineErrors({
  CONSULT_UNKNOWN: 404,
  CONSULT_NOT_YOURS: 403,
  /** `status` and `action`. */
  CONSULT_WRONG_STATE: 409,
  /** `by`, `facilityName` and `at`. */
  CONSULT_ALREADY_ACCEPTED: 409,
  /** `missing`, `facilityName`, `specialty`, `specialtyName`, `date`, and `offer`: whom to ask instead. */
  CONSULT_NO_ROUTE: 409,
  CONSULT_PATIENT_NOT_INFORMED: 409,
  CONSULT_ENCOUNTER_CLOSED: 409,
  CONSULT_ENCOUNTER_UNKNOWN: 404,
  /** The encounter of a case whose minutes are laid out or signed is not taken back: `consultId`, `status`. */
  CONSULT_HAS_MINUTES: 409,
  /** Somebody signed the minutes: the case is not withdrawn any more. */
  CONSULT_MINUTES_SIGNED: 409,
  CONSULT_VISIT_FINISHED: 409,
  CONSULT_TIME_PAST: 409,
  MINUTES_UNKNOWN: 404,
  /** `missing`: codes, see domain/minutes-check. */
  MINUTES_INCOMPLETE: 409,
  MINUTES_LOCKED: 409,
  /** The text changed since it was read, or other minutes lie before both ends. */
  MINUTES_CHANGED: 409,
  /** A colleague kept another text meanwhile: `by`, `at`, and their `content` with its `contentHash`. */
  MINUTES_SAVED_MEANWHILE: 409,
  MINUTES_NOT_SIGNER: 403,
  MINUTES_DECISION_MISSING: 409,
  /** Everybody so far confirmed by a click. */
  MINUTES_NOT_SIGNED_DIGITALLY: 409,
  /** The requester signed with another decision or another reason already: `decision`. */
  MINUTES_DECISION_STANDS: 409,
  /** Between signing and completion, or before: the account was closed. */
  SIGNER_ACCOUNT_CLOSED: 403,
  /** The role or the part in the case ended. */
  SIGNER_RIGHT_ENDED: 403,
  /** The access to the patient's record ended. */
  SIGNER_CARE_ENDED: 403,
})
