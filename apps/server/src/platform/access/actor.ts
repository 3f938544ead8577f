import type { Permission } from '@moinha/contracts/permissions'

export interface Grant {
  role: string
  facilityId: string
  /** ltree path of the facility today; the grant covers all beneath it. */
  path: string
  permissions: readonly Permission[]
}

export type ActorKind = 'anonymous' | 'citizen' | 'staff' | 'service' | 'guest' | 'system'

/** Who acts, and what they were granted where. Built once per request. */
export interface Actor {
  readonly kind: ActorKind
  /**
   * null for anonymous and system; of a service, a program with a token, the id of its account, and of a guest of a
   * visit the id of the invitation: both are nobody's person.
   */
  readonly personId: string | null
  readonly grants: readonly Grant[]
  /** Facilities at which the actor has a clinical practitioner role; row-level security reads them. */
  readonly clinicalFacilityIds: readonly string[]
  /** People the actor acts for (family members under their care). */
  readonly proxyFor: readonly string[]
  can(permission: Permission): boolean
  /** ltree paths under which the actor holds the permission. */
  scopes(permission: Permission): string[]
  /** Does the actor hold the permission at a node with this path? */
  canAt(permission: Permission, path: string): boolean
}

export interface ActorFacts {
  kind: ActorKind
  personId: string | null
  grants: readonly Grant[]
  clinicalFacilityIds: readonly string[]
  proxyFor: readonly string[]
  /** Permissions not bound to a node: those of every citizen account. */
  personal: readonly Permission[]
}

/** Is `path` the node `scope` or beneath it? Both are ltree paths. */
export function isWithin(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}.`)
}

export function createActor(facts: ActorFacts): Actor {
  const all = facts.kind === 'system'
  const scopes = (permission: Permission) =>
    facts.grants.filter((grant) => grant.permissions.includes(permission)).map((grant) => grant.path)
  return {
    ...facts,
    scopes,
    can: (permission) => all || facts.personal.includes(permission) || scopes(permission).length > 0,
    canAt: (permission, path) => all || scopes(permission).some((scope) => isWithin(path, scope)),
  }
}

const nobody = { personId: null, grants: [], clinicalFacilityIds: [], proxyFor: [], personal: [] } as const

export const anonymousActor: Actor = createActor({ kind: 'anonymous', ...nobody })

/** Jobs and seeds. Every use names its reason in the audit of what it does. */
export const systemActor: Actor = createActor({ kind: 'system', ...nobody })
