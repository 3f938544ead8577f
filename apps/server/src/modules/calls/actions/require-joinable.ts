import type { Work } from '../../../platform/db/work.ts'
import { callsErrors } from '../errors.ts'
import { mayJoin } from '../policy.ts'
import { findVisit, membersOf, type MemberRow, type VisitRow } from '../store/visit-rows.ts'

export interface Joinable {
  /** Also after its end. */
  readonly finishedToo?: boolean
}

/** The visit and its members for one of them; nobody else learns that it exists. */
export async function requireJoinable(
  work: Work,
  visitId: string,
  { finishedToo = false }: Joinable = {},
): Promise<{ visit: VisitRow; members: MemberRow[] }> {
  const visit = await findVisit(work.tx, visitId)
  if (visit === undefined) throw callsErrors.VISIT_UNKNOWN()
  const members = await membersOf(work.tx, [visitId])
  if (!mayJoin(work.actor, members)) throw callsErrors.VISIT_UNKNOWN()
  if (visit.finished_at !== null && !finishedToo) throw callsErrors.VISIT_FINISHED()
  return { visit, members }
}
