import { serviceScopes } from '@moinha/contracts/permissions'
import type { InputOf } from '../../../platform/api/index.ts'
import type { RoleLine } from './use-roles.ts'

export type Scope = InputOf<'identity.addServiceAccount'>['body']['scopes'][number]

/** What a program may be given at all here: held by some role one may give. */
export function offeredScopes(roles: readonly RoleLine[]): Scope[] {
  return serviceScopes.filter((scope) => roles.some((role) => role.grantable && role.scopes.includes(scope)))
}

/** The lowest role that holds all of them: a program carries no more than it must. Roles come lowest first. */
export function roleFor(scopes: readonly Scope[], roles: readonly RoleLine[]): string | undefined {
  return roles.find((role) => role.grantable && scopes.every((scope) => role.scopes.includes(scope)))?.key
}
