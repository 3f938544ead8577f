import type { Access } from '@moinha/contracts/route'
import { platformErrors } from '../errors/coded-error.ts'
import type { Actor } from './actor.ts'

/** The first wall: throws unless the actor may call a route with this access. */
export function requireAccess(actor: Actor, access: Access): void {
  if (access === 'public') return
  if (actor.kind === 'anonymous') throw platformErrors.SIGN_IN_REQUIRED()
  if (access === 'signed-in') return
  if (!actor.can(access)) throw platformErrors.NOT_ALLOWED({ permission: access })
}
