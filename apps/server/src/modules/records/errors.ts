import { defineErrors } from '../../platform/errors/coded-error.ts'

export const recordsErrors = defineErrors({
  /**
   * `candidates` tell who it may be, `elsewhere` what is the same as of somebody outside one's reach; `force`
   * continues.
   */
  PATIENT_MAY_EXIST: 409,
  IDENTIFIER_INVALID: 400,
  /** Another patient holds this number today. */
  IDENTIFIER_TAKEN: 409,
  /** The handle of an emergency search: unknown, of somebody else, or over. */
  EMERGENCY_SEARCH_ENDED: 404,
  /** The same whether nobody fits, the code is wrong or its time is over. */
  CLAIM_CODE_WRONG: 400,
  CLAIM_TOO_MANY_TRIES: 429,
  /** Only the home unit ends that somebody acts for its patient. */
  GUARDIAN_OF_OTHER_UNIT: 403,
  /** Who sees a patient only because of a consult lets nobody else in. */
  CARE_BY_CONSULT_ONLY: 403,
  ENCOUNTER_FINISHED: 409,
  ENCOUNTER_CANCELLED: 409,
  ENCOUNTER_NOT_FINISHED: 409,
  /** `missing`: conclusion, diagnosis. */
  ENCOUNTER_INCOMPLETE: 409,
  /** `mode`, `channel` and `allows`: how practitioner and patient may meet in this mode. */
  ENCOUNTER_CHANNEL_WRONG: 409,
  /** A remote visit calls itself in person without saying that and why the patient is present. */
  ENCOUNTER_PATIENT_NOT_PRESENT: 409,
  /** `reason`, `failed` (every condition that is not met) and `allows`: how else it may end. */
  REMOTE_TREATMENT_NOT_LISTED: 409,
  /** The disease may be treated from afar, another condition is not met: `reason`, `failed` and `allows`. */
  REMOTE_TREATMENT_CLOSED: 409,
  /** Somebody took the last place of the pilot meanwhile. */
  PILOT_QUOTA_FULL: 409,
  /** `from` or `until`: it had not begun on that day, or had ended before it. */
  PILOT_NOT_THEN: 409,
  PILOT_DATES_BACKWARDS: 400,
  /** `code`: what the list of that day marks as not to be used. */
  DIAGNOSIS_NOT_USABLE: 409,
  /** `code`: what the list of that day lets be no primary diagnosis. */
  DIAGNOSIS_NOT_PRIMARY: 409,
  TELE_LIST_TOO_LONG: 413,
  /** `fields`: the dates that lie after today. */
  FACT_DATE_IN_FUTURE: 400,
  FACT_ENDS_BEFORE_IT_BEGINS: 400,
  /** `id` and `display` of what is known already. */
  FACT_ALREADY_KNOWN: 409,
  /** "No known allergies" beside an allergy that holds. */
  ALLERGIES_ARE_KNOWN: 409,
  EMERGENCY_OPENING_UNKNOWN: 404,
  /** Nobody judges what they opened themselves. */
  EMERGENCY_REVIEW_OWN: 403,
  /** Somebody of the unit judged it otherwise. */
  EMERGENCY_REVIEWED: 409,
  EMERGENCY_NOTE_MISSING: 400,
})
