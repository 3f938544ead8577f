import type { Work } from '../db/work.ts'
import type { EventType } from '../events/events.ts'
import { defineRegistry, type Entry, type Names } from '../registries/registries.ts'

/** What reports count: `remote_exam`. Formulas of report forms name it by its code. */
export interface ActivityKind extends Entry {
  readonly names: Names
}

/** Kinds of activity. Declared by the module whose facts make them; whoever reports keeps them. */
export const activityKinds = defineRegistry<ActivityKind>('kind of activity')

/** One countable activity, as the facts of now have it. */
export interface ExpectedActivity {
  /** Code of an {@link ActivityKind}. */
  kind: string
  at: Date
  facilityId: string
  practitionerId?: string | null
  patientId?: string | null
  selfPerformed?: boolean
  counterpartFacilityId?: string | null
  programme?: string | null
}

/** An event after which the activities of one thing are counted anew, and how a correction it brings is explained. */
export interface Recounting {
  readonly event: EventType<never>
  readonly subjectIdOf: (payload: never) => string
  /** As in "taken back because …". */
  readonly names: Names
  /**
   * Of an event that tells of a thing made in this very transaction: what it counts as. Then no facts need be read
   * again.
   */
  readonly firstActivity?: (payload: never) => ExpectedActivity
}

/** A kind of thing that makes activities: an encounter, a consult. */
export interface CountedSubject extends Entry {
  /**
   * The activities one such thing makes by its facts of now; none where it does not count or is not there. Whoever
   * acts.
   */
  readonly activitiesOf: (work: Work, id: string) => Promise<ExpectedActivity[]>
  readonly recountOn: readonly Recounting[]
}

/** Things that make activities. */
export const countedSubjects = defineRegistry<CountedSubject>('counted subject', { named: false })

/** One line of `recountOn`: the event may change what counts. */
export function recountOn<T>(
  event: EventType<T>,
  subjectIdOf: (payload: T) => string,
  names: Names,
  firstActivity?: (payload: T) => ExpectedActivity,
): Recounting {
  const typed = { subjectIdOf, names, ...(firstActivity && { firstActivity }) } as Omit<Recounting, 'event'>
  return { ...typed, event: event as EventType<never> }
}
