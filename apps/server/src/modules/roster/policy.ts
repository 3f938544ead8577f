import type { Actor } from '../../platform/access/actor.ts'

/** A unit as the rules need it. */
export interface RosterUnit {
  id: string
  /** ltree path today. */
  path: string
}

/** The roster of one's own unit and, for those set above it, of units beneath. */
export const mayReadRoster = (actor: Actor, unit: RosterUnit): boolean =>
  actor.canAt('roster.read', unit.path) || actor.clinicalFacilityIds.includes(unit.id)

export const mayPlanRoster = (actor: Actor, unit: RosterUnit): boolean => actor.canAt('roster.manage', unit.path)

/** Notes at shift change stay within the unit. */
export const mayHandOver = (actor: Actor, unit: RosterUnit): boolean => actor.clinicalFacilityIds.includes(unit.id)
