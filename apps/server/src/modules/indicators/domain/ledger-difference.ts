import type { ExpectedActivity } from '../../../platform/activities/activities.ts'

/** A row of the ledger that nobody took back. */
export interface RecordedActivity extends ExpectedActivity {
  id: string
}

export interface Difference {
  /** Standing, but the facts no longer say so. */
  takeBack: RecordedActivity[]
  /** The facts say so, but it does not stand. */
  add: ExpectedActivity[]
}

/** What two acts must share to be the same. The qualification of who acted is not asked: people are promoted, numbers are not rewritten. */
function sameness(act: ExpectedActivity): string {
  return JSON.stringify([
    act.kind,
    act.at.getTime(),
    act.facilityId,
    act.practitionerId ?? null,
    act.patientId ?? null,
    act.selfPerformed ?? true,
    act.counterpartFacilityId ?? null,
    act.programme ?? null,
  ])
}

/** What must be written so that the rows of one thing say what its facts say. */
export function ledgerDifference(
  standing: readonly RecordedActivity[],
  wanted: readonly ExpectedActivity[],
): Difference {
  const stands = new Set(standing.map(sameness))
  const asked = new Set(wanted.map(sameness))
  return {
    takeBack: standing.filter((act) => !asked.has(sameness(act))),
    add: wanted.filter((act) => !stands.has(sameness(act))),
  }
}
