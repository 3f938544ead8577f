import type { Work } from '../../../platform/db/work.ts'
import { mustWait } from '../domain/lobby.ts'
import { callsErrors } from '../errors.ts'
import { membershipOf } from '../policy.ts'
import type { MemberRow, VisitRow } from '../store/visit-rows.ts'
import { requireJoinable, type Joinable } from './require-joinable.ts'

/** A member in their visit. */
export interface InVisit {
  readonly visit: VisitRow
  readonly members: MemberRow[]
  /** As whom the caller is in it. */
  readonly membership: MemberRow
}

/** The visit for a member, who may still wait at the door. */
export async function requireMember(work: Work, visitId: string, options: Joinable = {}): Promise<InVisit> {
  const { visit, members } = await requireJoinable(work, visitId, options)
  const membership = membershipOf(work.actor, members)
  if (membership === undefined) throw callsErrors.VISIT_UNKNOWN()
  return { visit, members, membership }
}

/** The visit for a member whom nothing keeps from its room. */
export async function requireInside(work: Work, visitId: string, options: Joinable = {}): Promise<InVisit> {
  const found = await requireMember(work, visitId, options)
  if (mustWait(found.visit, found.membership)) throw callsErrors.CALL_WAIT_AT_DOOR()
  return found
}

/** The visit for one of those who lead it. */
export async function requireHost(work: Work, visitId: string): Promise<InVisit> {
  const found = await requireMember(work, visitId)
  if (!found.membership.may_finish) throw callsErrors.CALL_HOSTS_ONLY()
  return found
}
