import type { CareEndCause } from '@moinha/contracts/records'
import type { Work } from '../../platform/db/work.ts'
import type { CareReason } from './store/tables.ts'

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

interface CareSubject {
  /** Key in `records.setting`: after how many days an untouched subject opens the record no longer. */
  lapseKey: string
  judge: CareJudge
  /** Has the person a part in one of these subjects, more than being asked? */
  takesPart?: (system: Work, subjectIds: readonly string[], personId: string) => Promise<boolean>
}

const subjects = new Map<CareReason, CareSubject>()

/** The module that owns the appointment, encounter or consult behind a relationship tells the nightly sweep how it stands. */
export function registerCareSubject(reason: CareReason, subject: CareSubject): void {
  subjects.set(reason, subject)
}

export function careSubjects(): ReadonlyMap<CareReason, CareSubject> {
  return subjects
}
