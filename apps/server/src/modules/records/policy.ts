import type { ReviewSide } from '@moinha/contracts/records/emergency'
import type { Actor } from '../../platform/access/actor.ts'

/** Has the actor a clinical practitioner role at this unit? Row-level security asks the same. */
export function worksAt(actor: Actor, facilityId: string): boolean {
  return actor.kind === 'system' || actor.clinicalFacilityIds.includes(facilityId)
}

/** Only people of the unit that answers for an encounter write into it; those who see it through a consult read. */
export function mayWriteEncounter(actor: Actor, encounter: { facility_id: string }): boolean {
  return actor.can('encounter.write') && worksAt(actor, encounter.facility_id)
}

/** Oneself and those one acts for. */
export function isOwnRecord(actor: Actor, patientId: string): boolean {
  return actor.personId === patientId || actor.proxyFor.includes(patientId)
}

/** The sides for which the actor answers: permission at the unit or above it; never for what they opened themselves. */
export function judgesFor(
  actor: Actor,
  opening: { personId: string; homePath: string | null; unitPaths: readonly string[] },
): ReviewSide[] {
  if (actor.personId === opening.personId) return []
  const home = opening.homePath !== null && actor.canAt('glass.review', opening.homePath)
  const opener = opening.unitPaths.some((path) => actor.canAt('glass.review', path))
  return [...(home ? ['home' as const] : []), ...(opener ? ['opener' as const] : [])]
}
