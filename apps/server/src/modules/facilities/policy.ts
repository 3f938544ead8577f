import { sql } from 'kysely'
import type { Actor } from '../../platform/access/actor.ts'

/** Units and those beneath are edited by whoever administers a node above them or themselves. */
export function mayManage(actor: Actor, path: string | null): boolean {
  return path !== null && path !== '' && actor.canAt('facility.manage', path)
}

/** A unit changes its parent only by somebody who administers both: nobody takes a unit away from above. */
export function mayMove(actor: Actor, paths: { from: string | null; to: string | null }): boolean {
  return mayManage(actor, paths.from) && mayManage(actor, paths.to)
}

/** The same as {@link mayManage}, as a condition on a path column. */
export function manageable(actor: Actor, path: string) {
  if (actor.kind === 'system') return sql<boolean>`true`
  const scopes = actor.scopes('facility.manage')
  return sql<boolean>`coalesce(${sql.ref(path)} <@ ${`{${scopes.join(',')}}`}::ltree[], false)`
}
