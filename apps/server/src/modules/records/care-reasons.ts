import type { CareEndCause } from '@moinha/contracts/records'
import type { Work } from '../../platform/db/work.ts'
import { defineRegistry, type Entry, type Names, type Registries } from '../../platform/registries/registries.ts'

/** A relationship without an end, as the sweep asks about it. */
export interface OpenCare {
  id: string
  subjectId: string
  facilityId: string | null
  personId: string | null
}

/** Why and when the reason was over. */
export interface CareOver {
  cause: CareEndCause
  at: Date
}

/** Says of each relationship whether its subject still needs it; whom it does not name has no subject any more. */
export type CareJudge = (
  system: Work,
  held: readonly OpenCare[],
  lapseDays: number,
) => Promise<Map<string, CareOver | 'open'>>

/** Why somebody may see a record. */
export interface CareReason extends Entry {
  readonly names: Names
  /** A unit let in so keeps the patient's particulars, numbers and guardians. */
  readonly keepsParticulars?: boolean
  /**
   * Lent: who is let in helps with another's case, for as long as it lasts, and lets nobody else in. Has the person a
   * part in one of these cases, more than being asked?
   */
  readonly lentTo?: (system: Work, subjectIds: readonly string[], personId: string) => Promise<boolean>
  /**
   * Something stands behind it (an appointment, a case) that the nightly sweep asks; reasons without have an end of
   * their own.
   */
  readonly subject?: {
    readonly judge: CareJudge
    /** First value of the setting `<code>_lapses_after_days`: then an untouched subject opens the record no longer. */
    readonly lapsesAfterDays: number
    readonly source: string
  }
  /**
   * Access left after the reason is over, by cause; first values of `records.access_grace`. Not named: it ends at once.
   */
  readonly grace?: readonly { cause: CareEndCause; hours: number; source: string }[]
}

/** Reasons of care. Declared by the module that owns the appointment, encounter or case behind them. */
export const careReasons = defineRegistry<CareReason>('reason of care')

/** Key in `records.setting`. */
export const lapseKeyOf = (reason: string): string => `${reason}_lapses_after_days`

/** Codes of reasons by which a record is only lent. */
export function lentReasons(registries: Registries): string[] {
  return registries
    .of(careReasons)
    .filter((reason) => reason.lentTo)
    .map((reason) => reason.code)
}
