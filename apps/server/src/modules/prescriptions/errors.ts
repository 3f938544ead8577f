import { defineErrors } from '../../platform/errors/coded-error.ts'

export const prescriptionsErrors = defineErrors({
  /** Only bác sĩ and y sĩ prescribe. Source: Circular 26/2025/TT-BYT, domain notes on regulations, §6.2. */
  RX_NOT_A_PRESCRIBER: 403,
  /** `reason`: why the encounter may not end as treatment. */
  RX_NOT_ALLOWED_HERE: 409,
  /** The encounter is over: only a replacement of what was written. */
  RX_ENCOUNTER_OVER: 409,
  /** An encounter with a prescription is not taken back as opened by mistake, and at a distance ends as treatment. */
  RX_ENCOUNTER_PRESCRIBED: 409,
  RX_MEDICINE_UNKNOWN: 400,
  /** `findings` */
  RX_BLOCKED: 409,
  /** `findings`: warnings without a reason. */
  RX_REASON_MISSING: 409,
  /** A unit without the five-character code has no prescription codes. */
  RX_FACILITY_CODE_MISSING: 409,
  RX_REPLACE_REASON_MISSING: 400,
  RX_REPLACED: 409,
  RX_WITHDRAWN: 409,
  /** Medicines were handed out on it. */
  RX_GIVEN_ALREADY: 409,
  /** `left`: what may still be handed out, by line. */
  RX_TOO_MUCH: 409,
  /** `why`: expired, replaced, withdrawn or not acknowledged. */
  RX_NOT_OPEN: 409,
  /** The same whether the code or the year is wrong. */
  RX_UNKNOWN: 404,
  RX_TOO_MANY_TEMPLATES: 409,
})
