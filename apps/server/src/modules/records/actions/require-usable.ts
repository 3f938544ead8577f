import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { recordsErrors } from '../errors.ts'
import { codesOn } from '../store/diagnosis-list.ts'

interface Written {
  /** The first is the primary one. */
  diagnoses: readonly { code: string }[]
  /** The list of the day on which the visit ends is asked. */
  at: Date
}

/**
 * Refuses codes that the list of that day marks as not to be used, or not as the primary diagnosis. What the list does
 * not hold is kept: the starter list is no complete one.
 */
export async function requireUsable(work: Work, { diagnoses, at }: Written): Promise<void> {
  if (diagnoses.length === 0) return
  const codes = diagnoses.map((one) => one.code)
  const known = await codesOn(work.tx, codes, localDateOf(at))
  const unusable = codes.find((code) => known.get(code)?.usable === false)
  if (unusable !== undefined) throw recordsErrors.DIAGNOSIS_NOT_USABLE({ code: unusable })
  const [primary = ''] = codes
  if (known.get(primary)?.usable_as_primary === false) throw recordsErrors.DIAGNOSIS_NOT_PRIMARY({ code: primary })
}
