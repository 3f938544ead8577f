import { systemActor } from '../../platform/access/actor.ts'
import type { Work } from '../../platform/db/work.ts'
import { defineRegistry, type Entry } from '../../platform/registries/registries.ts'
import { mustWait } from './domain/lobby.ts'
import { callsErrors } from './errors.ts'
import { patientsOf } from './actions/read-visits.ts'
import { membershipOf, readsAsMember, type Kept } from './policy.ts'
import { findVisit, membersOf } from './store/visit-rows.ts'

/** Who else reads what was kept of a visit, e.g. whoever may read the encounter it belongs to. */
export interface VisitReader extends Entry {
  /** Asked with the reader's own rights. */
  readonly mayRead: (work: Work, visitId: string) => Promise<boolean>
}

/** The module that knows what a visit belongs to says who reads it afterwards; calls knows of no records. */
export const visitReaders = defineRegistry<VisitReader>('reader of a visit', {
  named: false,
  shared: true,
  kept: false,
})

/**
 * The unit of work with which the actor reads what a visit keeps: their own as a member, the system's for who may read
 * it by a rule of another module. Nobody else learns that the visit exists.
 */
export async function readingVisit(work: Work, visitId: string, kept: Kept): Promise<Work> {
  const visit = await findVisit(work.tx, visitId)
  if (visit !== undefined) {
    const members = await membersOf(work.tx, [visitId])
    const own = membershipOf(work.actor, members)
    // who waits at the door does not read what is said behind it
    if (own && mustWait(visit, own)) throw callsErrors.CALL_WAIT_AT_DOOR()
    if (readsAsMember(work.actor, { visit, members, patients: await patientsOf(work, [visitId]) }, kept)) return work
  }
  for (const reader of work.registries.of(visitReaders)) {
    if (await reader.mayRead(work, visitId)) return work.as(systemActor)
  }
  throw callsErrors.VISIT_UNKNOWN()
}
