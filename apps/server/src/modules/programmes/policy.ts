import type { Actor } from '../../platform/access/actor.ts'

/** Who follows patients of a unit: its own clinical staff. Row-level security asks for each patient besides. */
export function mayFollowAt(actor: Actor, facilityId: string): boolean {
  return actor.kind === 'system' || (actor.can('encounter.write') && actor.clinicalFacilityIds.includes(facilityId))
}
