import type { Permission } from '@moinha/contracts/permissions'
import { isWithin, type Actor } from '../../platform/access/actor.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'

/** What a staff member holds: roles with their rank, and where the practitioner roles are. */
export interface Standing {
  grants: readonly { rank: number; path: string }[]
  practitionerRolePaths: readonly string[]
  /** Where the person once worked; decides only for one who holds nothing today. */
  formerPaths: readonly string[]
}

export type Ranks = ReadonlyMap<string, number>

const waiting: readonly Permission[] = ['patient.read', 'record.break-glass', 'staff.manage']

/**
 * Does a role wait until somebody vouched for its holder? Those that open patients' records or make other accounts do:
 * judged by what a role may do, not by its name.
 */
export function waitsForVouch(permissions: readonly Permission[]): boolean {
  return waiting.some((permission) => permissions.includes(permission))
}

/** The person behind the request; routes for signed-in people call it. */
export function ownId({ actor }: { actor: Actor }): string {
  if (!actor.personId) throw platformErrors.SIGN_IN_REQUIRED()
  return actor.personId
}

/** May the actor act for this person: oneself, or a family member under one's care? */
export function mayActFor(actor: Actor, personId: string): boolean {
  return actor.kind === 'system' || actor.personId === personId || actor.proxyFor.includes(personId)
}

/** How high the actor stands over the staff at a node: the highest role that may manage staff there. */
export function managingRank(actor: Actor, path: string, ranks: Ranks): number {
  if (actor.kind === 'system') return Number.POSITIVE_INFINITY
  const own = actor.grants.filter((grant) => grant.permissions.includes('staff.manage') && isWithin(path, grant.path))
  return Math.max(-1, ...own.map((grant) => ranks.get(grant.role) ?? -1))
}

/** A role may be given or taken only at nodes one manages, and never above one's own. */
export function mayGrant(actor: Actor, role: { rank: number; path: string }, ranks: Ranks): boolean {
  return role.rank <= managingRank(actor, role.path, ranks)
}

/**
 * Touching the account itself (password, closing) reaches everything the person holds,
 * so the actor must stand over all of it: every practitioner role and every grant, wherever.
 */
export function mayManageAccount(actor: Actor, standing: Standing, ranks: Ranks): boolean {
  if (standing.practitionerRolePaths.length + standing.grants.length === 0)
    return standing.formerPaths.some((path) => managingRank(actor, path, ranks) >= 0)
  return (
    standing.practitionerRolePaths.every((path) => managingRank(actor, path, ranks) >= 0) &&
    standing.grants.every((grant) => mayGrant(actor, grant, ranks))
  )
}
